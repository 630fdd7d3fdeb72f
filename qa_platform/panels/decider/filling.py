"""Which rule answers what is asked on the way to a full panel, and what the panel remembers of it."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from qa_platform.panels.commands import (
    ChangeProposal,
    ConfirmProposal,
    ObjectToPanel,
    ProposePanel,
    RemindReviewer,
    RuleOnObjection,
    SeatingCommand,
    UndoSeatChange,
    WithdrawProposal,
)
from qa_platform.panels.decider.objecting import object_to_panel, remind_reviewer, rule_on_objection
from qa_platform.panels.decider.proposing import (
    after_changed,
    after_confirmed,
    after_proposed,
    after_undone,
    change_proposal,
    confirm_proposal,
    propose_panel,
    undo_seat_change,
    withdraw_proposal,
)
from qa_platform.panels.decider.state import Panel, PanelObjection
from qa_platform.panels.events import (
    ObjectionRuled,
    PanelEvent,
    PanelObjected,
    PanelProposed,
    ProposalChanged,
    ProposalConfirmed,
    ProposalWithdrawn,
    ReviewerReminded,
    SeatChangeUndone,
    SeatingEvent,
)


def on_seating(command: SeatingCommand, panel: Panel) -> list[PanelEvent]:
    """Return what follows from a command, or raise Rejected."""
    match command:
        case ProposePanel():
            return propose_panel(command, panel)
        case ChangeProposal():
            return change_proposal(command, panel)
        case UndoSeatChange():
            return undo_seat_change(command, panel)
        case WithdrawProposal():
            return withdraw_proposal(command, panel)
        case ConfirmProposal():
            return confirm_proposal(command, panel)
        case RemindReviewer():
            return remind_reviewer(command, panel)
        case ObjectToPanel():
            return object_to_panel(command, panel)
        case RuleOnObjection():
            return rule_on_objection(command, panel)
        case _:
            assert_never(command)


def after_seating(panel: Panel, event: SeatingEvent) -> Panel:
    """Return the panel after an event. Never refuses."""
    match event:
        case PanelProposed():
            return after_proposed(event, panel)
        case ProposalChanged():
            return after_changed(event, panel)
        case SeatChangeUndone():
            return after_undone(event, panel)
        case ProposalWithdrawn():
            return replace(panel, seating=None)
        case ProposalConfirmed():
            return after_confirmed(event, panel)
        case ReviewerReminded():
            return replace(panel, reminded=panel.reminded | {event.review_id})
        case PanelObjected():
            return replace(panel, objection=PanelObjection(seats=event.seats))
        case ObjectionRuled():
            ruling = (event.upheld, event.reason)
            return replace(panel, objection=PanelObjection(seats=event.seats, ruling=ruling))
        case _:
            assert_never(event)
