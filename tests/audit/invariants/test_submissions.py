from __future__ import annotations


def test_content_that_was_changed_behind_its_declaration_is_found(demo):
    lodged = demo.one("submission.lodged.v1")
    event = demo.one("submission.content_changed.v1", "e.stream = :s", s=lodged.stream)
    demo.rewrite(event, lambda whole: whole["data"]["content"].update(title_en="Another title"))

    demo.finds("submissions.content-as-declared", position=lodged.position)


def test_a_change_of_what_is_being_judged_is_found(demo):
    event = demo.one(
        "submission.content_changed.v1",
        "e.case_id IN (SELECT case_id FROM ledger.events WHERE name = :a)",
        a="submission.accepted.v1",
    )
    version = demo.again(event)

    demo.finds("submissions.changed-in-turn", stream=event.stream, version=version)


def test_an_acceptance_of_what_was_not_lodged_is_found(demo):
    event = demo.one("submission.accepted.v1")
    version = demo.again(event)

    demo.finds("submissions.changed-in-turn", stream=event.stream, version=version)


def test_a_review_of_another_version_of_the_submission_is_found(demo):
    event = demo.one("review.invited.v1")
    demo.reword(event, submission_version=1)

    demo.finds("submissions.judged-as-accepted", position=event.position)
