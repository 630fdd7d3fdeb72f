"""Standards and their versions, as everybody may read them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, get_args

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.scoring.rubric import Rubric, known_rubric
from qa_platform.standards.events import RubricPublished, RubricPutInForce, RubricRetired, StandardEvent


class StandardRow(Row, frozen=True, kw_only=True):
    """A standard: its name in the words of the version published last, and how many there are."""

    standard_id: str
    version: int
    title_en: str
    title_ms: str
    latest_rubric_version: str
    versions_published: int


class RubricRow(Row, frozen=True, kw_only=True):
    """A version of a standard; `version` is that of the stream, for the ETag."""

    rubric_id: str
    version: int
    standard_id: str
    rubric_version: str
    content_hash: str
    text: str
    title_en: str
    title_ms: str
    published_at: datetime
    in_force_from: date | None
    retired_from: date | None

    @property
    def rubric(self) -> Rubric:
        """Return the rubric that the text holds."""
        return known_rubric(self.text)


def rubric_key(standard_id: str, rubric_version: str) -> str:
    """Return the key of a version among all versions of all standards."""
    return f"{standard_id}/{rubric_version}"


def standard_keys(recorded: Recorded[StandardEvent]) -> tuple[str, ...]:
    """Return the standard that an event is about."""
    return (recorded.event.standard_id,)


def fold_standard(row: StandardRow | None, recorded: Recorded[StandardEvent]) -> StandardRow | None:
    """Return the standard after one event."""
    event = recorded.event
    if isinstance(event, RubricPublished):
        return StandardRow(
            standard_id=event.standard_id,
            version=recorded.version,
            title_en=event.title_en,
            title_ms=event.title_ms,
            latest_rubric_version=event.version,
            versions_published=1 if row is None else row.versions_published + 1,
        )
    return None if row is None else replace(row, version=recorded.version)


def rubric_keys(recorded: Recorded[StandardEvent]) -> tuple[str, ...]:
    """Return the version that an event is about."""
    return (rubric_key(recorded.event.standard_id, recorded.event.version),)


def fold_rubric(row: RubricRow | None, recorded: Recorded[StandardEvent]) -> RubricRow | None:
    """Return the version after one event."""
    event = recorded.event
    if isinstance(event, RubricPublished):
        return _published(event, recorded)
    if row is None:
        return None
    match event:
        case RubricPutInForce():
            return replace(row, version=recorded.version, in_force_from=event.in_force_from)
        case RubricRetired():
            return replace(row, version=recorded.version, retired_from=event.retired_from)


def _published(event: RubricPublished, recorded: Recorded[StandardEvent]) -> RubricRow:
    return RubricRow(
        rubric_id=rubric_key(event.standard_id, event.version),
        version=recorded.version,
        standard_id=event.standard_id,
        rubric_version=event.version,
        content_hash=event.content_hash,
        text=event.text,
        title_en=event.title_en,
        title_ms=event.title_ms,
        published_at=recorded.at,
        in_force_from=None,
        retired_from=None,
    )


STANDARDS: Projection[StandardRow] = Projection(
    name="standards",
    row=StandardRow,
    key="standard_id",
    events=get_args(StandardEvent),
    keys=standard_keys,
    fold=fold_standard,
)

RUBRICS: Projection[RubricRow] = Projection(
    name="rubrics",
    row=RubricRow,
    key="rubric_id",
    events=get_args(StandardEvent),
    keys=rubric_keys,
    fold=fold_rubric,
    indexes=(("standard_id", "in_force_from"),),
)


def select_standards() -> sa.Select[Any]:
    """Return the query for all standards; nothing about them is hidden from anybody."""
    return sa.select(STANDARDS.table)


def select_versions(standard_id: str) -> sa.Select[Any]:
    """Return the query for the versions of a standard."""
    return sa.select(RUBRICS.table).where(RUBRICS.table.c.standard_id == standard_id)


def get_standard(connection: Connection, standard_id: str) -> StandardRow | None:
    """Return a standard, or None."""
    found = STANDARDS.rows(connection, select_standards().where(STANDARDS.table.c.standard_id == standard_id))
    return found[0] if found else None


def list_versions(connection: Connection, standard_id: str) -> list[RubricRow]:
    """Return the versions of a standard, in the order of their publication."""
    query = select_versions(standard_id).order_by(RUBRICS.table.c.published_at, RUBRICS.table.c.rubric_id)
    return RUBRICS.rows(connection, query)


def all_versions(connection: Connection) -> dict[str, list[RubricRow]]:
    """Return the versions of every standard by its id, in the order of their publication."""
    column = RUBRICS.table.c
    query = sa.select(RUBRICS.table).order_by(column.standard_id, column.published_at, column.rubric_id)
    found: dict[str, list[RubricRow]] = {}
    for row in RUBRICS.rows(connection, query):
        found.setdefault(row.standard_id, []).append(row)
    return found


def get_version(connection: Connection, standard_id: str, rubric_version: str) -> RubricRow | None:
    """Return a version, or None; its `version` is that of the whole standard's stream."""
    key = rubric_key(standard_id, rubric_version)
    found = RUBRICS.rows(connection, sa.select(RUBRICS.table).where(RUBRICS.table.c.rubric_id == key))
    standard = get_standard(connection, standard_id)
    if not found or standard is None:
        return None
    # Another version's event moves the stream on without touching this row, and an ETag of the
    # row alone could then never be matched again.
    return replace(found[0], version=standard.version)


def version_in_force(connection: Connection, standard_id: str, on: date) -> RubricRow | None:
    """Return the version under which what is accepted on a day is judged, or None."""
    column = RUBRICS.table.c
    query = (
        select_versions(standard_id)
        .where(column.in_force_from <= on)
        .where(sa.or_(column.retired_from.is_(None), column.retired_from > on))
        .order_by(column.in_force_from.desc())
        .limit(1)
    )
    found = RUBRICS.rows(connection, query)
    return found[0] if found else None
