"""The register: one row for each accreditation, open to everybody."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.accreditations.decider.register import compact
from qa_platform.accreditations.events import AccreditationOpened
from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row

EXPIRED = "expired"


class AccreditationRow(Row, frozen=True, kw_only=True):
    """An entry of the register; `valid_to` is the last day on which it is valid.

    `compact` are the letters and digits of its number.
    """

    number: str
    compact: str
    version: int
    accreditation_id: str
    submission_id: str
    decision_id: str
    decision_code: str
    decision_class: str
    course_id: str
    course_version: str
    provider_id: str
    title_en: str | None
    title_ms: str | None
    level: int | None
    credits: Decimal | None
    hours: Decimal | None
    valid_from: date
    valid_to: date
    status: str
    simulated: bool


def keys(recorded: Recorded[AccreditationOpened]) -> tuple[str, ...]:
    """Return the number of the entry that an event is about."""
    return (recorded.event.number,)


def fold(_row: AccreditationRow | None, recorded: Recorded[AccreditationOpened]) -> AccreditationRow | None:
    """Return the entry after one event."""
    event = recorded.event
    return AccreditationRow(
        **{name: getattr(event, name) for name in event.__struct_fields__},
        compact=compact(event.number),
        version=recorded.version,
    )


ACCREDITATIONS: Projection[AccreditationRow] = Projection(
    name="accreditations",
    row=AccreditationRow,
    key="number",
    events=(AccreditationOpened,),
    keys=keys,
    fold=fold,
    indexes=(("compact",), ("provider_id",), ("submission_id",), ("valid_to",)),
)


def select_accreditations(
    on: date,
    *,
    q: str | None = None,
    provider_id: str | None = None,
    level: int | None = None,
    status: str | None = None,
) -> sa.Select[Any]:
    """Return the query for entries: words in a title or number, a provider, a level, a status on a day."""
    table = ACCREDITATIONS.table
    query = sa.select(table)
    for word in (q or "").split():
        found = (column.icontains(word, autoescape=True) for column in (table.c.title_en, table.c.title_ms))
        query = query.where(sa.or_(*found, table.c.number == word.upper()))
    if provider_id is not None:
        query = query.where(table.c.provider_id == provider_id)
    if level is not None:
        query = query.where(table.c.level == level)
    if status == EXPIRED:
        query = query.where(table.c.valid_to < on)
    elif status is not None:
        query = query.where(table.c.status == status, table.c.valid_to >= on)
    return query


def as_of(on: date, rows: list[AccreditationRow]) -> list[AccreditationRow]:
    """Return entries as they stand on a day: no clock touches the register, so expiry is told when asked."""
    return [replace(row, status=EXPIRED) if row.valid_to < on else row for row in rows]


def get_accreditation(connection: Connection, number: str, on: date) -> AccreditationRow | None:
    """Return the entry under a number as it stands on a day, or None; hyphens and case do not matter."""
    table = ACCREDITATIONS.table
    query = sa.select(table).where(table.c.compact == compact(number)).order_by(table.c.number).limit(1)
    return next(iter(as_of(on, ACCREDITATIONS.rows(connection, query))), None)
