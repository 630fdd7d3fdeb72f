"""Whose case is whose, as it stands; `web.reach` asks this table what somebody at a centre may see."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.centres.decider import Status
from qa_platform.centres.events import AssignmentEvent, CaseAssigned, CaseMoved
from qa_platform.centres.read_model.centres import CENTRES
from qa_platform.kernel.event import Recorded, StreamVersion
from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Actor
from qa_platform.ledger.projection import Projection, Row
from qa_platform.web.reach import CASE_CENTRES_TABLE, within_reach


class CaseCentreRow(Row, frozen=True, kw_only=True):
    """Whom a case belongs to; None is the agency again. What was never assigned has no row."""

    case_id: str
    version: int
    centre_id: str | None
    since: date
    moves: int
    by_default: bool

    @property
    def stream_version(self) -> StreamVersion:
        """Return what a step rests on that depends on whose case it is."""
        return StreamVersion(stream=f"assignment-{self.case_id}", version=self.version)


def keys(recorded: Recorded[AssignmentEvent]) -> tuple[str, ...]:
    """Return the case that an event is about."""
    return (recorded.event.submission_id,)


def fold(row: CaseCentreRow | None, recorded: Recorded[AssignmentEvent]) -> CaseCentreRow | None:
    """Return whom the case belongs to after one event."""
    event = recorded.event
    match event:
        case CaseAssigned():
            return CaseCentreRow(
                case_id=event.submission_id,
                version=recorded.version,
                centre_id=event.centre_id,
                since=event.assigned_on,
                moves=0,
                by_default=event.by_default,
            )
        case CaseMoved():
            return CaseCentreRow(
                case_id=event.submission_id,
                version=recorded.version,
                centre_id=event.to_centre_id,
                since=event.moved_on,
                moves=0 if row is None else row.moves + 1,
                by_default=False,
            )


CASE_CENTRES: Projection[CaseCentreRow] = Projection(
    name=CASE_CENTRES_TABLE,
    row=CaseCentreRow,
    key="case_id",
    events=get_args(AssignmentEvent),
    keys=keys,
    fold=fold,
    indexes=(("centre_id", "since"),),
)


def select_cases(viewer: Actor, centre_id: str) -> sa.Select[Any]:
    """Return the query for the cases of a centre: to somebody at a centre those of his own."""
    column = CASE_CENTRES.table.c
    return sa.select(CASE_CENTRES.table).where(column.centre_id == centre_id, within_reach(viewer, column.case_id))


def get_case(connection: Connection, submission_id: str, viewer: Actor) -> CaseCentreRow:
    """Return whom a case belongs to. Raises Missing for one that was never assigned, or is not the viewer's."""
    column = CASE_CENTRES.table.c
    query = sa.select(CASE_CENTRES.table).where(column.case_id == submission_id, within_reach(viewer, column.case_id))
    found = CASE_CENTRES.rows(connection, query)
    if not found:
        raise Missing(f"The case “{submission_id}” was given to no centre. It is the agency's own.")
    return found[0]


def find_case(connection: Connection, submission_id: str) -> CaseCentreRow | None:
    """Return whom a case belongs to, for what a rule needs of it, never to be shown; None for the agency's own."""
    return CASE_CENTRES.find(connection, submission_id)


def cases_of(connection: Connection, centre_id: str) -> list[str]:
    """Return the cases that belong to a centre, in order."""
    column = CASE_CENTRES.table.c
    query = sa.select(column.case_id).where(column.centre_id == centre_id)
    return list(connection.scalars(query.order_by(column.case_id)))


def list_left_behind(connection: Connection) -> list[tuple[str, str | None]]:
    """Return the cases that still belong to a centre whose approval has ended, each with its successor."""
    case, centre = CASE_CENTRES.table.c, CENTRES.table.c
    query = (
        sa.select(case.case_id, centre.successor_id)
        .join(CENTRES.table, centre.centre_id == case.centre_id)
        .where(centre.status == Status.ENDED.value)
    )
    return [(row.case_id, row.successor_id) for row in connection.execute(query.order_by(case.case_id))]
