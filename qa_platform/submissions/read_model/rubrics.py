"""Which version of the standard is in force on a day: what this room heard of it."""

from __future__ import annotations

from datetime import date
from typing import get_args

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded, StreamVersion
from qa_platform.ledger.projection import Projection, Row
from qa_platform.standards.events import RubricPublished, RubricPutInForce, RubricRetired, StandardEvent
from qa_platform.submissions.decider.refusals import NoStandardInForce


class RubricInForceRow(Row, frozen=True, kw_only=True):
    """A version of a standard, and when it is in force; `version` is that of the standard's stream."""

    rubric_id: str
    version: int
    standard_id: str
    rubric_version: str
    rubric_hash: str
    in_force_from: date | None = None
    retired_from: date | None = None

    @property
    def stream_version(self) -> StreamVersion:
        """Return what an acceptance rests on."""
        return StreamVersion(stream=f"standard-{self.standard_id}", version=self.version)


def keys(recorded: Recorded[StandardEvent]) -> tuple[str, ...]:
    """Return the version of a standard that an event is about."""
    return (f"{recorded.event.standard_id}/{recorded.event.version}",)


def fold(row: RubricInForceRow | None, recorded: Recorded[StandardEvent]) -> RubricInForceRow | None:
    """Return the version of a standard after one event."""
    event = recorded.event
    if isinstance(event, RubricPublished):
        return RubricInForceRow(
            rubric_id=keys(recorded)[0],
            version=recorded.version,
            standard_id=event.standard_id,
            rubric_version=event.version,
            rubric_hash=event.content_hash,
        )
    if row is None:
        return None
    match event:
        case RubricPutInForce():
            return replace(row, version=recorded.version, in_force_from=event.in_force_from)
        case RubricRetired():
            return replace(row, version=recorded.version, retired_from=event.retired_from)


RUBRICS_IN_FORCE: Projection[RubricInForceRow] = Projection(
    name="rubrics_in_force",
    row=RubricInForceRow,
    key="rubric_id",
    events=get_args(StandardEvent),
    keys=keys,
    fold=fold,
)


def rubric_in_force(connection: Connection, standard_id: str, on: date) -> RubricInForceRow:
    """Return the version of a standard in force on a day, the newest of several. Raises NoStandardInForce."""
    column = RUBRICS_IN_FORCE.table.c
    query = (
        sa.select(RUBRICS_IN_FORCE.table)
        .where(column.standard_id == standard_id, column.in_force_from <= on)
        .where(sa.or_(column.retired_from.is_(None), column.retired_from > on))
        .order_by(column.in_force_from.desc(), column.version.desc())
        .limit(1)
    )
    found = RUBRICS_IN_FORCE.rows(connection, query)
    if not found:
        raise NoStandardInForce(
            f"The submission was not accepted: no version of the standard “{standard_id}” is in force on {on}. "
            "Put one in force first."
        )
    # Whatever happened to any version since moved the stream on, and the acceptance rests on the stream.
    newest = sa.select(sa.func.max(column.version)).where(column.standard_id == standard_id)
    return replace(found[0], version=connection.execute(newest).scalar_one())
