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
from qa_platform.reviews.read_model.panels import scoring_closed_among
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
    # Where the scores may be compared already, whoever still scores is the third.
    thirds = scoring_closed_among(connection, (row.submission_id for row in owing))
    return {
        row.review_id: timing_of(
            row,
            stops.get(row.submission_id, []),
            absences.get(row.reviewer_id, []),
            agenda,
            third=row.submission_id in thirds,
        )
        for row in owing
    }


def timing_of(
    row: ReviewRow, queried: Sequence[Stop], away: Sequence[Stop], agenda: Agenda, *, third: bool = False
) -> Timing:
    """Return what the reviewer of an invited or cleared review owes. A question to the provider stops scoring alone."""
    terms, calendar = agenda.deadlines, agenda.deadlines.calendar
    invited = row.status == Status.INVITED.value
    since = (row.invited_at if invited or row.cleared_at is None else row.cleared_at).astimezone(agenda.zone).date()
    scoring = terms.third_review_working_days if third else terms.scoring_working_days
    many = terms.invitation_working_days if invited else scoring
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
    known = _owing(connection, agenda, _OWING)
    return [(row, timing) for row, timing in known if timing.due_on < agenda.on and timing.lateness not in row.late]


def list_to_remind(connection: Connection, agenda: Agenda) -> list[tuple[ReviewRow, Timing, int]]:
    """Return the reviews whose reviewers are reminded to score, with what they owe and which reminder it is by now."""
    known = _owing(connection, agenda, (Status.CLEARED.value,))
    numbered = [(row, timing, reminder_by(timing, agenda.on)) for row, timing in known]
    return [(row, timing, number) for row, timing, number in numbered if number]


def reminder_by(timing: Timing, on: date) -> int:
    """Return how many of a reviewer's reminders have come by a day; 0 while none has, or while nothing is due."""
    # Whose clock stands still is not pressed, and who is late is told so by another notice.
    if timing.stopped or on > timing.due_on:
        return 0
    return sum(day <= on for day in timing.reminders)


def _owing(connection: Connection, agenda: Agenda, statuses: Sequence[str]) -> list[tuple[ReviewRow, Timing]]:
    query = sa.select(REVIEWS.table).where(REVIEWS.table.c.status.in_(statuses)).order_by(REVIEWS.table.c.review_id)
    rows = REVIEWS.rows(connection, query)
    owed = timings(connection, rows, agenda)
    return [(row, owed[row.review_id]) for row in rows]
