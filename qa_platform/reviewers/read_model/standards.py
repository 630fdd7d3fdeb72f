"""Versions of the standard that benchmarks are under, and since when each is in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.rejected import Missing
from qa_platform.ledger.projection import Projection, Row
from qa_platform.reviewers.read_model.reviewers import ReviewerRow
from qa_platform.scoring.rubric import Rubric, known_rubric
from qa_platform.standards.events import RubricPublished, RubricPutInForce


class CalibrationStandardRow(Row, frozen=True, kw_only=True):
    """A version of a standard: its text, and since when it is in force."""

    rubric_id: str
    standard_id: str
    rubric_version: str
    text: str
    in_force_from: date | None


def keys(recorded: Recorded[RubricPublished | RubricPutInForce]) -> tuple[str, ...]:
    """Return the version of a standard that an event is about."""
    return (f"{recorded.event.standard_id}/{recorded.event.version}",)


def fold(
    row: CalibrationStandardRow | None, recorded: Recorded[RubricPublished | RubricPutInForce]
) -> CalibrationStandardRow | None:
    """Return the version of a standard after one event."""
    event = recorded.event
    if isinstance(event, RubricPublished):
        return CalibrationStandardRow(
            rubric_id=keys(recorded)[0],
            standard_id=event.standard_id,
            rubric_version=event.version,
            text=event.text,
            in_force_from=None,
        )
    return None if row is None else replace(row, in_force_from=event.in_force_from)


CALIBRATION_STANDARDS: Projection[CalibrationStandardRow] = Projection(
    name="calibration_standards",
    row=CalibrationStandardRow,
    key="rubric_id",
    events=(RubricPublished, RubricPutInForce),
    keys=keys,
    fold=fold,
)


def rubric_of(connection: Connection, standard_id: str, rubric_version: str) -> Rubric:
    """Return a published version of a standard. Raises Missing."""
    row = CALIBRATION_STANDARDS.find(connection, f"{standard_id}/{rubric_version}")
    if row is None:
        raise Missing(f"There is no version “{rubric_version}” of “{standard_id}”. Choose a published one.")
    return known_rubric(row.text)


Force = tuple[str, str, date]


def in_force(connection: Connection) -> list[Force]:
    """Return each version that came into force: its standard, its version, and since when."""
    table = CALIBRATION_STANDARDS.table
    query = sa.select(table.c.standard_id, table.c.rubric_version, table.c.in_force_from)
    found = connection.execute(query.where(table.c.in_force_from.is_not(None)))
    return [(standard_id, version, since) for standard_id, version, since in found]


def new_standard_from(reviewer: ReviewerRow, versions: Iterable[Force]) -> date | None:
    """Return since when a version is in force that came after a reviewer's last passed calibration."""
    last = next((one for one in reversed(reviewer.calibrations) if one.passed), None)
    if last is None:
        return None
    later = [
        since
        for standard_id, version, since in versions
        if standard_id == last.standard_id and version != last.rubric_version and since > last.concluded_on
    ]
    return min(later, default=None)
