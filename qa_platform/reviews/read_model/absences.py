"""When a reviewer was away: working days that are not held against him."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.kernel.calendar import Stop
from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.reviewers.events import ReviewerUnavailabilityDeclared, ReviewerUnavailabilityWithdrawn


class Absence(msgspec.Struct, frozen=True):
    """From one day to another, both included."""

    first_day: date
    last_day: date


class AbsenceRow(Row, frozen=True, kw_only=True):
    """One reviewer's absences."""

    reviewer_id: str
    absences: dict[str, Absence]


_Event = ReviewerUnavailabilityDeclared | ReviewerUnavailabilityWithdrawn


def keys(recorded: Recorded[_Event]) -> tuple[str, ...]:
    """Return the reviewer whom an event is about."""
    return (recorded.event.person_id,)


def fold(row: AbsenceRow | None, recorded: Recorded[_Event]) -> AbsenceRow | None:
    """Return the absences after one event."""
    event, known = recorded.event, {} if row is None else row.absences
    others = {name: each for name, each in known.items() if name != event.period_id}
    match event:
        case ReviewerUnavailabilityDeclared():
            declared = {event.period_id: Absence(event.first_day, event.last_day)}
            return AbsenceRow(reviewer_id=event.person_id, absences=others | declared)
        case ReviewerUnavailabilityWithdrawn():
            return AbsenceRow(reviewer_id=event.person_id, absences=others)


REVIEW_ABSENCES: Projection[AbsenceRow] = Projection(
    name="review_absences",
    row=AbsenceRow,
    key="reviewer_id",
    events=(ReviewerUnavailabilityDeclared, ReviewerUnavailabilityWithdrawn),
    keys=keys,
    fold=fold,
)


def absences_of(connection: Connection, reviewer_ids: Collection[str]) -> Mapping[str, list[Stop]]:
    """Return by reviewer the days that do not count for him."""
    if not reviewer_ids:
        return {}
    table = REVIEW_ABSENCES.table
    query = sa.select(table).where(table.c.reviewer_id.in_(sorted(reviewer_ids)))
    found = REVIEW_ABSENCES.rows(connection, query)
    return {row.reviewer_id: [_stop(each) for each in row.absences.values()] for row in found}


def _stop(absence: Absence) -> Stop:
    return Stop(absence.first_day - timedelta(days=1), absence.last_day)
