"""What a panel remembers of each step, and what it asks of the next one."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256

import msgspec
import pytest
from msgspec.structs import replace

from qa_platform.kernel.rejected import Rejected
from qa_platform.panels import commands, events
from qa_platform.panels.decider import (
    FactualCheckOpen,
    ReportImproper,
    ReviewerNotAssignable,
    ThirdReviewRefused,
    report_digest,
)
from qa_platform.panels.decider.seating import refuse_overload
from tests.panels import factories as f
from tests.panels import test_proposing as proposing
from tests.panels.reports import (
    SOON,
    ClaimFactualErrorFactory,
    FactualClaimResolvedFactory,
    FactualErrorClaimedFactory,
    FinalReportIssuedFactory,
    IssueDraftReportFactory,
    IssueFinalReportFactory,
    ProposeScoreFactory,
)
from tests.panels.test_agreement import (
    COUNTED,
    LOCKED,
    REQUESTED,
    SETTLED,
    THIRD,
    WIDE,
    agree,
    agreed,
    asked,
    carry,
    closed,
    object_,
    objected,
    proposed,
    request,
    settle_by_median,
    three,
)
from tests.panels.test_reporting import DRAFT, answered, checked, claimed, drafted, moderated, over
from tests.scoring.national import national, sheet

CASE, LEAD, FIRST, SECOND = f.CASE, f.LEAD, f.FIRST, f.SECOND
LATE = SOON + timedelta(days=1)


# --- agreeing


def test_who_agreed_and_then_objects_agrees_no_longer():
    wavering = events.ScoreObjected(
        submission_id=CASE, criterion="B2", review_id="review-1", reviewer_id=FIRST, reason="On second thoughts."
    )
    changed = proposed.given(agreed(), wavering)

    changed.when(agree(SECOND)).then(agreed("review-2", SECOND))
    assert changed.state.proposals["B2"].objecting == {"review-1"}


def test_who_objected_and_then_agrees_objects_no_longer():
    convinced = proposed.given(objected(), agreed("review-2", SECOND))
    carried = events.ScoreCarried(submission_id=CASE, criterion="B2", by="silence", agreed=1, silent=1)

    convinced.when(carry(LATE)).then(carried, SETTLED)
    convinced.when(object_()).then(objected())


def test_another_score_is_proposed_where_somebody_objects():
    proposed.given(objected()).when(ProposeScoreFactory(score=4)).then(
        events.ScoreProposed(
            submission_id=CASE,
            criterion="B2",
            scores_before=(4, 3),
            score=4,
            reason="The annex shows it.",
            proposed_on=f.TODAY,
            answer_by=SOON,
            silence_agrees=True,
        )
    )


def test_a_moderation_that_was_opened_again_is_open():
    again = moderated.given(events.ModerationReopened(submission_id=CASE, reason="A score was misread."))

    assert again.state.moderated is False
    again.when(ProposeScoreFactory()).then(*closed.when(ProposeScoreFactory())._answer())


# --- a third review


def test_a_request_that_was_taken_back_can_be_made_again():
    gone = events.ThirdReviewWithdrawn(submission_id=CASE, seat=3, reason="They agree.")

    asked.given(gone).when(request()).then(REQUESTED)
    assert asked.given(gone).state.third is None


def test_who_has_the_third_seat_is_stood_down_with_the_request():
    withdrawing = commands.WithdrawThirdReview(submission_id=CASE, withdrawn_by=LEAD, reason="They agree.")

    asked.given(THIRD).when(withdrawing).then(
        events.ThirdReviewWithdrawn(submission_id=CASE, seat=3, reason="They agree."),
        f.ReviewerStoodDownFactory(review_id="review-3", reviewer_id="reviewer-3", seat=3, ground="officer"),
    )


def test_what_is_settled_calls_for_no_third_reading_and_keeps_its_score():
    wide = f.CriterionSettledFactory(scores_before=(1, 3), score=3)
    reason = "The middle of three independent scores."

    closed.given(wide).when(request()).then_rejected(ThirdReviewRefused, match="nothing calls")
    three.given(wide).when(settle_by_median(*WIDE, sheet("review-3", A1=2))).then(
        events.MedianSettled(submission_id=CASE, criteria=("B2",)),
        f.CriterionSettledFactory(criterion="B2", scores_before=(4, 3, 3), score=3, reason=reason),
    )


def test_no_review_is_counted_that_nobody_asked_for():
    closed.when(commands.CompleteThirdReview(submission_id=CASE, review=LOCKED)).then_rejected(ThirdReviewRefused)
    assert asked.given(THIRD, COUNTED).state.third.completed is True


# --- the report


def withdrawn(version: int = 1) -> events.DraftReportWithdrawn:
    return events.DraftReportWithdrawn(
        submission_id=CASE, drafted_version=version, told_on=DRAFT.issued_on, reason="A score was misread."
    )


def test_a_new_draft_is_checked_anew_although_the_first_was():
    again = checked.given(withdrawn(), replace(DRAFT, drafted_version=2))

    assert checked.given(withdrawn()).state.report.checked is False
    again.when(IssueFinalReportFactory()).then_rejected(FactualCheckOpen)


VARIED = events.Variation(level=3, credits=None, reason="The outcomes are of level 3.")


def test_a_variation_is_a_section_of_its_own_and_stays_in_the_final_report():
    varied = replace(DRAFT, variation=VARIED)
    with_one = moderated.given(replace(varied, digest=report_digest(varied)))
    claim = ClaimFactualErrorFactory(section="variation")

    moderated.when(IssueDraftReportFactory(variation=VARIED)).then(with_one.history[-1])
    with_one.when(claim).then(FactualErrorClaimedFactory(section="variation"))
    drafted.when(claim).then_rejected(Rejected, match="no section “variation”")
    (final,) = with_one.given(over("silence")).when(IssueFinalReportFactory())._answer()
    assert final.variation == VARIED


def test_the_digest_of_a_final_report_is_of_its_words_changes_and_draft():
    final = FinalReportIssuedFactory()
    told = {
        "submission_id": CASE,
        "drafted_version": 1,
        "language": "en",
        "areas": final.areas,
        "findings": final.findings,
        "variation": None,
        "changes": (),
        "draft_digest": "sha256:aa",
    }
    written = msgspec.json.encode(msgspec.to_builtins(told), order="sorted")

    assert report_digest(final) == f"sha256:{sha256(written).hexdigest()}"
    changed = events.ReportChange(section="F1", claim_id=None, text="Said better.")
    assert report_digest(replace(final, changes=(changed,))) != report_digest(final)
    assert report_digest(replace(final, draft_digest="sha256:bb")) != report_digest(final)


def bands(*sheets, settled=()) -> dict[str, str | None]:
    given = closed.given(*settled, f.ModerationClosedFactory())
    (draft,) = given.when(IssueDraftReportFactory(sheets=sheets))._answer()
    return {each.area: each.band for each in draft.areas}


def test_each_area_stands_in_the_band_that_its_points_reach():
    of_area = {one.id for one in national().criteria if one.area == "A"}
    poor, fair = dict.fromkeys(of_area, 1), dict.fromkeys(of_area, 2)

    assert bands(sheet("review-1"), sheet("review-2"))["A"] == "approve"
    assert bands(sheet("review-1", **poor), sheet("review-2", **poor))["A"] == "refuse"
    assert bands(sheet("review-1", **fair), sheet("review-2", **fair))["A"] == "approve_with_conditions"
    raised = [f.CriterionSettledFactory(criterion=one, scores_before=(1, 1), score=4) for one in sorted(of_area)]
    assert bands(sheet("review-1", **poor), sheet("review-2", **poor), settled=raised)["A"] == "approve"


def test_what_a_final_report_leaves_out_is_a_change_too():
    answered.when(IssueFinalReportFactory(findings=())).then_rejected(
        ReportImproper, match="“F1” reads otherwise", at=["changes", "changes"]
    )


def test_the_newest_answer_to_a_claim_is_the_one_that_counts():
    turned = answered.given(FactualClaimResolvedFactory(verdict="rejected", reason="It does not."))

    assert turned.when(IssueFinalReportFactory())._answer()
    claimed.when(IssueFinalReportFactory()).then_rejected(FactualCheckOpen)


# --- proposed panels


def test_a_confirmed_proposal_keeps_its_days():
    seating = proposing.confirmed.state.seating
    given = f.ProposalConfirmedFactory()

    assert (seating.remind_on, seating.answer_by, seating.object_by) == (
        given.remind_on,
        given.answer_by,
        given.object_by,
    )


def test_one_person_is_not_confirmed_in_two_seats():
    twice = tuple(replace(seat, reviewer_id=FIRST) for seat in f.PROPOSED)
    given = proposing.opened.given(f.PanelProposedFactory(seats=twice))

    given.when(f.ConfirmProposalFactory()).then_rejected(ReviewerNotAssignable, match="another seat of this panel")


def test_who_is_back_in_his_seat_is_asked_by_the_days_of_the_proposal():
    back = replace(f.PROPOSED[1], review_id="review-4")
    undone = proposing.otherwise.given(
        f.ReviewerStoodDownFactory(review_id="review-3", reviewer_id="reviewer-3", seat=2, ground="officer"),
        f.ReviewerAssignedFactory(review_id="review-4", reviewer_id=SECOND, seat=2),
        f.SeatChangeUndoneFactory(seat=back),
    )

    undone.when(f.RemindReviewerFactory(review_id="review-4")).then(
        f.ReviewerRemindedFactory(review_id="review-4", reviewer_id=SECOND, seat=2)
    )
    undone.when(f.RemindReviewerFactory()).then(f.ReviewerRemindedFactory())
    waiting = proposing.changed.given(f.SeatChangeUndoneFactory())
    assert waiting.state.asked == {}
    assert waiting.state.seating.before == {}


def test_a_seat_that_nobody_was_meant_for_is_filled_by_the_officer():
    one = proposing.opened.given(f.PanelProposedFactory(seats=f.PROPOSED[:1]))

    one.when(f.ChangeProposalFactory()).then(f.ProposalChangedFactory(instead_of=None))


def test_a_reminder_is_sent_up_to_the_last_day_and_to_nobody_unknown():
    last = date(2026, 11, 26)

    proposing.confirmed.when(f.RemindReviewerFactory(on=last)).then(f.ReviewerRemindedFactory())
    proposing.confirmed.when(f.RemindReviewerFactory(review_id="other")).then_rejected(
        Rejected, match="nobody was asked"
    )


def test_an_objection_that_was_ruled_on_stays_the_one_objection():
    ruled = proposing.objected.given(f.ObjectionRuledFactory(upheld=False))

    ruled.when(f.ObjectToPanelFactory()).then_nothing()
    ruled.when(f.ObjectToPanelFactory(seats=(1,))).then_rejected(Rejected, match="may do it once")


def test_whoever_is_eligible_from_today_on_sits_today():
    given = proposing.opened
    given.when(f.AssignReviewerFactory(eligible_from=f.TODAY)).then(f.ReviewerAssignedFactory())
    given.when(f.AssignReviewerFactory(eligible_from=LATE)).then_rejected(ReviewerNotAssignable, match="only from")


def test_nobody_is_given_more_cases_than_he_takes():
    caps = {"reviewer-1": 2, "reviewer-2": 3}

    refuse_overload({"reviewer-1": 2, "reviewer-2": 3, "reviewer-3": 40}, caps)
    for overload in ({"reviewer-1": 3, "reviewer-2": 3}, {"reviewer-1": 2, "reviewer-2": 4}):
        with pytest.raises(ReviewerNotAssignable, match=r"would have [34] open cases, and [23] are the most"):
            refuse_overload(overload, caps)
