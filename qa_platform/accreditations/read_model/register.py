"""The register: one row for each accreditation, open to everybody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, assert_never, get_args

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.accreditations.decider.register import compact
from qa_platform.accreditations.events import (
    AccreditationClosingCorrected,
    AccreditationConditionsMet,
    AccreditationEvent,
    AccreditationOpened,
    ClosingDocument,
)
from qa_platform.accreditations.read_model.conditions import CONDITIONS, OpenConditions
from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row

EXPIRED = "expired"
FROZEN_CLASS = "positive_with_restrictions"


class RegisterDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One document of an entry's history: what it says, since when, and where its bytes can be checked.

    `record` is the digest of the ledger's own record of it; `documents` are its language versions.
    """

    kind: str
    decision_class: str | None
    issued_on: date
    record: str
    documents: tuple[ClosingDocument, ...] = ()
    reason: str | None = None


class AccreditationRow(Row, frozen=True, kw_only=True):
    """An entry of the register; `valid_to` is the last day on which it is valid.

    `compact` are the letters and digits of its number. `decision_class` is that of the document which
    holds, and `history` has them all.
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
    status_since: date
    simulated: bool
    history: tuple[RegisterDocument, ...]


def keys(recorded: Recorded[AccreditationEvent]) -> tuple[str, ...]:
    """Return the number of the entry that an event is about."""
    return (recorded.event.number,)


def fold(row: AccreditationRow | None, recorded: Recorded[AccreditationEvent]) -> AccreditationRow | None:
    """Return the entry after one event."""
    event = recorded.event
    if isinstance(event, AccreditationOpened):
        return _opened(event, recorded)
    if row is None:
        return None
    row = replace(row, version=recorded.version, history=(*row.history, _document(event, recorded)))
    match event:
        case AccreditationConditionsMet():
            return replace(row, status="listed", status_since=event.issued_on, decision_class="positive")
        case AccreditationClosingCorrected():
            first = row.history[0].decision_class or row.decision_class
            return replace(row, status="conditional", status_since=event.corrected_on, decision_class=first)
        case _:
            assert_never(event)


def _opened(event: AccreditationOpened, recorded: Recorded[AccreditationEvent]) -> AccreditationRow:
    return AccreditationRow(
        **{name: getattr(event, name) for name in event.__struct_fields__},
        compact=compact(event.number),
        version=recorded.version,
        status_since=event.valid_from,
        history=(
            RegisterDocument(
                kind=event.decision_code,
                decision_class=event.decision_class,
                issued_on=event.valid_from,
                record=recorded.digest,
            ),
        ),
    )


def _document(
    event: AccreditationConditionsMet | AccreditationClosingCorrected, recorded: Recorded[AccreditationEvent]
) -> RegisterDocument:
    closing = isinstance(event, AccreditationConditionsMet)
    return RegisterDocument(
        kind=event.kind,
        decision_class="positive" if closing else None,
        issued_on=event.issued_on if isinstance(event, AccreditationConditionsMet) else event.corrected_on,
        record=recorded.digest,
        documents=event.documents,
        reason=None if isinstance(event, AccreditationConditionsMet) else event.reason,
    )


ACCREDITATIONS: Projection[AccreditationRow] = Projection(
    name="accreditations",
    row=AccreditationRow,
    key="number",
    events=get_args(AccreditationEvent),
    keys=keys,
    fold=fold,
    indexes=(("compact",), ("provider_id",), ("submission_id",), ("accreditation_id",), ("valid_to",)),
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


def intake_allowed(row: AccreditationRow, conditions: OpenConditions) -> bool:
    """Return whether learners may be enrolled: not beyond validity, nor while a critical condition is open."""
    if row.status not in {"listed", "conditional"}:
        return False
    # Between the entry and its conditions lies a moment; the decision itself says that one is critical.
    awaited = row.status == "conditional" and row.decision_class == FROZEN_CLASS and not conditions.known
    return not conditions.critical and not awaited


def entries_of(connection: Connection, accreditation_ids: Iterable[str]) -> dict[str, AccreditationRow]:
    """Return entries by the id of their accreditation."""
    table = ACCREDITATIONS.table
    query = sa.select(table).where(table.c.accreditation_id.in_(sorted(set(accreditation_ids))))
    return {row.accreditation_id: row for row in ACCREDITATIONS.rows(connection, query)}


def select_awaiting_closing() -> sa.Select[Any]:
    """Return the query for conditional entries all of whose conditions are met: their document is to be issued."""
    table, conditions = ACCREDITATIONS.table, CONDITIONS.table
    of_decision = sa.and_(
        conditions.c.accreditation_id == table.c.accreditation_id, conditions.c.decision_id == table.c.decision_id
    )
    unmet = sa.exists().where(of_decision, conditions.c.status != "met")
    met = sa.select(sa.func.count()).where(of_decision).correlate(table).scalar_subquery()
    due = sa.select(sa.func.max(conditions.c.of)).where(of_decision).correlate(table).scalar_subquery()
    return sa.select(table).where(table.c.status == "conditional", ~unmet, met == due)


def list_without_conditions(connection: Connection) -> list[AccreditationRow]:
    """Return conditional entries whose conditions were never set: they were opened before there were any."""
    table, conditions = ACCREDITATIONS.table, CONDITIONS.table
    known = sa.exists().where(conditions.c.accreditation_id == table.c.accreditation_id)
    query = sa.select(table).where(table.c.status == "conditional", ~known)
    return ACCREDITATIONS.rows(connection, query.order_by(table.c.number))
