from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from qa_platform.kernel.personal_data import PersonalDataInText
from qa_platform.panels.commands import MakeAllocation
from qa_platform.panels.decider import (
    AllocationInconsistent,
    ChangeUnexplained,
    ObjectionMadeBefore,
    ObjectionMissing,
    ObjectionNotOpen,
    ProposalBarred,
    ProposalEmpty,
    ProposalMissing,
    ProposalPending,
    ReminderNotDue,
    ReviewerNotAssignable,
    ScoringAlreadyClosed,
    ScoringBegun,
    SeatNotChanged,
    SeatUnavailable,
    allocation_decider,
    panel_decider,
)
from qa_platform.panels.decider.allocation import draw, read_flow
from qa_platform.panels.events import AllocationMade
from qa_platform.solving.flow import cheapest_flow
from tests.panels import factories as f
from tests.panels.allocation.instances import case, instance, reviewer
from tests.specification import Specification

panel = Specification(panel_decider)
BEST = ("Best for this case and the queue it was in.",)
PUT_IN = ("Put in by the officer, with a reason that the proposal keeps.",)
ASSIGNED = (
    f.ReviewerAssignedFactory(reasons=BEST),
    f.ReviewerAssignedFactory(review_id="review-2", reviewer_id=f.SECOND, seat=2, reasons=BEST),
)
THIRD = f.ReviewerAssignedFactory(review_id="review-3", reviewer_id="reviewer-3", seat=2, reasons=PUT_IN)

opened = panel.given(f.PanelOpenedFactory())
proposed = opened.given(f.PanelProposedFactory())
changed = proposed.given(f.ProposalChangedFactory())
confirmed = proposed.given(*ASSIGNED, f.ProposalConfirmedFactory())
otherwise = changed.given(ASSIGNED[0], THIRD, f.ProposalConfirmedFactory(reviews=("review-1", "review-3")))
objected = confirmed.given(f.PanelObjectedFactory())


def test_reviewers_are_proposed_for_free_seats_once():
    opened.when(f.ProposePanelFactory()).then(f.PanelProposedFactory())
    proposed.when(f.ProposePanelFactory()).then_nothing()
    proposed.when(f.ProposePanelFactory(proposal_id="other")).then_rejected(ProposalPending, match="take it back first")


def test_a_proposal_follows_the_inputs_that_it_was_made_from():
    opened.when(f.ProposePanelFactory(barred=(f.FIRST,))).then_rejected(ProposalBarred, match="made anew")
    opened.when(f.ProposePanelFactory(seats=())).then_rejected(ProposalEmpty, match="nobody fits")


def test_a_proposal_is_for_seats_that_are_free_and_people_who_never_sat_there():
    taken = opened.given(f.ReviewerAssignedFactory(reviewer_id="reviewer-8"))
    left = taken.given(f.ReviewerStoodDownFactory(reviewer_id=f.FIRST))

    taken.when(f.ProposePanelFactory()).then_rejected(ProposalBarred, match="seat 1 is not free")
    left.when(f.ProposePanelFactory()).then_rejected(ProposalBarred, match="sits or sat here")


def test_the_officer_changes_a_proposal_with_a_reason():
    proposed.when(f.ChangeProposalFactory()).then(f.ProposalChangedFactory())
    changed.when(f.ChangeProposalFactory()).then_nothing()
    proposed.when(f.ChangeProposalFactory(reason=" ")).then_rejected(ChangeUnexplained, match="why")
    proposed.when(f.ChangeProposalFactory(reason="Ask a@example.org")).then_rejected(PersonalDataInText)
    opened.when(f.ChangeProposalFactory()).then_rejected(ProposalMissing)


@pytest.mark.parametrize(
    "candidate",
    [
        {"reviewer_id": f.FIRST},
        {"status": "paused"},
        {"interests": (f.InterestFactory(),)},
        {"seen": ("REC",)},
        {"eligible_from": date(2027, 1, 1)},
        {"away": True},
        {"open_cases": 4, "cap": 4},
        {"outside": True},
    ],
)
def test_nobody_is_put_in_who_may_not_sit_there(candidate):
    command = f.ChangeProposalFactory(candidate=f.CandidacyFactory(**candidate))

    proposed.when(command).then_rejected(ReviewerNotAssignable)


