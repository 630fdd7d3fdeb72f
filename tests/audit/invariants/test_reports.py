from __future__ import annotations

from datetime import date

from qa_platform.kernel.event import StreamVersion
from qa_platform.panels.decider import report_digest
from qa_platform.panels.events import (
    FactualClaimResolved,
    FactualErrorClaimed,
    FinalReportIssued,
    MedianSettled,
    ThirdReviewCompleted,
)
from tests.audit.invariants.test_panels import ASSIGNED, data
from tests.panels.reports import DraftReportIssuedFactory, FinalReportIssuedFactory

SETTLED = "panel.criterion_settled.v1"


def claim(case):
    return FactualErrorClaimed(
        submission_id=case, claim_id="claim-1", drafted_version=1, section="A", text="Not so.", evidence=("hours",)
    )


def test_scores_that_no_reviewer_gave_are_found(demo):
    event = demo.one(SETTLED)
    demo.rewrite(event, lambda whole: whole["data"].update(scores_before=[9, 9]))

    demo.finds("panels.old-scores-kept", position=event.position)


def test_a_third_review_that_nobody_locked_is_found(demo):
    closed = demo.one("panel.scoring_closed.v1")
    review = StreamVersion(stream=data(closed)["reviews"][0]["stream"], version=2)
    event = ThirdReviewCompleted(submission_id=closed.case_id, review=review)
    version = demo.append(closed.stream, event, case=closed.case_id)

    demo.finds("panels.third-review-locked", stream=closed.stream, version=version)


def test_a_median_of_two_is_found(demo):
    closed = demo.one("panel.scoring_closed.v1")
    version = demo.append(
        closed.stream, MedianSettled(submission_id=closed.case_id, criteria=("A1",)), case=closed.case_id
    )

    demo.finds("panels.third-review-locked", stream=closed.stream, version=version)


def test_a_claim_without_an_answer_is_found(demo):
    closed = demo.one("panel.scoring_closed.v1")
    demo.append(closed.stream, claim(closed.case_id), case=closed.case_id)
    assert demo.check("reports.claims-answered-apart").violations == 0
    final: FinalReportIssued = FinalReportIssuedFactory(submission_id=closed.case_id, issued_on=date(2026, 11, 23))
    version = demo.append(closed.stream, final, case=closed.case_id)

    demo.finds("reports.claims-answered-apart", stream=closed.stream, version=version)


def test_a_reviewer_who_answers_a_claim_is_found(demo):
    closed = demo.one("panel.scoring_closed.v1")
    seat = demo.one(ASSIGNED, "e.stream = :s", s=closed.stream)
    demo.append(closed.stream, claim(closed.case_id), case=closed.case_id)
    answer = FactualClaimResolved(
        submission_id=closed.case_id, claim_id="claim-1", verdict="rejected", reason="It is so."
    )
    version = demo.append(closed.stream, answer, case=closed.case_id)
    event = demo.one("panel.factual_claim_resolved.v1", "e.stream = :s AND e.version = :v", s=closed.stream, v=version)
    assert demo.check("reports.claims-answered-apart").violations == 0
    demo.rewrite(event, lambda whole: whole["header"].update(actor=f"intake_officer:{data(seat)['reviewer_id']}"))

    demo.finds("reports.claims-answered-apart", stream=closed.stream, version=version)


def test_a_report_that_was_edited_is_found(demo):
    closed = demo.one("panel.scoring_closed.v1")
    draft = DraftReportIssuedFactory(submission_id=closed.case_id)
    assert report_digest(draft) != draft.digest
    version = demo.append(closed.stream, draft, case=closed.case_id)

    demo.finds("reports.text-under-its-digest", stream=closed.stream, version=version)
