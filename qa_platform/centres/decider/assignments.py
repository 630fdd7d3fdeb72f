"""Whose case is whose: one centre at a time, or the agency itself."""

from __future__ import annotations

from typing import assert_never, get_args

import msgspec

from qa_platform.centres.commands import AssignCase, AssignmentCommand, MoveCase
from qa_platform.centres.decider import refusals
from qa_platform.centres.events import AssignmentEvent, CaseAssigned, CaseMoved
from qa_platform.kernel.decider import Decider


class Assignment(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a case belongs to; None is the agency, from the beginning or again."""

    ever_assigned: bool = False
    centre_id: str | None = None


def decide(command: AssignmentCommand, assignment: Assignment) -> list[AssignmentEvent]:
    """Return what follows from a command, or raise Rejected."""
    match command:
        case AssignCase():
            return _assign(command, assignment)
        case MoveCase():
            return _move(command, assignment)
        case _:
            assert_never(command)


def evolve(_assignment: Assignment, event: AssignmentEvent) -> Assignment:
    """Return whom the case belongs to after an event. Never refuses."""
    match event:
        case CaseAssigned():
            return Assignment(ever_assigned=True, centre_id=event.centre_id)
        case CaseMoved():
            return Assignment(ever_assigned=True, centre_id=event.to_centre_id)
        case _:
            assert_never(event)


def _assign(command: AssignCase, assignment: Assignment) -> list[AssignmentEvent]:
    if assignment.ever_assigned:
        if assignment.centre_id == command.centre_id:
            return []
        raise refusals.CaseAssignedAlready(
            "The case was not assigned: it was given to a centre before. Move it, and say why."
        )
    if not command.lodged:
        raise refusals.CaseNotLodged(
            "The case was not assigned: its course was not lodged yet. Assign it once the provider has lodged it."
        )
    _require_approved("assigned", approved=command.centre_is_approved)

    return [
        CaseAssigned(
            submission_id=command.submission_id,
            centre_id=command.centre_id,
            assigned_on=command.on,
            by_default=command.by_default,
        )
    ]


def _move(command: MoveCase, assignment: Assignment) -> list[AssignmentEvent]:
    if not assignment.ever_assigned:
        raise refusals.CaseNotAssigned("The case was not moved: it was never given to a centre. Assign it instead.")
    if assignment.centre_id == command.to_centre_id:
        return []
    if command.to_centre_id is not None:
        _require_approved("moved", approved=command.centre_is_approved)

    return [
        CaseMoved(
            submission_id=command.submission_id,
            from_centre_id=assignment.centre_id,
            to_centre_id=command.to_centre_id,
            moved_on=command.on,
            reason=command.reason,
        )
    ]


def _require_approved(what: str, *, approved: bool) -> None:
    if not approved:
        raise refusals.CentreTakesNoCases(
            f"The case was not {what}: the centre is not approved at present. Choose a centre that is, or lift "
            "its suspension first."
        )


assignment_decider: Decider[AssignmentCommand, Assignment, AssignmentEvent] = Decider(
    commands=get_args(AssignmentCommand),
    events=get_args(AssignmentEvent),
    stream=lambda command: f"assignment-{command.submission_id}",
    initial=Assignment(),
    decide=decide,
    evolve=evolve,
    case=lambda command: command.submission_id,
)
