"""What is due of whom: a row is one stream, with what is open in it; nothing here counts days or knows today."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.notices.read_model.lines import LINES, Line
from qa_platform.submissions.events import SubmissionContentChanged
from qa_platform.submissions.events.components import ComponentNotified


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """Something open: until which day, and by which event, when.

    Without a day a term of the agency's counts from when it was opened. `item` tells it from others of
    its kind in the stream; what is not `known` yet nobody is reminded of.
    """

    duty: str
    due_on: date | None
    opened_by: str
    opened_at: datetime
    item: str | None = None
    known: bool = True


class DutyRow(Row, frozen=True, kw_only=True):
    """What is open in a stream; `first_due` is the day before which none of it is due, None when nothing is."""

    stream: str
    about: str | None
    provider_id: str | None = None
    title_en: str | None = None
    title_ms: str | None = None
    open: tuple[Open, ...] = ()
    first_due: date | None = None


def keys(recorded: Recorded[Any]) -> tuple[str, ...]:
    """Return the stream that an event is in."""
    return (recorded.stream,)


def fold(row: DutyRow | None, recorded: Recorded[Any]) -> DutyRow:
    """Return what is open in a stream after one event."""
    row = _told(row or DutyRow(stream=recorded.stream, about=recorded.case_id), recorded.event)
    still = row.open
    for line in LINES:
        still = _after(line, still, recorded)
    days = (one.due_on or one.opened_at.date() for one in still if one.known)
    return replace(row, open=still, first_due=min(days, default=None))


def _told(row: DutyRow, event: Any) -> DutyRow:  # noqa: ANN401 -- any of those it listens to
    row = replace(row, provider_id=getattr(event, "provider_id", None) or row.provider_id)
    match event:
        case SubmissionContentChanged():
            titles = {name: getattr(event.content, name) for name in ("title_en", "title_ms")}
            return replace(row, **{name: title for name, title in titles.items() if title is not msgspec.UNSET})
        case ComponentNotified():
            return replace(row, title_en=event.unit.title_en, title_ms=event.unit.title_ms)
        case _:
            return row


def _after(line: Line, still: tuple[Open, ...], recorded: Recorded[Any]) -> tuple[Open, ...]:
    kind = type(recorded.event)
    if kind in line.opened_by or kind in line.ended_by:
        item = None if line.item is None else getattr(recorded.event, line.item, None)
        # What names no item ends all of them.
        rest = tuple(one for one in still if one.duty != line.duty or item not in (one.item, None))
        opened = _opened(line, recorded, item)
        return rest if opened is None else (*rest, opened)
    if kind in line.known_by:
        return tuple(_known(one, recorded) if one.duty == line.duty and not one.known else one for one in still)
    return still


def _opened(line: Line, recorded: Recorded[Any], item: str | None) -> Open | None:
    opens = line.opened_by.get(type(recorded.event))
    due = None if opens is None else opens(recorded.event)
    if due is None:
        return None
    return Open(
        duty=line.duty,
        due_on=due if isinstance(due, date) else None,
        opened_by=recorded.id,
        opened_at=recorded.at,
        item=item,
        known=not line.known_by,
    )


def _known(one: Open, recorded: Recorded[Any]) -> Open:
    return replace(one, known=True, opened_by=recorded.id, opened_at=recorded.at)


DUTIES: Projection[DutyRow] = Projection(
    name="notice_duties",
    row=DutyRow,
    key="stream",
    events=tuple(
        {one: None for line in LINES for one in (*line.about, *line.opened_by, *line.known_by, *line.ended_by)}
    ),
    keys=keys,
    fold=fold,
    indexes=(("first_due",),),
)


def duties_due(connection: Connection, until: date) -> list[DutyRow]:
    """Return the streams in which something is open that may be due up to a day, the longest due first."""
    column = DUTIES.table.c
    query = sa.select(DUTIES.table).where(column.first_due <= until)
    return DUTIES.rows(connection, query.order_by(column.first_due, column.stream))
