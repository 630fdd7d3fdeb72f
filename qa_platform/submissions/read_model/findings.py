"""A submission with what is missing and what is unusual on the day it is looked at; nothing of it is stored."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.rejected import Fault
from qa_platform.kernel.roles import Actor
from qa_platform.submissions.decider import INTAKE_CODES, TURN_TO, faults, warnings
from qa_platform.submissions.decider.state import OPEN
from qa_platform.submissions.events import IntakeCode, TurnTo
from qa_platform.submissions.read_model.submissions import SUBMISSIONS, SubmissionRow, select_submissions


class SubmissionShown(SubmissionRow, frozen=True, kw_only=True):
    """A submission with what keeps it from being lodged, and what is unusual, on the day it is looked at."""

    missing: tuple[Fault, ...]
    warnings: tuple[Fault, ...]

    @property
    def missing_count(self) -> int:
        """Return how many things keep it from being lodged."""
        return len(self.missing)

    @property
    def decision_code(self) -> IntakeCode | None:
        """Return the type of the intake outcome that it stands in; None where it goes on, or went on to review."""
        return INTAKE_CODES.get(self.status)

    @property
    def turn_to(self) -> TurnTo | None:
        """Return where the provider can turn with what was not eligible."""
        return TURN_TO[self.closure_ground] if self.closure_ground else None


def counted(row: SubmissionRow, on: date, longest_validity_months: int) -> SubmissionShown:
    """Return a submission for a list: with its faults while it can still be changed, without its warnings."""
    found = _missing(row, on, longest_validity_months) if row.status in OPEN else ()
    fields = {name: getattr(row, name) for name in row.__struct_fields__}
    return SubmissionShown(**fields, missing=found, warnings=())


def _missing(row: SubmissionRow, on: date, longest_validity_months: int) -> tuple[Fault, ...]:
    return faults(row.content, row.named, on, row.route, longest_validity_months=longest_validity_months)


def shown(
    connection: Connection, row: SubmissionRow, on: date, longest_validity_months: int, viewer: Actor
) -> SubmissionShown:
    """Return a submission with its faults while it can still be changed, and with its warnings to a viewer."""
    found = replace(
        counted(row, on, longest_validity_months), filed_again_as=_seen_later(connection, row.filed_again_as, viewer)
    )
    return replace(found, warnings=(*warnings(row.content, on), *_same_title(connection, row, viewer)))


def _seen_later(connection: Connection, later_id: str | None, viewer: Actor) -> str | None:
    # A draft is its provider's own, and so is that there is one.
    column = SUBMISSIONS.table.c
    query = select_submissions(viewer).where(column.submission_id == later_id)
    return connection.scalar(query.with_only_columns(column.submission_id)) if later_id else None


def _same_title(connection: Connection, row: SubmissionRow, viewer: Actor) -> tuple[Fault, ...]:
    """Return a warning for each title that another course of the provider has, among those the viewer may see."""
    column = SUBMISSIONS.table.c
    found: list[Fault] = []
    for field, title in (("title_en", row.title_en), ("title_ms", row.title_ms)):
        same = sa.func.lower(column[field]) == (title or "").lower()
        query = select_submissions(viewer, provider_id=row.provider_id).where(column.course_id != row.course_id, same)
        if title and connection.execute(query.with_only_columns(column.submission_id).limit(1)).first() is not None:
            found.append(Fault(field, f"Another course of this provider is called “{title}” too; check both."))
    return tuple(found)
