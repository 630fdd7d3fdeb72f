"""Units of accredited programmes, as their provider notified them and as the agency looks at them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, get_args

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import PROVIDER_ROLES, Actor, Role
from qa_platform.ledger.ledger import Also
from qa_platform.ledger.projection import Projection, Row
from qa_platform.submissions.decider.components import ComponentStatus, refuse_twin
from qa_platform.submissions.events.components import (
    ComponentEntered,
    ComponentEvent,
    ComponentListed,
    ComponentListingEnded,
    ComponentNotified,
    ComponentRefusal,
    ComponentRefused,
    ComponentStepUndone,
    ComponentWithdrawn,
    ListingEnd,
    UnitOutcome,
)


class ComponentRow(Row, frozen=True, kw_only=True):
    """A unit of a programme; `check_due_on` is the day by which it is to be answered, None where nobody has to."""

    component_id: str
    version: int
    provider_id: str
    status: ComponentStatus
    programme_reference: str
    programme_title: str
    programme_level: int
    programme_credits: Decimal
    codes: tuple[str, ...]
    code_key: str
    title_en: str | None
    title_ms: str | None
    level: int
    credits: Decimal
    hours: int
    outcomes: tuple[UnitOutcome, ...]
    notified_on: date
    check_due_on: date | None
    accredited_to: date
    decision_code: str | None = None
    decision_class: str | None = None
    listed_on: date | None = None
    number: str | None = None
    refusal_ground: ComponentRefusal | None = None
    end_ground: ListingEnd | None = None
    ended_on: date | None = None
    reason: str | None = None
    simulated: bool
    created_at: datetime


def keys(recorded: Recorded[ComponentEvent]) -> tuple[str, ...]:
    """Return the component that an event is about."""
    return (recorded.event.component_id,)


def fold(row: ComponentRow | None, recorded: Recorded[ComponentEvent]) -> ComponentRow | None:
    """Return the component after one event."""
    event = recorded.event
    if isinstance(event, ComponentNotified):
        return _notified(event, recorded)
    return None if row is None else replace(_after(row, event), version=recorded.version)


def _notified(event: ComponentNotified, recorded: Recorded[ComponentEvent]) -> ComponentRow:
    programme, unit = event.programme, event.unit
    return ComponentRow(
        component_id=event.component_id,
        version=recorded.version,
        provider_id=event.provider_id,
        status=ComponentStatus.FULL_ROUTE if event.drawn else ComponentStatus.NOTIFIED,
        programme_reference=programme.reference,
        programme_title=programme.title,
        programme_level=programme.level,
        programme_credits=programme.credits,
        codes=unit.codes,
        code_key=_code_key(unit.codes),
        title_en=unit.title_en,
        title_ms=unit.title_ms,
        level=unit.level,
        credits=unit.credits,
        hours=unit.hours,
        outcomes=unit.outcomes,
        notified_on=event.notified_on,
        check_due_on=None if event.drawn else event.check_due_on,
        accredited_to=programme.accredited_to,
        simulated=event.simulated,
        created_at=recorded.at,
    )


def _after(row: ComponentRow, event: ComponentEvent) -> ComponentRow:
    match event:
        case ComponentListed():
            return replace(
                _coded(row, ComponentStatus.LISTED, event.decision_code, event.decision_class),
                listed_on=event.listed_on,
                accredited_to=event.valid_to,
            )
        case ComponentRefused():
            refused = _coded(row, ComponentStatus.REFUSED, event.decision_code, "not_applicable")
            return replace(refused, refusal_ground=event.ground, reason=event.reason)
        case ComponentWithdrawn():
            return _coded(row, ComponentStatus.WITHDRAWN, event.decision_code, None)
        case ComponentEntered():
            return replace(row, number=event.number)
        case ComponentListingEnded():
            ended = _coded(row, ComponentStatus.ENDED, event.decision_code, "not_applicable")
            return replace(ended, end_ground=event.ground, ended_on=event.ended_on, reason=event.reason)
        case ComponentStepUndone(undone="refusal"):
            again = _coded(row, ComponentStatus.NOTIFIED, None, None)
            return replace(again, check_due_on=event.check_due_on, refusal_ground=None, reason=event.reason)
        case ComponentStepUndone():
            again = _coded(row, ComponentStatus.LISTED, "LIST", "positive")
            return replace(again, end_ground=None, ended_on=None, reason=event.reason)
        case _:
            return row


def _coded(row: ComponentRow, status: ComponentStatus, code: str | None, decision_class: str | None) -> ComponentRow:
    return replace(row, status=status, check_due_on=None, decision_code=code, decision_class=decision_class)


def _code_key(codes: Sequence[str]) -> str:
    return " ".join(sorted(code.upper().strip() for code in codes))


COMPONENTS: Projection[ComponentRow] = Projection(
    name="components",
    row=ComponentRow,
    key="component_id",
    events=get_args(ComponentEvent),
    keys=keys,
    fold=fold,
    indexes=(
        ("provider_id", "created_at"),
        ("status", "created_at"),
        ("programme_reference", "status"),
        ("accredited_to",),
        ("created_at",),
    ),
)

_OFFICES = frozenset({Role.INTAKE_OFFICER, Role.REGISTER_OFFICER, Role.AUDITOR})


def select_components(
    viewer: Actor,
    *,
    status: ComponentStatus | None = None,
    provider_id: str | None = None,
    programme_reference: str | None = None,
) -> sa.Select[Any]:
    """Return the query for the components that a viewer may see: a provider its own, the office all."""
    column = COMPONENTS.table.c
    query = sa.select(COMPONENTS.table).where(_seen_by(viewer))
    if status is not None:
        query = query.where(column.status == status.value)
    if provider_id is not None:
        query = query.where(column.provider_id == provider_id)
    if programme_reference is not None:
        query = query.where(column.programme_reference == programme_reference)
    return query


def _seen_by(viewer: Actor) -> sa.ColumnElement[bool]:
    if viewer.acting_as in PROVIDER_ROLES:
        return COMPONENTS.table.c.provider_id.in_(sorted(viewer.providers))
    return sa.true() if viewer.acting_as in _OFFICES else sa.false()


def listing_has_ended(connection: Connection, accreditation_id: str | None) -> bool:
    """Return whether this is a unit that was listed and is so no more; what is no unit has not ended."""
    row = None if accreditation_id is None else COMPONENTS.find(connection, accreditation_id)
    return row is not None and row.status is ComponentStatus.ENDED


def get_component(connection: Connection, component_id: str, viewer: Actor) -> ComponentRow:
    """Return a component. Raises Missing if there is none that the viewer may see."""
    query = select_components(viewer).where(COMPONENTS.table.c.component_id == component_id)
    found = COMPONENTS.rows(connection, query)
    if not found:
        raise Missing(f"There is no component “{component_id}”. Check the address.")
    return found[0]


_STANDING = (ComponentStatus.NOTIFIED, ComponentStatus.FULL_ROUTE, ComponentStatus.LISTED)


# One after the other, for each unit of a programme: whoever comes second sees what the first one told.
_HOLD = sa.text("SELECT pg_advisory_xact_lock(hashtextextended('unit-' || :unit, 0))")


def twin_of(connection: Connection, provider_id: str, programme_reference: str, codes: Sequence[str]) -> str | None:
    """Return the component that stands for the same part of a provider's programme already, None where none does."""
    twin: str | None = connection.scalar(_standing(provider_id, programme_reference, _code_key(codes)))
    return twin