def test_a_proposal_changes_no_seat_that_is_not_there():
    proposed.when(f.ChangeProposalFactory(seat=3)).then_rejected(SeatUnavailable)


def test_a_confirmed_proposal_seats_its_reviewers_and_says_the_days():
    proposed.when(f.ConfirmProposalFactory()).then(*ASSIGNED, f.ProposalConfirmedFactory())
    confirmed.when(f.ConfirmProposalFactory()).then_nothing()
    opened.when(f.ConfirmProposalFactory()).then_rejected(ProposalMissing)


def test_what_the_officer_changed_is_confirmed_as_changed():
    disclosed = (f.ProposalConfirmedFactory().disclosed[0], replace_seat(category="learner", employers=()))

    changed.when(f.ConfirmProposalFactory()).then(
        ASSIGNED[0], THIRD, f.ProposalConfirmedFactory(reviews=("review-1", "review-3"), disclosed=disclosed)
    )


def replace_seat(**different):
    return replace(f.ProposalConfirmedFactory().disclosed[1], **different)


def test_who_may_not_sit_any_more_is_not_confirmed():
    paused = (
        f.CandidacyFactory(reviewer_id=f.FIRST, status="paused"),
        f.CandidacyFactory(reviewer_id=f.SECOND),
    )

    proposed.when(f.ConfirmProposalFactory(candidates=paused)).then_rejected(ReviewerNotAssignable, match="paused")
    proposed.when(f.ConfirmProposalFactory(candidates=())).then_rejected(ReviewerNotAssignable, match="Put somebody")


def test_nobody_is_confirmed_on_a_case_that_moved_to_another_house():
    moved = (f.CandidacyFactory(reviewer_id=f.FIRST), f.CandidacyFactory(reviewer_id=f.SECOND, outside=True))

    proposed.when(f.ConfirmProposalFactory(candidates=moved)).then_rejected(
        ReviewerNotAssignable, match="acts for another centre than the one that has this case now"
    )


def test_a_proposal_is_taken_back_before_it_is_confirmed():
    proposed.when(f.WithdrawProposalFactory()).then(f.ProposalWithdrawnFactory())
    proposed.when(f.WithdrawProposalFactory(reason="")).then_rejected(ChangeUnexplained)
    confirmed.when(f.WithdrawProposalFactory()).then_rejected(ProposalMissing)
    again = f.ProposePanelFactory(proposal_id="proposal-2")
    proposed.given(f.ProposalWithdrawnFactory()).when(again).then(f.PanelProposedFactory(proposal_id="proposal-2"))


def test_a_change_is_undone_before_it_is_confirmed():
    changed.when(f.UndoSeatChangeFactory()).then(f.SeatChangeUndoneFactory())
    undone = changed.given(f.SeatChangeUndoneFactory())
    undone.when(f.UndoSeatChangeFactory()).then_rejected(SeatNotChanged)
    undone.when(f.ConfirmProposalFactory()).then(*ASSIGNED, f.ProposalConfirmedFactory())
    changed.when(f.UndoSeatChangeFactory(reason="")).then_rejected(ChangeUnexplained)


def test_a_change_is_undone_until_scoring_begins():
    back = replace(f.PROPOSED[1], review_id="review-4")

    otherwise.when(f.UndoSeatChangeFactory()).then(
        f.SeatChangeUndoneFactory(seat=back),
        f.ReviewerStoodDownFactory(review_id="review-3", reviewer_id="reviewer-3", seat=2, ground="officer"),
        f.ReviewerAssignedFactory(
            review_id="review-4",
            reviewer_id=f.SECOND,
            seat=2,
            reasons=("Proposed first; the officer's change was undone.",),
        ),
    )
    otherwise.when(f.UndoSeatChangeFactory(begun=True)).then_rejected(ScoringBegun)
    gone = otherwise.given(
        f.ReviewerStoodDownFactory(review_id="review-3", reviewer_id="reviewer-3", seat=2, ground="declined")
    )
    gone.when(f.UndoSeatChangeFactory()).then_rejected(SeatNotChanged, match="by now")


