"""The approval of a centre, its suspension and its end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import assert_never, get_args

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from qa_platform.centres.commands import (
    ApproveCentre,
    CentreCommand,
    ChangeCentre,
    EndApproval,
    ReinstateCentre,
    SuspendCentre,
)
from qa_platform.centres.decider import refusals
from qa_platform.centres.events import (
    CentreApprovalEnded,
    CentreApproved,
    CentreCode,
    CentreDetailsChanged,
    CentreEvent,
    CentreReinstated,
    CentreSuspended,
)
from qa_platform.kernel.decider import Decider


class Status(StrEnum):
    """Where a centre stands."""

    UNKNOWN = "unknown"
    APPROVED = "approved"
    SUSPENDED = "suspended"
    ENDED = "ended"


# The end of an approval has no type of its own: it is no sanction, and says its reason.
CENTRE_CODES: Mapping[Status, CentreCode] = {Status.APPROVED: "CTR-ACC", Status.SUSPENDED: "CTR-SUS"}


class Centre(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules ask of a centre; `since` is the day of its approval or of its suspension."""

    status: Status = Status.UNKNOWN
    name: str = ""
    institution: str | None = None
    since: date = date.min

    @property
    def named(self) -> str:
        """Return the name as messages tell it."""
        return f"“{self.name}”"


def decide(command: CentreCommand, centre: Centre) -> list[CentreEvent]:
    """Return what follows from a command, or raise Rejected."""
    match command:
        case ApproveCentre():
            return _approve(command, centre)
        case ChangeCentre():
            return _change(command, centre)
        case SuspendCentre():
            return _suspend(command, centre)
        case ReinstateCentre():
            return _reinstate(command, centre)
        case EndApproval():
            return _end(command, centre)
        case _:
            assert_never(command)


def evolve(centre: Centre, event: CentreEvent) -> Centre:
    """Return the centre as it stands after an event. Never refuses."""
    match event:
        case CentreApproved():
            return Centre(
                status=Status.APPROVED, name=event.name, institution=event.institution, since=event.approved_on
            )
        case CentreDetailsChanged():
            return replace(centre, name=event.name, institution=event.institution)
        case CentreSuspended():
            return replace(centre, status=Status.SUSPENDED, since=event.suspended_from)
        case CentreReinstated():
            return replace(centre, status=Status.APPROVED, since=event.reinstated_from)
        case CentreApprovalEnded():
            return replace(centre, status=Status.ENDED, since=event.ended_on)
        case _:
            assert_never(event)


def _approve(command: ApproveCentre, centre: Centre) -> list[CentreEvent]:
    if centre.status is not Status.UNKNOWN:
        # Asked again, for instance by a script that ran twice, it changes nothing.
        if centre.status is not Status.ENDED and (command.name, command.institution) == (
            centre.name,
            centre.institution,
        ):
            return []
        raise refusals.CentreTaken(
            f"“{command.name}” was not approved: {centre.named} stands under the same id. Approve it under a new id."
        )

    return [
        CentreApproved(
            centre_id=command.centre_id,
            name=command.name,
            institution=command.institution,
            approved_on=command.approved_on,
            simulated=command.simulated,
        )
    ]


def _change(command: ChangeCentre, centre: Centre) -> list[CentreEvent]:
    _require_living(centre)
    name = centre.name if command.name is UNSET else command.name
    institution = centre.institution if command.institution is UNSET else command.institution

    if (name, institution) == (centre.name, centre.institution):
        return []
    return [CentreDetailsChanged(centre_id=command.centre_id, name=name, institution=institution)]


def _suspend(command: SuspendCentre, centre: Centre) -> list[CentreEvent]:
    _require_living(centre)
    if centre.status is Status.SUSPENDED:
        return []
    _require_not_before(command.suspended_from, centre, "suspended", "its approval")

    return [CentreSuspended(centre_id=command.centre_id, suspended_from=command.suspended_from, reason=command.reason)]


def _reinstate(command: ReinstateCentre, centre: Centre) -> list[CentreEvent]:
    _require_living(centre)
    if centre.status is not Status.SUSPENDED:
        raise refusals.CentreNotSuspended(
            f"{centre.named} was not reinstated: it is not suspended. There is no need to."
        )
    _require_not_before(command.reinstated_from, centre, "reinstated", "its suspension")

    return [
        CentreReinstated(centre_id=command.centre_id, reinstated_from=command.reinstated_from, reason=command.reason)
    ]


def _end(command: EndApproval, centre: Centre) -> list[CentreEvent]:
    if centre.status is Status.ENDED:
        return []
    _require_living(centre)
    if command.successor_id == command.centre_id:
        raise refusals.SuccessorUnacceptable(
            f"The approval of {centre.named} was not ended: it cannot hand its cases to itself. "
            "Name another centre, or none for the agency."
        )
    _require_not_before(command.ended_on, centre, "closed", "what was last decided about it")

    return [
        CentreApprovalEnded(
            centre_id=command.centre_id,
            ended_on=command.ended_on,
            reason=command.reason,
            successor_id=command.successor_id,
        )
    ]


def _require_living(centre: Centre) -> None:
    if centre.status is Status.UNKNOWN:
        raise refusals.CentreUnknown("Nothing was changed: no such centre was approved. Approve it first.")
    if centre.status is Status.ENDED:
        raise refusals.CentreGone(
            f"Nothing was changed: the approval of {centre.named} has ended. Approve it anew under a new id."
        )


def _require_not_before(day: date, centre: Centre, done: str, what: str) -> None:
    if day < centre.since:
        raise refusals.CentreTermUnacceptable(
            f"{centre.named} was not {done}: {day} is before {what} on {centre.since}. Choose a later day."
        )


centre_decider: Decider[CentreCommand, Centre, CentreEvent] = Decider(
    commands=get_args(CentreCommand),
    events=get_args(CentreEvent),
    stream=lambda command: f"centre-{command.centre_id}",
    initial=Centre(),
    decide=decide,
    evolve=evolve,
)
