"""Providers, as the API lists them and as an import finds them again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, get_args

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import PROVIDER_ROLES, Actor, Role
from qa_platform.kernel.terms import Term, granted, unbroken_since
from qa_platform.ledger.projection import Projection, Row
from qa_platform.providers.decider import Status, name_key
from qa_platform.providers.events import (
    Kind,
    Origin,
    ProviderCeased,
    ProviderDetailsChanged,
    ProviderEvent,
    ProviderRecognised,
    ProviderRecognitionExpired,
    ProviderRecognitionWithdrawn,
    ProviderRegistered,
    ProviderReinstated,
    ProviderSuspended,
    ProviderSuspensionAnnulled,
)


class ProviderRow(Row, frozen=True, kw_only=True):
    """A provider; `name_key` is what spellings of one name have in common.

    `valid_from` and `valid_to` are the ends of what is recognised without a gap; `terms` are all there were.
    `recognised_at` is when the latest recognition was recorded.
    """

    provider_id: str
    version: int
    legal_name: str
    name_key: str
    registration_number: str | None
    kind: Kind
    country: str | None
    established_on: date | None
    legal_basis: str | None
    scope_of_business: str | None
    website: str | None
    origin: Origin
    simulated: bool
    status: Status
    valid_from: date | None
    valid_to: date | None
    terms: tuple[Term, ...]
    recognised_at: datetime | None
    suspended_from: date | None
    ceased_on: date | None
    custodian: str | None


def keys(recorded: Recorded[ProviderEvent]) -> tuple[str, ...]:
    """Return the provider that an event is about."""
    return (recorded.event.provider_id,)


def fold(row: ProviderRow | None, recorded: Recorded[ProviderEvent]) -> ProviderRow | None:
    """Return the provider after one event."""
    event = recorded.event
    if isinstance(event, ProviderRegistered):
        return _registered(event, recorded.version)
    if isinstance(event, ProviderRecognised) and row is not None:
        row = replace(row, recognised_at=recorded.at)
    return None if row is None else replace(_changed(row, event), version=recorded.version)


def _registered(event: ProviderRegistered, version: int) -> ProviderRow:
    return ProviderRow(
        **_fields(event),
        version=version,
        name_key=name_key(event.legal_name),
        status=Status.REGISTERED,
        valid_from=None,
        valid_to=None,
        terms=(),
        recognised_at=None,
        suspended_from=None,
        ceased_on=None,
        custodian=None,
    )


def _changed(row: ProviderRow, event: ProviderEvent) -> ProviderRow:
    match event:
        case ProviderDetailsChanged():
            return replace(row, **_fields(event), name_key=name_key(event.legal_name))
        case ProviderRecognised():
            terms = granted(row.terms, Term(first=event.valid_from, last=event.valid_to))
            return _recognised(row, Status.RECOGNISED, terms)
        case ProviderRecognitionWithdrawn():
            return _recognised(row, Status(event.standing), event.terms)
        case ProviderRecognitionExpired():
            return replace(row, status=Status.EXPIRED, suspended_from=None)
        case ProviderSuspended():
            return replace(row, status=Status.SUSPENDED, suspended_from=event.suspended_from)
        case ProviderReinstated() | ProviderSuspensionAnnulled():
            return replace(row, status=Status.RECOGNISED, suspended_from=None)
        case ProviderCeased():
            return replace(row, status=Status.CEASED, ceased_on=event.ceased_on, custodian=event.custodian)
        case _:
            return row


def _recognised(row: ProviderRow, status: Status, terms: tuple[Term, ...]) -> ProviderRow:
    last = terms[-1].last if terms else None
    return replace(row, status=status, terms=terms, valid_from=unbroken_since(terms), valid_to=last)


def _fields(event: ProviderRegistered | ProviderDetailsChanged) -> dict[str, Any]:
    return {name: getattr(event, name) for name in event.__struct_fields__}


PROVIDERS: Projection[ProviderRow] = Projection(
    name="providers",
    row=ProviderRow,
    key="provider_id",
    events=get_args(ProviderEvent),
    keys=keys,
    fold=fold,
    indexes=(("name_key",), ("status", "name_key"), ("valid_to",)),
)

# Officers of other providers see of a provider what the public sees.
_OUTSIDE = PROVIDER_ROLES | {Role.PUBLIC}


def select_providers(viewer: Actor, *, status: Status | None = None, name: str | None = None) -> sa.Select[Any]:
    """Return the query for the providers that a viewer may see: outside the agency, those ever recognised."""
    table = PROVIDERS.table
    query = sa.select(table)
    if viewer.acting_as in _OUTSIDE:
        own = table.c.provider_id.in_(sorted(viewer.providers))
        query = query.where(sa.or_(own, table.c.valid_from.is_not(None)))
    if status is not None:
        query = query.where(table.c.status == status.value)
    if name is not None:
        query = query.where(table.c.name_key.contains(name_key(name), autoescape=True))
    return query


def get_provider(connection: Connection, provider_id: str, viewer: Actor) -> ProviderRow | None:
    """Return a provider, or None if there is none that the viewer may see."""
    found = PROVIDERS.rows(connection, select_providers(viewer).where(PROVIDERS.table.c.provider_id == provider_id))
    return found[0] if found else None


def find_by_name(connection: Connection, legal_name: str) -> list[ProviderRow]:
    """Return the providers of this name, however it is spaced or capitalised; the oldest first."""
    table = PROVIDERS.table
    query = sa.select(table).where(table.c.name_key == name_key(legal_name)).order_by(table.c.provider_id)
    return PROVIDERS.rows(connection, query)


def list_run_out(connection: Connection, on: date) -> list[ProviderRow]:
    """Return the providers whose last day of recognition has passed on a day, and whose end was not recorded yet."""
    column = PROVIDERS.table.c
    running = column.status.in_([Status.RECOGNISED.value, Status.SUSPENDED.value])
    query = sa.select(PROVIDERS.table).where(running, column.valid_to < on)
    return PROVIDERS.rows(connection, query.order_by(column.valid_to, column.provider_id))