def stands_alone(component_id: str) -> Also:
    """Return what ends a transaction after which two components would stand for one unit of a programme.

    It runs after the component was written, in the same transaction. Raises ComponentNotifiedBefore.
    """

    def check(connection: Connection) -> None:
        row = COMPONENTS.find(connection, component_id)
        if row is None or row.status not in _STANDING:
            return
        unit = (row.provider_id, row.programme_reference, row.code_key)
        connection.execute(_HOLD, {"unit": "\n".join(unit)})
        # A statement of its own: it sees what was committed while this one waited.
        twin = connection.scalar(_standing(*unit).where(COMPONENTS.table.c.component_id != component_id))
        refuse_twin(twin, row.programme_reference)

    return check


def _standing(provider_id: str, programme_reference: str, code_key: str) -> sa.Select[Any]:
    column = COMPONENTS.table.c
    query = sa.select(column.component_id).where(
        column.provider_id == provider_id,
        column.programme_reference == programme_reference,
        column.code_key == code_key,
        column.status.in_([status.value for status in _STANDING]),
    )
    return query.order_by(column.created_at).limit(1)


def listed_of(connection: Connection, programme_reference: str) -> list[ComponentRow]:
    """Return what is listed of a programme, the earliest notified first."""
    column = COMPONENTS.table.c
    query = sa.select(COMPONENTS.table).where(
        column.programme_reference == programme_reference, column.status == ComponentStatus.LISTED.value
    )
    return COMPONENTS.rows(connection, query.order_by(column.created_at, column.component_id))


def list_expired_components(connection: Connection, on: date) -> list[ComponentRow]:
    """Return what is listed and in the register, though its programme is not accredited any more on a day."""
    column = COMPONENTS.table.c
    query = sa.select(COMPONENTS.table).where(
        column.status == ComponentStatus.LISTED.value, column.accredited_to < on, column.number.is_not(None)
    )
    return COMPONENTS.rows(connection, query.order_by(column.accredited_to, column.component_id))
