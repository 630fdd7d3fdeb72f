"""Meetings of the committee, each with as much of its agenda as the one who looks may know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, get_args

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.decisions.commands import Sitting
from qa_platform.decisions.events import (
    MeetingCancelled,
    MeetingConvened,
    MeetingEvent,
    MeetingItemTabled,
    MeetingItemTakenOff,
    MeetingMembershipChanged,
    MeetingMoved,
)
from qa_platform.decisions.read_model.deciding import DECISIONS
from qa_platform.decisions.read_model.decisions import as_seen_by, select_decisions
from qa_platform.kernel.event import Recorded, StreamVersion
from qa_platform.kernel.roles import Actor
from qa_platform.ledger.projection import Projection, Row
from qa_platform.web.reach import of_own_centre


class AgendaItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item under its number; what it is about is None to whom the submission is not known."""

    number: int
    submission_id: str | None
    route: str | None = None
    stage: str | None = None


class MeetingRow(Row, frozen=True, kw_only=True):
    """A meeting of the committee; `cancelled_because` says why it does not take place."""

    meeting_id: str
    version: int
    held_on: date
    place: str | None = None
    chair_id: str
    members: tuple[str, ...]
    agenda: tuple[AgendaItem, ...] = ()
    cancelled: bool = False
    cancelled_because: str | None = None

    @property
    def stream_version(self) -> StreamVersion:
        """Return what a vote rests on: who sat."""
        return StreamVersion(stream=f"meeting-{self.meeting_id}", version=self.version)

    @property
    def sitting(self) -> Sitting:
        """Return the meeting as rules ask about it."""
        return Sitting(meeting_id=self.meeting_id, held_on=self.held_on, chair_id=self.chair_id, members=self.members)


def keys(recorded: Recorded[MeetingEvent]) -> tuple[str, ...]:
    """Return the meeting that an event is about."""
    return (recorded.event.meeting_id,)


def fold(row: MeetingRow | None, recorded: Recorded[MeetingEvent]) -> MeetingRow | None:
    """Return the meeting after one event."""
    event = recorded.event
    if isinstance(event, MeetingConvened):
        return MeetingRow(
            meeting_id=event.meeting_id,
            version=recorded.version,
            held_on=event.held_on,
            chair_id=event.chair_id,
            members=event.members,
        )
    return None if row is None else _changed(replace(row, version=recorded.version), event)


def _changed(
    row: MeetingRow,
    event: MeetingMembershipChanged | MeetingMoved | MeetingItemTabled | MeetingItemTakenOff | MeetingCancelled,
) -> MeetingRow:
    match event:
        case MeetingMembershipChanged():
            return replace(row, chair_id=event.chair_id, members=event.members)
        case MeetingMoved():
            return replace(row, held_on=event.held_on, place=event.place)
        case MeetingItemTabled():
            item = AgendaItem(number=event.item, submission_id=event.submission_id)
            return replace(row, agenda=(*row.agenda, item))
        case MeetingItemTakenOff():
            return replace(row, agenda=tuple(one for one in row.agenda if one.number != event.item))
        case MeetingCancelled():
            return replace(row, cancelled=True, cancelled_because=event.reason)


MEETINGS: Projection[MeetingRow] = Projection(
    name="committee_meetings",
    row=MeetingRow,
    key="meeting_id",
    events=get_args(MeetingEvent),
    keys=keys,
    fold=fold,
    indexes=(("held_on",),),
)


def select_meetings(viewer: Actor) -> sa.Select[Any]:
    """Return the query for all meetings, at a centre for its own; see `agenda_as_seen_by` for how much of them."""
    # A meeting is that of the house for which its chair acts.
    return sa.select(MEETINGS.table).where(of_own_centre(viewer, MEETINGS.table.c.chair_id))


def get_meeting(connection: Connection, meeting_id: str, viewer: Actor) -> MeetingRow | None:
    """Return a meeting with its whole agenda, or None where the viewer's house has no such meeting."""
    query = select_meetings(viewer).where(MEETINGS.table.c.meeting_id == meeting_id)
    return next(iter(MEETINGS.rows(connection, query)), None)


def agenda_as_seen_by(viewer: Actor, connection: Connection, rows: Sequence[MeetingRow]) -> list[MeetingRow]:
    """Return meetings whose items say nothing but their number where the viewer may not know of the submission."""
    wanted = sorted({one.submission_id for row in rows for one in row.agenda if one.submission_id is not None})
    query = select_decisions(viewer).where(DECISIONS.table.c.submission_id.in_(wanted))
    known = {row.submission_id: row for row in as_seen_by(viewer, DECISIONS.rows(connection, query))}

    def seen(item: AgendaItem) -> AgendaItem:
        decision = known.get(item.submission_id or "")
        if decision is None:
            return AgendaItem(number=item.number, submission_id=None)
        return replace(item, route=decision.route, stage=decision.stage)

    return [replace(row, agenda=tuple(seen(item) for item in row.agenda)) for row in rows]
