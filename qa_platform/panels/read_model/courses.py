"""The courses that panels are for: what a reviewer must know to judge them, and since when they wait."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from msgspec import UNSET
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.submissions.events import (
    SubmissionAccepted,
    SubmissionContentChanged,
    SubmissionDrafted,
    SubmissionWithdrawn,
)

# What a course says, by the name that it has here.
_SAID = {"field": "field_iscedf", "level": "mqf_level_claimed", "languages": "language_of_instruction"}
_CourseEvent = SubmissionDrafted | SubmissionContentChanged | SubmissionAccepted | SubmissionWithdrawn


class PanelCourseRow(Row, frozen=True, kw_only=True):
    """A course as a submission puts it forward; `waiting` from acceptance until it is withdrawn."""

    submission_id: str
    field: str | None = None
    level: int | None = None
    languages: tuple[str, ...] = ()
    accepted_on: date | None = None
    waiting: bool = False


def keys(recorded: Recorded[_CourseEvent]) -> tuple[str, ...]:
    """Return the submission that an event is about."""
    return (recorded.event.submission_id,)


def fold(row: PanelCourseRow | None, recorded: Recorded[_CourseEvent]) -> PanelCourseRow | None:
    """Return the course after one event."""
    event = recorded.event
    if isinstance(event, SubmissionDrafted):
        return PanelCourseRow(submission_id=event.submission_id)
    if row is None:
        return None
    match event:
        case SubmissionContentChanged():
            return _described(row, event)
        case SubmissionAccepted():
            return replace(row, accepted_on=recorded.at.date(), waiting=True)
        case _:
            return replace(row, waiting=False)


def _described(row: PanelCourseRow, event: SubmissionContentChanged) -> PanelCourseRow:
    told = {name: getattr(event.content, said) for name, said in _SAID.items()}
    changed = {name: value for name, value in told.items() if value is not UNSET}
    if "languages" in changed:
        changed["languages"] = tuple(changed["languages"] or ())
    return replace(row, **changed)


PANEL_COURSES: Projection[PanelCourseRow] = Projection(
    name="panel_courses",
    row=PanelCourseRow,
    key="submission_id",
    events=(SubmissionDrafted, SubmissionContentChanged, SubmissionAccepted, SubmissionWithdrawn),
    keys=keys,
    fold=fold,
    indexes=(("waiting",),),
)


def languages_of(connection: Connection, case_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return by case the languages in which its material is written."""
    table = PANEL_COURSES.table
    query = sa.select(table).where(table.c.submission_id.in_(sorted(case_ids)))
    return {row.submission_id: row.languages for row in PANEL_COURSES.rows(connection, query)}
