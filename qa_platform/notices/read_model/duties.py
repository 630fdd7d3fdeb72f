"""What is due of whom: one table that follows every event with a due date; a line below adds one.

A row is one stream, with what is open in it; nothing here counts days or knows today.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.accreditations.events import (
    ConditionEvidenceFiled,
    ConditionExtended,
    ConditionLapsed,
    ConditionMet,
    ConditionNotMet,
    ConditionSet,
    ConditionVerdictReversed,
)
from qa_platform.kernel.event import Event, Recorded
from qa_platform.kernel.roles import PROVIDER_ROLES, Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.submissions.events import (
    SubmissionContentChanged,
    SubmissionDrafted,
    SubmissionLapsed,
    SubmissionLodged,
    SubmissionReturned,
    SubmissionReturnExtended,
    SubmissionStepTakenBack,
    SubmissionWithdrawn,
)


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that can be due: what opens it until which day, what ends it, and who is reminded.

    `roles` are reminded, a provider's for the provider of the stream; or in `person` the field that
    names one. `about` are events of the stream that tell provider, person or titles. `soon` and
    `late` are the kinds of notice, before the day and after it.
    """

    duty: str
    opened_by: Mapping[type[Event], Callable[[Any], date | None]]
    ended_by: tuple[type[Event], ...]
    roles: tuple[Role, ...]
    about: tuple[type[Event], ...] = ()
    person: str | None = None
    soon: str = "due_soon"
    late: str = "overdue"


def _due_on(event: Any) -> date | None:  # noqa: ANN401 -- whatever a line names
    due_on: date | None = event.due_on
    return due_on


_VERDICTS = (ConditionMet, ConditionExtended, ConditionNotMet)

LINES: tuple[Line, ...] = (
    Line(
        duty="answer_to_return",
        opened_by={SubmissionReturned: _due_on, SubmissionReturnExtended: _due_on, SubmissionStepTakenBack: _due_on},
        ended_by=(SubmissionLodged, SubmissionWithdrawn, SubmissionLapsed),
        roles=tuple(sorted(PROVIDER_ROLES)),
        about=(SubmissionDrafted, SubmissionContentChanged),
    ),
    Line(
        duty="condition",
        opened_by={ConditionSet: _due_on, ConditionExtended: _due_on},
        ended_by=(ConditionEvidenceFiled, ConditionMet, ConditionNotMet, ConditionLapsed, ConditionVerdictReversed),
        roles=tuple(sorted(PROVIDER_ROLES)),
        soon="obligation_due_soon",
        late="obligation_overdue",
    ),
    Line(
        duty="condition_check",
        opened_by={ConditionEvidenceFiled: lambda event: event.check_due_on},
        ended_by=_VERDICTS,
        roles=(Role.REGISTER_OFFICER,),
        soon="obligation_due_soon",
        late="obligation_overdue",
    ),
    Line(
        duty="condition_ruling",
        opened_by={ConditionLapsed: lambda event: event.rule_by},
        ended_by=(ConditionEvidenceFiled, *_VERDICTS),
        roles=(Role.REGISTER_OFFICER,),
        soon="obligation_due_soon",
        late="obligation_overdue",
    ),
)


class Open(msgspec.Struct, frozen=True, kw_only=True):
    """Something open: until which day, and by which event, when."""

    duty: str
    due_on: date
    opened_by: str
    opened_at: datetime


class DutyRow(Row, frozen=True, kw_only=True):
    """What is open in a stream; `first_due` is the earliest day of it, None when nothing is open."""

    stream: str
    about: str | None
    provider_id: str | None = None
    person_id: str | None = None
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
    return replace(row, open=still, first_due=min((one.due_on for one in still), default=None))


def _told(row: DutyRow, event: Any) -> DutyRow:  # noqa: ANN401 -- any of those it listens to
    provider = getattr(event, "provider_id", None) or row.provider_id
    people = (getattr(event, line.person, None) for line in LINES if line.person is not None)
    person = next((one for one in people if one is not None), row.person_id)
    row = replace(row, provider_id=provider, person_id=person)
    if isinstance(event, SubmissionContentChanged):
        titles = {name: getattr(event.content, name) for name in ("title_en", "title_ms")}
        row = replace(row, **{name: title for name, title in titles.items() if title is not msgspec.UNSET})
    return row


def _after(line: Line, still: tuple[Open, ...], recorded: Recorded[Any]) -> tuple[Open, ...]:
    event = recorded.event
    opens = line.opened_by.get(type(event))
    if opens is None and type(event) not in line.ended_by:
        return still
    rest = tuple(one for one in still if one.duty != line.duty)
    due_on = opens(event) if opens is not None else None
    if due_on is None:
        return rest
    return (*rest, Open(duty=line.duty, due_on=due_on, opened_by=recorded.id, opened_at=recorded.at))


DUTIES: Projection[DutyRow] = Projection(
    name="notice_duties",
    row=DutyRow,
    key="stream",
    events=tuple({one: None for line in LINES for one in (*line.about, *line.opened_by, *line.ended_by)}),
    keys=keys,
    fold=fold,
    indexes=(("first_due",),),
)


def duties_due(connection: Connection, until: date) -> list[DutyRow]:
    """Return the streams in which something is open and due up to a day, the longest due first."""
    column = DUTIES.table.c
    query = sa.select(DUTIES.table).where(column.first_due <= until)
    return DUTIES.rows(connection, query.order_by(column.first_due, column.stream))
