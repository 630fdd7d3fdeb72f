"""The register: one row for each accreditation, open to everybody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Literal, assert_never, get_args

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
from qa_platform.kernel.roles import Actor
from qa_platform.ledger.projection import Projection, Row
from qa_platform.submissions.events import ComponentEntered, ComponentListingEnded, ComponentStepUndone
from qa_platform.web.reach import not_recused, within_reach

EXPIRED = "expired"
ENDED = "ended"
Kind = Literal["course", "component"]
FROZEN_CLASS = "positive_with_restrictions"


RegisterEvent = AccreditationEvent | ComponentEntered | ComponentListingEnded | ComponentStepUndone


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
    holds, and `history` has them all. A component stands by the accreditation of its programme.
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
    kind: Kind = "course"
    programme_reference: str | None = None
    programme_title: str | None = None
    history: tuple[RegisterDocument, ...]


def keys(recorded: Recorded[RegisterEvent]) -> tuple[str, ...]:
    """Return the number of the entry that an event is about; none where it is about nothing that was entered."""
    return () if recorded.event.number is None else (recorded.event.number,)


def fold(row: AccreditationRow | None, recorded: Recorded[RegisterEvent]) -> AccreditationRow | None:
    """Return the entry after one event."""
    event = recorded.event
    if isinstance(event, AccreditationOpened):
        return _opened(event, recorded)
    if isinstance(event, ComponentEntered):
        return _component(event, recorded)
    if row is None:
        return None
    if isinstance(event, ComponentListingEnded | ComponentStepUndone):
        return _relisted(row, event, recorded)
    row = replace(row, version=recorded.version, history=(*row.history, _document(event, recorded)))
    match event:
        case AccreditationConditionsMet():
            return replace(row, status="listed", status_since=event.issued_on, decision_class="positive")
        case AccreditationClosingCorrected():
            first = row.history[0].decision_class or row.decision_class
            return replace(row, status="conditional", status_since=event.corrected_on, decision_class=first)
        case _:
            assert_never(event)


def _component(event: ComponentEntered, recorded: Recorded[RegisterEvent]) -> AccreditationRow:
    listed = RegisterDocument(
        kind=event.decision_code,
        decision_class=event.decision_class,
        issued_on=event.valid_from,
        record=recorded.digest,
    )
    return AccreditationRow(
        number=event.number,
        compact=compact(event.number),
        version=recorded.version,
        accreditation_id=event.component_id,
        submission_id=event.component_id,
        decision_id=event.component_id,
        decision_code=event.decision_code,
        decision_class=event.decision_class,
        course_id=event.component_id,
        course_version="1.0.0",
        provider_id=event.provider_id,
        title_en=event.title_en,
        title_ms=event.title_ms,
        level=event.level,
        credits=event.credits,
        hours=Decimal(event.hours),
        valid_from=event.valid_from,
        valid_to=event.valid_to,
        status="listed",
        status_since=event.valid_from,
        simulated=event.simulated,
        kind="component",
        programme_reference=event.programme_reference,
        programme_title=event.programme_title,
        history=(listed,),
    )


def _relisted(
    row: AccreditationRow, event: ComponentListingEnded | ComponentStepUndone, recorded: Recorded[RegisterEvent]
) -> AccreditationRow:
    ended = isinstance(event, ComponentListingEnded)
    since = event.ended_on if isinstance(event, ComponentListingEnded) else event.undone_on
    document = RegisterDocument(
        kind=event.decision_code if isinstance(event, ComponentListingEnded) else "CORR",
        decision_class="not_applicable" if ended else "positive",
        issued_on=since,
        record=recorded.digest,
    )
    return replace(
        row,
        version=recorded.version,
        status=ENDED if ended else "listed",
        status_since=since,
        history=(*row.history, document),
    )


def _opened(event: AccreditationOpened, recorded: Recorded[RegisterEvent]) -> AccreditationRow:
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
    event: AccreditationConditionsMet | AccreditationClosingCorrected, recorded: Recorded[RegisterEvent]
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
    events=(*get_args(AccreditationEvent), ComponentEntered, ComponentListingEnded, ComponentStepUndone),
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
    kind: Kind | None = None,
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
    if kind is not None:
        query = query.where(table.c.kind == kind)
    if status == EXPIRED:
        query = query.where(table.c.valid_to < on, table.c.status != ENDED)
    elif status == ENDED:
        query = query.where(table.c.status == ENDED)
    elif status is not None:
        query = query.where(table.c.status == status, table.c.valid_to >= on)
    return query


def as_of(on: date, rows: list[AccreditationRow]) -> list[AccreditationRow]:
    """Return entries as they stand on a day: no clock touches the register, so expiry is told when asked."""
    return [replace(row, status=EXPIRED) if row.valid_to < on and row.status != ENDED else row for row in rows]


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


def select_awaiting_closing(viewer: Actor) -> sa.Select[Any]:
    """Return the query for conditional entries all of whose conditions are met: their document is to be issued.

    They are those of cases that a viewer may know of, and is not recused from.
    """
    table, conditions = ACCREDITATIONS.table, CONDITIONS.table
    of_decision = sa.and_(
        conditions.c.accreditation_id == table.c.accreditation_id, conditions.c.decision_id == table.c.decision_id
    )
    known = [within_reach(viewer, table.c.submission_id), not_recused(viewer, table.c.submission_id)]
    unmet = sa.exists().where(of_decision, conditions.c.status != "met")
    met = sa.select(sa.func.count()).where(of_decision).correlate(table).scalar_subquery()
    due = sa.select(sa.func.max(conditions.c.of)).where(of_decision).correlate(table).scalar_subquery()
    return sa.select(table).where(table.c.status == "conditional", *known, ~unmet, met == due)


def may_close(connection: Connection, viewer: Actor, accreditation_id: str) -> bool:
    """Return whether a viewer may act on the conditions of an entry: everybody reads it, not everybody knows its case.

    Whoever is recused from a case does not close it either.
    """
    table = ACCREDITATIONS.table
    known = [within_reach(viewer, table.c.submission_id), not_recused(viewer, table.c.submission_id)]
    query = sa.select(table.c.accreditation_id).where(table.c.accreditation_id == accreditation_id, *known)
    return connection.execute(query).first() is not None


def list_without_conditions(connection: Connection) -> list[AccreditationRow]:
    """Return conditional entries whose conditions were never set: they were opened before there were any."""
    table, conditions = ACCREDITATIONS.table, CONDITIONS.table
    known = sa.exists().where(conditions.c.accreditation_id == table.c.accreditation_id)
    query = sa.select(table).where(table.c.status == "conditional", ~known)
    return ACCREDITATIONS.rows(connection, query.order_by(table.c.number))
