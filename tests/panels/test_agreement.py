from __future__ import annotations

from datetime import timedelta

import pytest

from qa_platform.kernel.event import StreamVersion
from qa_platform.panels import commands, events
from qa_platform.panels.decider import (
    CriteriaUnsettled,
    DecisionAlreadyTaken,
    ModerationNotClosed,
    NoProposal,
    NotOnThePanel,
    NotTheLead,
    ProposalRefused,
    ReasonMissing,
    ReportAlreadyFinal,
    ScoringAlreadyClosed,
    SettlementRefused,
    SheetsOutdated,
    SilenceNotOver,
    ThirdReviewPending,
    ThirdReviewRefused,
)
from qa_platform.panels.decider.third_review import median
from tests.panels.factories import (
    CASE,
    FIRST,
    LEAD,
    SECOND,
    TODAY,
    AssignReviewerFactory,
    CloseModerationFactory,
    CriterionSettledFactory,
    ModerationClosedFactory,
    ReviewerAssignedFactory,
    SettleCriterionFactory,
    StandReviewerDownFactory,
)
from tests.panels.reports import (
    SOON,
    DraftReportIssuedFactory,
    FactualCheckClosedFactory,
    FinalReportIssuedFactory,
    ProposeScoreFactory,
    ScoreProposedFactory,
)
from tests.panels.test_decider import closed
from tests.scoring.national import national, sheet

proposed = closed.given(ScoreProposedFactory())
APART = (sheet("review-1", B2=4), sheet("review-2"))
SETTLED = CriterionSettledFactory(criterion="B2", scores_before=(4, 3), score=3, reason="The annex shows it.")


def agree(reviewer=FIRST):
    return commands.AgreeToScore(submission_id=CASE, criterion="B2", reviewer_id=reviewer)


def agreed(review="review-1", reviewer=FIRST):
    return events.ScoreAgreed(submission_id=CASE, criterion="B2", review_id=review, reviewer_id=reviewer)


def object_(reviewer=SECOND, reason="The annex is of another course."):
    return commands.ObjectToScore(submission_id=CASE, criterion="B2", reviewer_id=reviewer, reason=reason)


def objected():
    return events.ScoreObjected(
        submission_id=CASE,
        criterion="B2",
        review_id="review-2",
        reviewer_id=SECOND,
        reason="The annex is of another course.",
    )


def carry(on):
    return commands.CarryScore(submission_id=CASE, criterion="B2", on=on)


# --- proposing


def test_the_lead_proposes_where_the_reviewers_are_one_apart():
    closed.when(ProposeScoreFactory()).then(ScoreProposedFactory())
    proposed.when(ProposeScoreFactory()).then_nothing()


def test_silence_does_not_agree_where_the_difference_calls_for_moderation():
    sheets = (sheet("review-1", A1=1), sheet("review-2"))

    closed.when(ProposeScoreFactory(criterion="A1", sheets=sheets)).then(
        ScoreProposedFactory(criterion="A1", scores_before=(1, 3), silence_agrees=False)
    )


def test_a_score_is_not_proposed_twice_at_a_time_nor_where_there_is_nothing_to_propose():
    proposed.when(ProposeScoreFactory(score=4)).then_rejected(ProposalRefused, match="before the reviewers")
    closed.when(ProposeScoreFactory(criterion="B1")).then_rejected(ProposalRefused, match="agree on it")
    closed.given(SETTLED).when(ProposeScoreFactory()).then_rejected(ProposalRefused, match="Open it again")
    closed.when(ProposeScoreFactory(answer_by=TODAY)).then_rejected(ProposalRefused, match="need time")
    closed.when(ProposeScoreFactory(proposed_by=FIRST)).then_rejected(NotTheLead)


def test_the_lead_settles_a_difference_of_one_only_after_an_objection():
    settling = SettleCriterionFactory(criterion="B2", sheets=APART, reason="The annex shows it.")

    closed.when(settling).then_rejected(SettlementRefused, match="Propose a score")
    proposed.when(settling).then_rejected(SettlementRefused, match="Propose a score|can answer until")
    proposed.given(objected()).when(settling).then(SETTLED)


# --- answering


def test_the_last_agreement_settles_the_criterion():
    carried = events.ScoreCarried(submission_id=CASE, criterion="B2", by="agreement", agreed=2, silent=0)

    proposed.when(agree()).then(agreed())
    proposed.given(agreed()).when(agree()).then_nothing()
    proposed.given(agreed()).when(agree(SECOND)).then(agreed("review-2", SECOND), carried, SETTLED)


