"""The rules of a panel: two seats, no conflicts, blind until all are locked, settled by a lead who does not score."""

from __future__ import annotations

from typing import assert_never, get_args

from msgspec.structs import replace

from qa_platform.kernel.decider import Decider
from qa_platform.panels.commands import (
    AssignLead,
    AssignReviewer,
    CloseModeration,
    CloseScoring,
    OpenPanel,
    PanelCommand,
    SeatingCommand,
    SettleCriterion,
    StandReviewerDown,
)
from qa_platform.panels.decider.allocating import allocation_decider
from qa_platform.panels.decider.filling import after_seating, on_seating
from qa_platform.panels.decider.moderation import close_moderation, close_scoring, settle_criterion
from qa_platform.panels.decider.refusals import (
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
)
from qa_platform.panels.decider.seating import assign_lead, assign_reviewer, open_panel, stand_reviewer_down
from qa_platform.panels.decider.state import Panel, Seat
from qa_platform.panels.decider.unproposed import (
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
    ScoringBegun,
    SeatNotChanged,
)
from qa_platform.panels.events import (
    CriterionSettled,
    LeadAssigned,
    ModerationClosed,
    PanelEvent,
    PanelOpened,
    ReviewerAssigned,
    ReviewerStoodDown,
    ScoringClosed,
    SeatingEvent,
)

__all__ = [
    "AllocationInconsistent",
    "ChangeUnexplained",
    "CriteriaUnsettled",
    "LeadNotAssignable",
    "ModerationAlreadyClosed",
    "NotTheLead",
    "ObjectionMadeBefore",
    "ObjectionMissing",
    "ObjectionNotOpen",
    "Panel",
    "PanelAlreadyOpen",
    "PanelMissing",
    "ProposalBarred",
    "ProposalEmpty",
    "ProposalMissing",
    "ProposalPending",
    "ReminderNotDue",
    "ReviewerNotAssignable",
    "ReviewsOutstanding",
    "ScoringAlreadyClosed",
    "ScoringBegun",
    "ScoringNotClosed",
    "SeatNotChanged",
    "SeatUnavailable",
    "SettlementRefused",
    "allocation_decider",
    "decide",
    "evolve",
    "panel_decider",
]


def decide(command: PanelCommand, panel: Panel) -> list[PanelEvent]:
    """Return what follows from a command, or raise Rejected."""
    if isinstance(command, OpenPanel):
        return open_panel(command, panel)
    if not panel.seats:
        raise PanelMissing("There is no panel for this submission: it has not been accepted. Check the address.")
    if isinstance(command, SeatingCommand):
        return on_seating(command, panel)
    match command:
        case AssignReviewer():
            return assign_reviewer(command, panel)
        case StandReviewerDown():
            return stand_reviewer_down(command, panel)
        case AssignLead():
            return assign_lead(command, panel)
        case CloseScoring():
            return close_scoring(command, panel)
        case SettleCriterion():
            return settle_criterion(command, panel)
        case CloseModeration():
            return close_moderation(command, panel)
        case _:
            assert_never(command)


def evolve(panel: Panel, event: PanelEvent) -> Panel:
    """Return the panel as it stands after an event. Never refuses."""
    if isinstance(event, SeatingEvent):
        return after_seating(panel, event)
    match event:
        case PanelOpened():
            return replace(panel, course_id=event.course_id, provider_id=event.provider_id, seats=event.seats)
        case ReviewerAssigned():
            seat = Seat(review_id=event.review_id, reviewer_id=event.reviewer_id)
            return replace(panel, seated={**panel.seated, event.seat: seat})
        case ReviewerStoodDown():
            seated = {number: seat for number, seat in panel.seated.items() if seat.review_id != event.review_id}
            return replace(panel, seated=seated, left={**panel.left, event.review_id: event.reviewer_id})
        case LeadAssigned():
            return replace(panel, lead_id=event.lead_id)
        case ScoringClosed():
            return replace(panel, closed_over=event.reviews)
        case CriterionSettled():
            return replace(panel, settled={**panel.settled, event.criterion: (event.score, event.reason)})
        case ModerationClosed():
            return replace(panel, moderated=True)
        case _:
            assert_never(event)


panel_decider: Decider[PanelCommand, Panel, PanelEvent] = Decider(
    commands=get_args(PanelCommand),
    events=get_args(PanelEvent),
    stream=lambda command: f"panel-{command.submission_id}",
    initial=Panel(),
    decide=decide,
    evolve=evolve,
    case=lambda command: command.submission_id,
)
