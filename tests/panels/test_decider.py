from __future__ import annotations

from datetime import date
from functools import reduce

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from qa_platform.kernel.event import StreamVersion
from qa_platform.kernel.personal_data import PersonalDataInText
from qa_platform.kernel.rejected import Rejected
from qa_platform.panels.decider import (
    CriteriaUnsettled,
    LeadNotAssignable,
    ModerationAlreadyClosed,
    NotTheLead,
    PanelAlreadyOpen,
    PanelMissing,
    ReviewerNotAssignable,
    ReviewsOutstanding,
    ScoringAlreadyClosed,
    ScoringNotClosed,
    SeatUnavailable,
    SettlementRefused,
    panel_decider,
)
from tests.panels.factories import (
    BOTH,
    FIRST,
    LEAD,
    SECOND,
    AssignLeadFactory,
    AssignReviewerFactory,
    CloseModerationFactory,
    CloseScoringFactory,
    CriterionSettledFactory,
    InterestFactory,
    LeadAssignedFactory,
    ModerationClosedFactory,
    OpenPanelFactory,
    PanelOpenedFactory,
    ReseatReviewerFactory,
    ReviewerAssignedFactory,
    ReviewerStoodDownFactory,
    ScoringClosedFactory,
    SettleCriterionFactory,
    StandReviewerDownFactory,
)
from tests.scoring.national import sheet
from tests.specification import Specification

panel = Specification(panel_decider)
opened = panel.given(PanelOpenedFactory())
half = opened.given(ReviewerAssignedFactory())
full = half.given(ReviewerAssignedFactory(review_id="review-2", reviewer_id=SECOND, seat=2))
led = full.given(LeadAssignedFactory())
closed = led.given(ScoringClosedFactory())
settled = closed.given(CriterionSettledFactory())


# --- opening


def test_an_accepted_submission_gets_a_panel():
    panel.when(OpenPanelFactory()).then(PanelOpenedFactory())


def test_a_panel_is_opened_once():
    opened.when(OpenPanelFactory()).then_nothing()


def test_a_panel_is_not_opened_again_on_other_terms():
    opened.when(OpenPanelFactory(seats=3)).then_rejected(PanelAlreadyOpen, match="has one already")


def test_nothing_is_asked_of_a_panel_that_was_never_opened():
    panel.when(AssignReviewerFactory()).then_rejected(PanelMissing, match="no panel")


# --- seating


def test_an_eligible_reviewer_gets_a_free_seat():
    opened.when(AssignReviewerFactory()).then(ReviewerAssignedFactory())


def test_the_same_seat_is_given_to_the_same_review_once():
    half.when(AssignReviewerFactory()).then_nothing()


@pytest.mark.parametrize("seat", [0, 3, -1])
def test_a_panel_has_no_other_seats(seat):
    opened.when(AssignReviewerFactory(seat=seat)).then_rejected(SeatUnavailable, match="seats 1 to 2")


def test_a_seat_is_given_to_one_reviewer():
    half.when(AssignReviewerFactory(review_id="x", reviewer_id="x")).then_rejected(SeatUnavailable, match="is taken")


def test_a_reviewer_holds_one_seat():
    half.when(AssignReviewerFactory(review_id="x", seat=2)).then_rejected(ReviewerNotAssignable, match="another seat")


def test_whoever_stood_down_does_not_come_back():
    (
        half.given(ReviewerStoodDownFactory())
        .when(AssignReviewerFactory(review_id="x"))
        .then_rejected(ReviewerNotAssignable, match="stood down from this panel")
    )


def test_whose_bar_was_taken_back_has_his_seat_again():
    left = half.given(ReviewerStoodDownFactory())
    again = ReviewerAssignedFactory(reasons=("The ruling that barred him was taken back.",))

    left.when(ReseatReviewerFactory()).then(again)
    left.given(again).when(ReseatReviewerFactory()).then_nothing()
    left.given(again).when(StandReviewerDownFactory()).then(ReviewerStoodDownFactory())


def test_nobody_is_given_a_seat_again_that_he_did_not_leave_or_that_is_taken():
    left = half.given(ReviewerStoodDownFactory())
    replaced = left.given(ReviewerAssignedFactory(review_id="x", reviewer_id="x"))

    replaced.when(ReseatReviewerFactory()).then_rejected(SeatUnavailable, match="is taken")
    left.when(ReseatReviewerFactory(reviewer_id="x")).then_rejected(ReviewerNotAssignable, match="did not leave")
    closed.when(ReseatReviewerFactory(review_id="x")).then_rejected(ScoringAlreadyClosed)


def test_a_lead_does_not_score():
    (
        opened.given(LeadAssignedFactory())
        .when(AssignReviewerFactory(reviewer_id=LEAD))
        .then_rejected(ReviewerNotAssignable, match="a lead does not score")
    )


@pytest.mark.parametrize("status", ["registered", "paused"])
def test_only_an_eligible_reviewer_is_assigned(status):
    opened.when(AssignReviewerFactory(status=status)).then_rejected(ReviewerNotAssignable, match=status)