def test_once_scores_are_compared_nothing_of_the_panel_moves():
    over = otherwise.given(f.ScoringClosedFactory())

    for command in (f.UndoSeatChangeFactory(), f.ProposePanelFactory(proposal_id="other"), f.ObjectToPanelFactory()):
        over.when(command).then_rejected(ScoringAlreadyClosed)


def test_the_provider_objects_once_and_until_the_last_day():
    last = f.ProposalConfirmedFactory().object_by

    confirmed.when(f.ObjectToPanelFactory(on=last)).then(f.PanelObjectedFactory())
    late = f.ObjectToPanelFactory(on=date(2026, 11, 28))
    confirmed.when(late).then_rejected(ObjectionNotOpen, match="2026-11-27")
    objected.when(f.ObjectToPanelFactory()).then_nothing()
    objected.when(f.ObjectToPanelFactory(seats=(1,))).then_rejected(ObjectionMadeBefore)


def test_an_objection_is_to_seats_that_are_taken_and_says_why():
    proposed.when(f.ObjectToPanelFactory()).then_rejected(ObjectionNotOpen, match="not been confirmed")
    confirmed.when(f.ObjectToPanelFactory(seats=(3,))).then_rejected(ObjectionNotOpen, match="at least one seat")
    confirmed.when(f.ObjectToPanelFactory(seats=())).then_rejected(ObjectionNotOpen)
    confirmed.when(f.ObjectToPanelFactory(reasons=" ")).then_rejected(ChangeUnexplained)


def test_an_objection_that_is_upheld_frees_its_seats():
    freed = f.ReviewerStoodDownFactory(review_id="review-2", reviewer_id=f.SECOND, seat=2, ground="officer")

    objected.when(f.RuleOnObjectionFactory()).then(f.ObjectionRuledFactory(), freed)
    rejected = f.RuleOnObjectionFactory(upheld=False)
    objected.when(rejected).then(f.ObjectionRuledFactory(upheld=False))
    ruled = objected.given(f.ObjectionRuledFactory(upheld=False))
    ruled.when(rejected).then_nothing()
    ruled.when(f.RuleOnObjectionFactory()).then_rejected(ObjectionMissing, match="already")
    confirmed.when(rejected).then_rejected(ObjectionMissing)
    objected.when(f.RuleOnObjectionFactory(reason="")).then_rejected(ChangeUnexplained)


def test_who_has_not_answered_is_reminded_once_from_the_day_on():
    confirmed.when(f.RemindReviewerFactory()).then(f.ReviewerRemindedFactory())
    confirmed.given(f.ReviewerRemindedFactory()).when(f.RemindReviewerFactory()).then_nothing()
    for day in (date(2026, 11, 24), date(2026, 11, 27)):
        confirmed.when(f.RemindReviewerFactory(on=day)).then_rejected(ReminderNotDue)
    by_hand = opened.given(f.ReviewerAssignedFactory())
    by_hand.when(f.RemindReviewerFactory()).then_rejected(ReminderNotDue)


allocation = Specification(allocation_decider)
INSTANCE = instance(case(), reviewer(1), reviewer(2), reviewer(3))
DRAWING = draw(INSTANCE)
FOUND = read_flow(DRAWING, cheapest_flow(DRAWING.network))
KEPT = {
    "allocation_id": "allocation-1",
    "instance": DRAWING.instance,
    "digest": FOUND.digest,
    "seats": FOUND.seats,
    "objective": FOUND.objective,
    "bound": FOUND.bound,
    "proof": FOUND.proof,
}


def test_an_allocation_is_kept_with_what_it_was_made_from():
    allocation.when(MakeAllocation(**KEPT)).then(AllocationMade(**KEPT))
    allocation.given(AllocationMade(**KEPT)).when(MakeAllocation(**KEPT)).then_nothing()


@pytest.mark.parametrize(
    "different",
    [
        {"instance": replace(INSTANCE, seed="b")},
        {"objective": FOUND.objective - 1},
        {"bound": FOUND.objective + 1},
        {"seats": FOUND.seats[:1]},
        {"seats": tuple(replace(seat, reviewer_id="reviewer-9") for seat in FOUND.seats)},
    ],
)
def test_an_allocation_that_does_not_follow_from_its_inputs_is_not_kept(different):
    allocation.when(MakeAllocation(**{**KEPT, **different})).then_rejected(AllocationInconsistent)
