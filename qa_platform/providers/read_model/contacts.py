"""Who leads a provider and who speaks for it: pseudonyms, and names that the ledger opens."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.sealed import Sealed
from qa_platform.ledger.projection import Projection, Row
from qa_platform.providers.events import Capacity, ProviderContactNamed


class ContactRow(Row, frozen=True, kw_only=True):
    """Somebody at a provider, in one capacity."""

    key: str
    provider_id: str
    capacity: Capacity
    subject: str
    name: Sealed[str]
    designation: Sealed[str]
    email: Sealed[str]
    telephone: Sealed[str] | None


def keys(recorded: Recorded[ProviderContactNamed]) -> tuple[str, ...]:
    """Return the place at the provider that an event is about."""
    return (_key(recorded.event),)


def _key(event: ProviderContactNamed) -> str:
    return f"{event.provider_id}/{event.capacity}"


def fold(_row: ContactRow | None, recorded: Recorded[ProviderContactNamed]) -> ContactRow | None:
    """Return who was named last."""
    event = recorded.event
    return ContactRow(
        key=_key(event),
        provider_id=event.provider_id,
        capacity=event.capacity,
        subject=event.subject,
        name=event.name,
        designation=event.designation,
        email=event.email,
        telephone=event.telephone,
    )


CONTACTS: Projection[ContactRow] = Projection(
    name="provider_contacts",
    row=ContactRow,
    key="key",
    events=(ProviderContactNamed,),
    keys=keys,
    fold=fold,
    indexes=(("provider_id",),),
)


def contacts_of(connection: Connection, provider_id: str) -> list[ContactRow]:
    """Return the contacts of a provider, closed."""
    table = CONTACTS.table
    query = sa.select(table).where(table.c.provider_id == provider_id)
    return CONTACTS.rows(connection, query.order_by(table.c.capacity))