def test_a_reviewer_is_not_assigned_before_he_is_eligible():
    (
        opened.when(AssignReviewerFactory(eligible_from=date(2026, 12, 1)))
        .then_rejected(ReviewerNotAssignable, match="only from 2026-12-01")
    )  # fmt: skip


def test_a_declared_interest_in_the_provider_bars_a_reviewer():
    (
        opened.when(AssignReviewerFactory(interests=(InterestFactory(),)))
        .then_rejected(ReviewerNotAssignable, match="Employee")
    )  # fmt: skip


@pytest.mark.parametrize(
    "harmless",
    [
        InterestFactory(provider_id="provider-2"),
        InterestFactory(course_id="course-2"),
        InterestFactory(until=date(2021, 1, 1)),
        InterestFactory(category="COL"),
        InterestFactory(category="FUT"),
    ],
    ids=["another provider", "another course", "long ago", "an officer decides", "an undertaking"],
)
def test_an_interest_that_does_not_bar_is_left_to_the_conflict_gate(harmless):
    opened.when(AssignReviewerFactory(interests=(harmless,))).then(ReviewerAssignedFactory())


def test_reasons_for_a_seat_hold_no_personal_data():
    opened.when(AssignReviewerFactory(reasons=("Call 012-345 6789",))).then_rejected(PersonalDataInText)


def test_nobody_is_assigned_once_scoring_is_closed():
    (
        closed.when(AssignReviewerFactory(review_id="x", reviewer_id="x"))
        .then_rejected(ScoringAlreadyClosed, match="its seats are final")
    )  # fmt: skip


def test_a_reviewer_who_stands_down_frees_the_seat():
    half.when(StandReviewerDownFactory()).then(ReviewerStoodDownFactory())
    half.given(ReviewerStoodDownFactory()).when(AssignReviewerFactory(review_id="x", reviewer_id="x")).then(
        ReviewerAssignedFactory(review_id="x", reviewer_id="x")
    )


def test_a_reviewer_stands_down_once():
    half.given(ReviewerStoodDownFactory()).when(StandReviewerDownFactory(ground="officer")).then_nothing()


def test_only_who_is_seated_stands_down():
    half.when(StandReviewerDownFactory(review_id="x")).then_rejected(PanelMissing, match="no such review")


def test_nobody_stands_down_once_scoring_is_closed():
    closed.when(StandReviewerDownFactory()).then_rejected(ScoringAlreadyClosed)


# --- leading


def test_somebody_who_does_not_score_leads():
    full.when(AssignLeadFactory()).then(LeadAssignedFactory())
    led.when(AssignLeadFactory()).then_nothing()
    led.when(AssignLeadFactory(lead_id="lead-2")).then(LeadAssignedFactory(lead_id="lead-2"))


@pytest.mark.parametrize("history", [half, half.given(ReviewerStoodDownFactory())], ids=["seated", "stood down"])
def test_a_reviewer_of_the_panel_does_not_lead_it(history):
    history.when(AssignLeadFactory(lead_id=FIRST)).then_rejected(LeadNotAssignable, match="does not score")


def test_a_declared_interest_bars_a_lead_too():
    full.when(AssignLeadFactory(interests=(InterestFactory(),))).then_rejected(LeadNotAssignable, match="bars him")


def test_only_a_lead_reviewer_leads():
    unknown = AssignLeadFactory(lead_id="somebody", is_lead_reviewer=False)

    full.when(unknown).then_rejected(LeadNotAssignable, match="“lead reviewer”")


def test_the_lead_stays_once_moderation_is_closed():
    (
        settled.given(ModerationClosedFactory())
        .when(AssignLeadFactory(lead_id="lead-2"))
        .then_rejected(ModerationAlreadyClosed)
    )


# --- closing the scoring


def test_scoring_closes_over_every_seat_s_locked_review():
    full.when(CloseScoringFactory(reviews=tuple(reversed(BOTH)))).then(ScoringClosedFactory())


def test_scoring_is_closed_once():
    closed.when(CloseScoringFactory()).then_nothing()


@pytest.mark.parametrize(
    ("history", "reviews"),
    [
        (half, BOTH[:1]),
        (full, BOTH[:1]),
        (full, ()),
        (full, (BOTH[0], BOTH[0])),
        (full, (BOTH[0], StreamVersion(stream="review-x", version=3))),
        (full.given(ReviewerStoodDownFactory()), BOTH),
    ],
    ids=["empty seat", "one unlocked", "none", "one twice", "a stranger", "one gone"],
)
def test_scoring_does_not_close_before_every_seat_has_a_locked_review(history, reviews):
    history.when(CloseScoringFactory(reviews=reviews)).then_rejected(ReviewsOutstanding, match="not every seat")


def test_closed_scoring_is_not_closed_over_other_versions():
    (
        closed.when(CloseScoringFactory(reviews=(BOTH[0], StreamVersion(stream="review-review-2", version=41))))
        .then_rejected(ScoringAlreadyClosed)
    )  # fmt: skip


# --- moderation


def test_the_lead_settles_a_criterion_with_the_scores_before_beside_it():
    closed.when(SettleCriterionFactory()).then(CriterionSettledFactory())


