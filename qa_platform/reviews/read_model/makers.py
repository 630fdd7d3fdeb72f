"""Who took part in a course for its provider, as far as the platform saw it: whoever drafted, wrote or lodged it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.submissions.events import SubmissionContentChanged, SubmissionDrafted, SubmissionLodged

_OF_PROVIDERS = frozenset({Role.PROVIDER_OFFICER.value, Role.ACCOUNTABLE_OFFICER.value})


class CourseMakersRow(Row, frozen=True, kw_only=True):
    """The people who put a course forward, by submission."""

    submission_id: str
    course_id: str | None
    people: tuple[str, ...]


def keys(recorded: Recorded[Any]) -> tuple[str, ...]:
    """Return the submission that an event is about."""
    return (recorded.event.submission_id,)


def fold(row: CourseMakersRow | None, recorded: Recorded[Any]) -> CourseMakersRow | None:
    """Return who took part after one event."""
    event = recorded.event
    known = row or CourseMakersRow(submission_id=event.submission_id, course_id=None, people=())
    if isinstance(event, SubmissionDrafted):
        known = replace(known, course_id=event.course_id)
    role, _, person = recorded.actor.partition(":")
    if role not in _OF_PROVIDERS or person in known.people:
        return known
    return replace(known, people=(*known.people, person))


COURSE_MAKERS: Projection[CourseMakersRow] = Projection(
    name="course_makers",
    row=CourseMakersRow,
    key="submission_id",
    events=(SubmissionDrafted, SubmissionContentChanged, SubmissionLodged),
    keys=keys,
    fold=fold,
    indexes=(("course_id",),),
)


def makers_of(connection: Connection, course_id: str | None) -> frozenset[str]:
    """Return the people who took part in any submission of a course."""
    table = COURSE_MAKERS.table
    rows = COURSE_MAKERS.rows(connection, sa.select(table).where(table.c.course_id == course_id))
    return frozenset(person for row in rows for person in row.people)