def test_a_reviewer_objects_with_his_reason():
    proposed.when(object_()).then(objected())
    proposed.given(objected()).when(object_()).then_nothing()
    proposed.when(object_(reason=" ")).then_rejected(ReasonMissing)


def test_only_who_is_asked_answers():
    proposed.when(agree(LEAD)).then_rejected(NotOnThePanel)
    closed.when(agree()).then_rejected(NoProposal)


def test_silence_agrees_the_day_after_its_time():
    carried = events.ScoreCarried(submission_id=CASE, criterion="B2", by="silence", agreed=1, silent=1)
    half = proposed.given(agreed())

    half.when(carry(SOON)).then_rejected(SilenceNotOver, match="can answer until")
    half.when(carry(SOON + timedelta(days=1))).then(carried, SETTLED)
    half.given(carried, SETTLED).when(carry(SOON + timedelta(days=1))).then_nothing()
    half.given(carried, SETTLED).when(object_()).then_rejected(NoProposal)


def test_silence_does_not_outvote_an_objection_or_a_wide_gap():
    late = SOON + timedelta(days=1)

    proposed.given(objected()).when(carry(late)).then_rejected(SilenceNotOver, match="objects")
    closed.given(ScoreProposedFactory(silence_agrees=False)).when(carry(late)).then_rejected(
        SilenceNotOver, match="has to agree"
    )
    closed.when(carry(late)).then_rejected(NoProposal)


# --- taking back


def test_a_proposal_is_taken_back_with_a_reason_before_it_is_agreed():
    withdrawing = commands.WithdrawScoreProposal(submission_id=CASE, withdrawn_by=LEAD, criterion="B2", reason="No.")
    gone = events.ScoreProposalWithdrawn(submission_id=CASE, criterion="B2", reason="No.")

    proposed.when(withdrawing).then(gone)
    proposed.given(gone).when(withdrawing).then_rejected(NoProposal)


def test_a_settled_criterion_is_opened_again_and_keeps_what_it_was():
    reopening = commands.ReopenCriterion(submission_id=CASE, reopened_by=LEAD, criterion="B2", reason="New evidence.")
    opened = events.CriterionReopened(submission_id=CASE, criterion="B2", settled_before=3, reason="New evidence.")

    closed.given(SETTLED).when(reopening).then(opened)
    closed.given(SETTLED, opened).when(reopening).then_rejected(NoProposal)


def reopen(**changed):
    given = {"submission_id": CASE, "reopened_by": LEAD, "reason": "A score was misread.", "decided": False}
    return commands.ReopenModeration(**(given | changed))


def test_a_moderation_is_opened_again_and_a_draft_falls_with_it():
    moderated = closed.given(ModerationClosedFactory())
    opened = events.ModerationReopened(submission_id=CASE, reason="A score was misread.")
    fallen = events.DraftReportWithdrawn(
        submission_id=CASE, drafted_version=1, told_on=TODAY, reason="A score was misread."
    )

    moderated.when(reopen()).then(opened)
    moderated.given(DraftReportIssuedFactory()).when(reopen()).then(fallen, opened)
    moderated.given(opened).when(reopen()).then_rejected(ModerationNotClosed)
    moderated.when(reopen(decided=True)).then_rejected(DecisionAlreadyTaken)
    final = (DraftReportIssuedFactory(), FactualCheckClosedFactory(), FinalReportIssuedFactory())
    moderated.given(*final).when(reopen()).then_rejected(ReportAlreadyFinal)


def test_what_stays_apart_is_said_by_name_when_the_moderation_closes():
    left = events.DifferencesLeft(submission_id=CASE, differences=(events.Difference(criterion="B2", scores=(4, 3)),))

    closed.when(CloseModerationFactory(sheets=APART)).then(left, ModerationClosedFactory())
    proposed.when(CloseModerationFactory(sheets=APART)).then_rejected(CriteriaUnsettled, match="not agreed")


# --- a third review

WIDE = (sheet("review-1", A1=1, B2=4), sheet("review-2"))
REQUESTED = events.ThirdReviewRequested(
    submission_id=CASE,
    seat=3,
    criteria=("A1", "B2"),
    reason="They cannot agree.",
    requested_on=TODAY,
    due_on=SOON,
)
THIRD = ReviewerAssignedFactory(review_id="review-3", reviewer_id="reviewer-3", seat=3)
LOCKED = StreamVersion(stream="review-review-3", version=40)
COUNTED = events.ThirdReviewCompleted(submission_id=CASE, review=LOCKED)
asked = closed.given(REQUESTED)
three = asked.given(THIRD, COUNTED)


