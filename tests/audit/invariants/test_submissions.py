from __future__ import annotations

from datetime import date

import msgspec

from qa_platform.submissions.events import (
    IntakeCode,
    SubmissionFiledAgain,
    SubmissionRefiled,
    SubmissionReturned,
    SubmissionReturnExtended,
)


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


def test_more_time_for_what_was_not_returned_is_found(demo):
    event = demo.one("submission.accepted.v1")
    version = demo.append(event.stream, more_time(event), case=event.case_id)

    demo.finds("submissions.changed-in-turn", stream=event.stream, version=version)


def test_more_time_given_twice_is_found(demo):
    event = demo.one("submission.accepted.v1")
    demo.append(event.stream, returned(event), case=event.case_id)
    demo.append(event.stream, more_time(event), case=event.case_id)
    version = demo.append(event.stream, more_time(event), case=event.case_id)

    demo.finds("submissions.changed-in-turn", stream=event.stream, version=version)


def returned(event) -> SubmissionReturned:
    due_on = date(2026, 12, 8)
    return SubmissionReturned(submission_id=submission_of(event), faults=(), remark="Say more.", due_on=due_on)


def more_time(event) -> SubmissionReturnExtended:
    due_on = date(2026, 12, 22)
    return SubmissionReturnExtended(submission_id=submission_of(event), due_on=due_on, reason="Post is slow.")


def submission_of(event) -> str:
    return msgspec.json.decode(event.record)["data"]["submission_id"]


def test_the_filing_again_of_what_is_not_over_is_found(demo):
    event = demo.one("submission.accepted.v1")
    filed = SubmissionFiledAgain(submission_id=submission_of(event), later_id="a-later-one")
    version = demo.append(event.stream, filed, case=event.case_id)

    demo.finds("submissions.changed-in-turn", stream=event.stream, version=version)


def test_a_refiling_of_which_the_earlier_submission_knows_nothing_is_found(demo):
    later = demo.one("submission.drafted.v1")
    earlier = demo.one("submission.drafted.v1", "e.stream <> :s", s=later.stream)
    refiled = SubmissionRefiled(
        submission_id=submission_of(later), earlier_id=submission_of(earlier), earlier_code=IntakeCode.LAPSED
    )
    version = demo.append(later.stream, refiled, case=later.case_id)

    demo.finds("submissions.refiled-from-both-sides", stream=later.stream, version=version)


def test_a_review_of_another_version_of_the_submission_is_found(demo):
    event = demo.one("review.invited.v1")
    demo.reword(event, submission_version=1)

    demo.finds("submissions.judged-as-accepted", position=event.position)
