"""Centres, and how they stand."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.centres.decider import CENTRE_CODES, Status
from qa_platform.centres.decider.refusals import CentreUnknown
from qa_platform.centres.events import (
    CentreApprovalEnded,
    CentreApproved,
    CentreCode,
    CentreDetailsChanged,
    CentreEvent,
    CentreReinstated,
    CentreSuspended,
)
from qa_platform.kernel.event import Recorded, StreamVersion
from qa_platform.kernel.roles import Actor, Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.web.reach import CENTRES_TABLE


class CentreRow(Row, frozen=True, kw_only=True):
    """A centre; `reason` says why it was suspended, reinstated or ended last."""

    centre_id: str
    version: int
    name: str
    institution: str | None
    status: Status
    approved_on: date
    suspended_from: date | None = None
    ended_on: date | None = None
    successor_id: str | None = None
    reason: str | None = None
    simulated: bool

    @property
    def decision_code(self) -> CentreCode | None:
        """Return of which type the decision is by which it stands as it does; None once its approval has ended."""
        return CENTRE_CODES.get(self.status)

    @property
    def stream_version(self) -> StreamVersion:
        """Return what the giving of a case rests on."""
        return StreamVersion(stream=f"centre-{self.centre_id}", version=self.version)


def keys(recorded: Recorded[CentreEvent]) -> tuple[str, ...]:
    """Return the centre that an event is about."""
    return (recorded.event.centre_id,)


def fold(row: CentreRow | None, recorded: Recorded[CentreEvent]) -> CentreRow | None:
    """Return the centre after one event."""
    event = recorded.event
    if isinstance(event, CentreApproved):
        return CentreRow(
            centre_id=event.centre_id,
            version=recorded.version,
            name=event.name,
            institution=event.institution,
            status=Status.APPROVED,
            approved_on=event.approved_on,
            simulated=event.simulated,
        )
    return None if row is None else replace(_changed(row, event), version=recorded.version)


def _changed(row: CentreRow, event: CentreEvent) -> CentreRow:
    match event:
        case CentreDetailsChanged():
            return replace(row, name=event.name, institution=event.institution)
        case CentreSuspended():
            return replace(row, status=Status.SUSPENDED, suspended_from=event.suspended_from, reason=event.reason)
        case CentreReinstated():
            return replace(row, status=Status.APPROVED, suspended_from=None, reason=event.reason)
        case CentreApprovalEnded():
            return replace(
                row,
                status=Status.ENDED,
                suspended_from=None,
                ended_on=event.ended_on,
                successor_id=event.successor_id,
                reason=event.reason,
            )
        case _:
            return row


CENTRES: Projection[CentreRow] = Projection(
    name=CENTRES_TABLE,
    row=CentreRow,
    key="centre_id",
    events=get_args(CentreEvent),
    keys=keys,
    fold=fold,
    indexes=(("name",),),
)

_TOLD_WHY = frozenset(
    {
        *(Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER, Role.REGISTER_OFFICER),
        *(Role.ADMINISTRATOR, Role.AUDITOR),
    }
)


def select_centres(*, status: Status | None = None, institution: str | None = None) -> sa.Select[Any]:
    """Return the query for centres: which there are is known to everybody."""
    column = CENTRES.table.c
    query = sa.select(CENTRES.table)
    if status is not None:
        query = query.where(column.status == status.value)
    if institution is not None:
        query = query.where(column.institution == institution)
    return query


def without_reason(viewer: Actor, rows: list[CentreRow]) -> list[CentreRow]:
    """Return centres without the reasons that are between the agency and the centre."""

    def told(row: CentreRow) -> bool:
        return viewer.acting_as in _TOLD_WHY and (not viewer.centres or row.centre_id in viewer.centres)

    return [row if told(row) else replace(row, reason=None) for row in rows]


def get_centre(connection: Connection, centre_id: str) -> CentreRow | None:
    """Return a centre, or None if there is none."""
    return CENTRES.find(connection, centre_id)


def standing_of(connection: Connection, centre_id: str) -> CentreRow:
    """Return how a centre stands that is to be given a case. Raises CentreUnknown."""
    row = CENTRES.find(connection, centre_id)
    if row is None:
        raise CentreUnknown(f"Nothing was changed: there is no centre “{centre_id}”. Check its id.")
    return row