def test_scores_before_stand_in_the_order_of_the_seats():
    sheets = (sheet("review-2"), sheet("review-1", A1=1))

    closed.when(SettleCriterionFactory(sheets=sheets)).then(CriterionSettledFactory(scores_before=(1, 3)))


def test_a_criterion_is_settled_once_and_may_be_settled_anew():
    settled.when(SettleCriterionFactory()).then_nothing()
    settled.when(SettleCriterionFactory(score=2)).then(CriterionSettledFactory(score=2))


def test_that_a_criterion_does_not_apply_can_be_settled_where_the_standard_allows_it():
    sheets = (sheet("review-1", G2=None), sheet("review-2"))

    closed.when(SettleCriterionFactory(criterion="G2", score=None, sheets=sheets)).then(
        CriterionSettledFactory(criterion="G2", scores_before=(None, 3), score=None)
    )
    closed.when(SettleCriterionFactory(score=None)).then_rejected(SettlementRefused, match="cannot be left out")


def test_what_two_readers_agree_on_is_not_the_lead_s_to_change():
    closed.when(SettleCriterionFactory(criterion="B2")).then_rejected(SettlementRefused, match="agree on it")


@pytest.mark.parametrize("score", [0, 5])
def test_a_settled_score_is_on_the_scale(score):
    closed.when(SettleCriterionFactory(score=score)).then_rejected(SettlementRefused, match="from 1 to 4")


def test_a_criterion_that_the_standard_does_not_have_is_not_settled():
    closed.when(SettleCriterionFactory(criterion="Z9")).then_rejected(SettlementRefused, match="no criterion")


def test_a_settlement_has_its_reason():
    refusal = closed.when(SettleCriterionFactory(reason=" ")).then_rejected(SettlementRefused, match="no reason")

    assert [fault.field for fault in refusal.faults] == ["reason"]


def test_the_reason_of_a_settlement_holds_no_personal_data():
    closed.when(SettleCriterionFactory(reason="Write to a@example.org about it.")).then_rejected(PersonalDataInText)


def test_nobody_settles_before_scoring_is_closed():
    led.when(SettleCriterionFactory()).then_rejected(ScoringNotClosed, match="nobody may compare")


def test_only_the_lead_settles():
    closed.when(SettleCriterionFactory(settled_by="somebody")).then_rejected(NotTheLead)


def test_what_is_moderated_is_final():
    (
        settled.given(ModerationClosedFactory())
        .when(SettleCriterionFactory(score=2))
        .then_rejected(ModerationAlreadyClosed, match="final")
    )


def test_moderation_closes_when_nothing_is_left_to_settle():
    settled.when(CloseModerationFactory()).then(ModerationClosedFactory())
    settled.given(ModerationClosedFactory()).when(CloseModerationFactory()).then_nothing()


def test_moderation_does_not_close_while_a_criterion_calls_for_it():
    refusal = closed.when(CloseModerationFactory()).then_rejected(CriteriaUnsettled, match="“A1”")

    assert [fault.field for fault in refusal.faults] == ["A1"]


def test_moderation_does_not_close_while_the_reviews_lead_to_different_outcomes():
    # Each 2 costs half its weight; none of them is must-pass, and none is two apart.
    two = dict.fromkeys(("A2", "A3", "B2", "B3", "B4", "B5", "C4"), 2)
    sheets = (
        sheet("review-1", **two),
        sheet("review-2", **{**two, **dict.fromkeys(("D4", "D5", "E1", "E4", "F1"), 2)}),
    )

    closed.when(CloseModerationFactory(sheets=sheets)).then_rejected(CriteriaUnsettled, match="different outcomes")


def test_only_the_lead_closes_the_moderation_and_only_of_closed_scoring():
    settled.when(CloseModerationFactory(closed_by="somebody")).then_rejected(NotTheLead)
    led.when(CloseModerationFactory()).then_rejected(ScoringNotClosed)


# --- whatever is asked

PEOPLE = st.sampled_from([FIRST, SECOND, LEAD, "reviewer-3"])
REVIEWS = st.sampled_from(["review-1", "review-2", "review-3"])
COMMANDS = st.one_of(
    st.builds(AssignReviewerFactory, review_id=REVIEWS, reviewer_id=PEOPLE, seat=st.integers(0, 3)),
    st.builds(StandReviewerDownFactory, review_id=REVIEWS),
    st.builds(AssignLeadFactory, lead_id=PEOPLE),
    st.builds(CloseScoringFactory),
)


@settings(deadline=None)
@for_all(st.lists(COMMANDS, max_size=15))
def test_no_sequence_of_commands_seats_a_lead_or_anybody_twice(commands):
    """Whatever is asked, seats go to different reviewers, none of whom leads."""
    state = panel_decider.evolve(panel_decider.initial, PanelOpenedFactory())
    for command in commands:
        try:
            events = panel_decider.decide(command, state)
        except Rejected:
            continue
        state = reduce(panel_decider.evolve, events, state)

        seated = [seat.reviewer_id for seat in state.seated.values()]
        assert len(set(seated)) == len(seated)
        assert state.lead_id not in seated
        assert set(state.seated) <= {1, 2}
