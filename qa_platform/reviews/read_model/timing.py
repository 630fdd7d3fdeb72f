"""How long a reviewer still has: worked out on the day of the question, for stops and terms may move it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.kernel.calendar import Stop
from qa_platform.reviews.decider import Status
from qa_platform.reviews.events import Lateness
from qa_platform.reviews.read_model.absences import absences_of
from qa_platform.reviews.read_model.queries import stops_of
from qa_platform.reviews.read_model.reviews import REVIEWS, ReviewRow
from qa_platform.web.deadlines import Deadlines

_OWING = (Status.INVITED.value, Status.CLEARED.value)


class Timing(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer owes, by when, and on which days he is reminded of it.

    `stopped` says that the clock stands still today: the days move on with it.
    """

    lateness: Lateness
    due_on: date
    reminders: tuple[date, ...]
    stopped: bool


class Agenda(msgspec.Struct, frozen=True, kw_only=True):
    """On which day one asks, in which zone, under which terms."""

    on: date
    zone: tzinfo
    deadlines: Deadlines


def timings(connection: Connection, rows: Sequence[ReviewRow], agenda: Agenda) -> dict[str, Timing]:
    """Return by review what its reviewer owes; reviews of which nothing is owed are not there."""
    owing = [row for row in rows if row.status in _OWING]
    stops = stops_of(connection, {row.submission_id for row in owing}, agenda.zone)
    absences = absences_of(connection, {row.reviewer_id for row in owing})
    return {
        row.review_id: timing_of(row, stops.get(row.submission_id, []), absences.get(row.reviewer_id, []), agenda)
        for row in owing
    }


def timing_of(row: ReviewRow, queried: Sequence[Stop], away: Sequence[Stop], agenda: Agenda) -> Timing:
    """Return what the reviewer of an invited or cleared review owes. A question to the provider stops scoring alone."""
    terms, calendar = agenda.deadlines, agenda.deadlines.calendar
    invited = row.status == Status.INVITED.value
    since = (row.invited_at if invited or row.cleared_at is None else row.cleared_at).astimezone(agenda.zone).date()
    many = terms.invitation_working_days if invited else terms.scoring_working_days
    stops = away if invited else [*queried, *away]
    reminded = () if invited else tuple(after for after in terms.reminder_working_days if after < many)
    return Timing(
        lateness="invitation" if invited else "scoring",
        due_on=calendar.reached(since, many, stops, on=agenda.on),
        reminders=tuple(calendar.reached(since, after, stops, on=agenda.on) for after in reminded),
        stopped=any(stop.holds(agenda.on) or stop.first == agenda.on for stop in stops),
    )


def list_late(connection: Connection, agenda: Agenda) -> list[tuple[ReviewRow, Timing]]:
    """Return the reviews whose reviewers let their day pass, and of whom that is not recorded, with what they owe."""
    query = sa.select(REVIEWS.table).where(REVIEWS.table.c.status.in_(_OWING)).order_by(REVIEWS.table.c.review_id)
    rows = REVIEWS.rows(connection, query)
    owed = timings(connection, rows, agenda)
    known = [(row, owed[row.review_id]) for row in rows]
    return [(row, timing) for row, timing in known if timing.due_on < agenda.on and timing.lateness not in row.late]