def request(**changed):
    given = {
        "submission_id": CASE,
        "requested_by": LEAD,
        "reason": "They cannot agree.",
        "rubric": national(),
        "route": "SAMC",
        "sheets": WIDE,
        "on": TODAY,
        "due_on": SOON,
    }
    return commands.RequestThirdReview(**(given | changed))


def settle_by_median(*sheets):
    return commands.SettleByMedian(submission_id=CASE, settled_by=LEAD, rubric=national(), route="SAMC", sheets=sheets)


def test_a_third_review_opens_a_further_seat_where_the_two_cannot_agree():
    closed.when(request()).then(REQUESTED)
    closed.when(request(sheets=APART)).then_rejected(ThirdReviewRefused, match="nothing calls")
    asked.when(request()).then_rejected(ThirdReviewPending)
    three.when(request()).then_rejected(ThirdReviewRefused, match="one already")


def test_an_objection_is_enough_and_the_proposal_goes():
    withdrawn = events.ScoreProposalWithdrawn(submission_id=CASE, criterion="B2", reason="They cannot agree.")

    proposed.given(objected()).when(request(sheets=APART)).then(
        withdrawn,
        events.ThirdReviewRequested(
            submission_id=CASE,
            seat=3,
            criteria=("B2",),
            reason="They cannot agree.",
            requested_on=TODAY,
            due_on=SOON,
        ),
    )


def test_only_the_third_seat_can_still_be_given():
    third = AssignReviewerFactory(review_id="review-3", reviewer_id="reviewer-3", seat=3)

    asked.when(third).then(ReviewerAssignedFactory(review_id="review-3", reviewer_id="reviewer-3", seat=3))
    closed.when(third).then_rejected(ScoringAlreadyClosed)
    asked.when(StandReviewerDownFactory()).then_rejected(ScoringAlreadyClosed)
    three.when(StandReviewerDownFactory(review_id="review-3")).then_rejected(ScoringAlreadyClosed)


def test_nothing_is_settled_while_a_third_review_is_under_way():
    for command in (SettleCriterionFactory(), CloseModerationFactory(), settle_by_median(*WIDE)):
        asked.when(command).then_rejected(ThirdReviewPending)


def test_a_third_review_is_counted_once_it_is_locked():
    counting = commands.CompleteThirdReview(submission_id=CASE, review=LOCKED)

    asked.given(THIRD).when(counting).then(COUNTED)
    three.when(counting).then_nothing()
    asked.when(counting).then_rejected(ThirdReviewRefused)


def test_the_request_is_taken_back_before_it_is_locked():
    withdrawing = commands.WithdrawThirdReview(submission_id=CASE, withdrawn_by=LEAD, reason="They agree.")
    gone = events.ThirdReviewWithdrawn(submission_id=CASE, seat=3, reason="They agree.")

    asked.when(withdrawing).then(gone)
    down = asked.given(THIRD).when(withdrawing)._answer()
    assert [type(event).__name__ for event in down] == ["ThirdReviewWithdrawn", "ReviewerStoodDown"]
    three.when(withdrawing).then_rejected(ThirdReviewRefused, match="is locked")
    closed.when(withdrawing).then_rejected(ThirdReviewRefused, match="no third review")


def test_what_is_open_gets_the_middle_of_three_and_keeps_all_three():
    reason = "The middle of three independent scores."

    three.when(settle_by_median(*WIDE, sheet("review-3", A1=2))).then(
        events.MedianSettled(submission_id=CASE, criteria=("A1", "B2")),
        CriterionSettledFactory(scores_before=(1, 3, 2), score=2, reason=reason),
        CriterionSettledFactory(criterion="B2", scores_before=(4, 3, 3), score=3, reason=reason),
    )
    closed.when(settle_by_median(*WIDE)).then_rejected(ThirdReviewRefused, match="no middle")


def test_scores_that_were_seen_before_the_third_reading_settle_nothing():
    three.when(SettleCriterionFactory(sheets=WIDE)).then_rejected(SheetsOutdated, match="another reading")
    three.when(settle_by_median(*WIDE)).then_rejected(SheetsOutdated, match="Look at them again")


@pytest.mark.parametrize(
    ("scores", "middle"),
    [((1, 3, 4), (3,)), ((None, None, 3), (None,)), ((None, 3, 3), (3,)), ((None, 2, 3), None)],
)
def test_the_middle_is_never_a_mean(scores, middle):
    assert median(scores) == middle
