from __future__ import annotations

SCORED = "review.criterion_scored.v1"


def test_a_score_before_the_declaration_is_found(demo):
    scored = demo.one(SCORED)
    event = demo.one("review.interests_declared.v1", "e.stream = :s", s=scored.stream)
    demo.reword(event, undertaking="")

    demo.finds("reviews.behind-the-gate", position=scored.position)


def test_a_score_of_a_case_with_a_declared_conflict_is_found(demo):
    scored = demo.one(SCORED)
    event = demo.one("review.interests_declared.v1", "e.stream = :s", s=scored.stream)
    demo.reword(event, categories=["EMP"], effect="bar")

    demo.finds("reviews.not-in-conflict", position=scored.position)


def test_a_score_after_the_lock_is_found(demo):
    locked = demo.one("review.locked.v1")
    version = demo.again(demo.one(SCORED, "e.stream = :s", s=locked.stream))

    demo.finds("reviews.closed-once-over", stream=locked.stream, version=version)


def test_a_score_of_another_reviewer_is_found(demo):
    event = demo.one(SCORED)
    demo.reword(event, reviewer_id="another")

    demo.finds("reviews.in-their-reviewers-hand", position=event.position)


def test_a_score_by_the_hand_of_somebody_else_is_found(demo):
    event = demo.one(SCORED)
    demo.rewrite(event, lambda whole: whole["header"].update(actor="committee_secretary:another"))

    demo.finds("reviews.in-their-reviewers-hand", position=event.position)


def test_a_score_that_was_changed_behind_its_lock_is_found(demo):
    locked = demo.one("review.locked.v1")
    demo.reword(demo.one(SCORED, "e.stream = :s", s=locked.stream), comment="It is all there, and more.")

    demo.finds("reviews.sheets-as-locked", position=locked.position)


def test_a_locked_sheet_that_lacks_a_score_is_found(demo):
    locked = demo.one("review.locked.v1")
    demo.reword(demo.one(SCORED, "e.stream = :s", s=locked.stream), criterion="Z9")

    demo.finds("reviews.sheets-complete", position=locked.position)
