from __future__ import annotations

import msgspec

from qa_platform.kernel.sealed import Sealed
from qa_platform.reviews.events import KnownTie, RulingReversed, TiesKnown

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


def test_a_declaration_with_another_effect_than_its_ties_is_found(demo):
    event = demo.one("review.interests_declared.v1")
    demo.reword(event, categories=["COL"], effect="none")

    demo.finds("reviews.known-ties-count", position=event.position)


def test_a_known_tie_that_did_not_count_is_found(demo):
    event = demo.one("review.interests_declared.v1")
    said = msgspec.json.decode(event.record)["data"]
    whose = {name: said[name] for name in ("review_id", "reviewer_id")}
    tie = KnownTie(category="EMP", source="seen", effect="bar")
    demo.append(event.stream, TiesKnown(ties=(tie,), **whose), case=event.case_id)
    version = demo.again(event)

    demo.finds("reviews.known-ties-count", stream=event.stream, version=version)


def test_a_ruling_by_the_reviewer_himself_is_found(demo):
    event = demo.one("review.conflict_ruled.v1")
    reviewer = msgspec.json.decode(event.record)["data"]["reviewer_id"]
    demo.rewrite(event, lambda whole: whole["header"].update(actor=f"committee_secretary:{reviewer}"))

    demo.finds("reviews.ruled-on-by-others", position=event.position)


def test_a_ruling_taken_back_after_the_lock_is_found(demo):
    locked = demo.one("review.locked.v1")
    said = msgspec.json.decode(locked.record)["data"]
    reversal = RulingReversed(
        review_id=said["review_id"],
        reviewer_id=said["reviewer_id"],
        seat=1,
        ruling="allow",
        reason=Sealed(subject=said["reviewer_id"], value=None),
    )
    version = demo.append(locked.stream, reversal, case=locked.case_id)

    demo.finds("reviews.rulings-reversed-in-time", stream=locked.stream, version=version)
