"""Who acts or ever acted for a provider: nobody of them checks what is asked of it."""

from __future__ import annotations

from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.people.events import PersonRoleGranted


class ProviderPersonRow(Row, frozen=True, kw_only=True):
    """An account that was given a role of a provider, and of which ones."""

    person_id: str
    providers: tuple[str, ...]


def keys(recorded: Recorded[PersonRoleGranted]) -> tuple[str, ...]:
    """Return the account that an event is about."""
    return (recorded.event.person_id,)


def fold(row: ProviderPersonRow | None, recorded: Recorded[PersonRoleGranted]) -> ProviderPersonRow | None:
    """Return the account after one event; None for who never acted for a provider."""
    event = recorded.event
    if event.provider_id is None or (row is not None and event.provider_id in row.providers):
        return row
    known = row or ProviderPersonRow(person_id=event.person_id, providers=())
    return replace(known, providers=(*known.providers, event.provider_id))


PROVIDER_PEOPLE: Projection[ProviderPersonRow] = Projection(
    name="accreditation_provider_people",
    row=ProviderPersonRow,
    key="person_id",
    events=(PersonRoleGranted,),
    keys=keys,
    fold=fold,
)


def providers_of(connection: Connection, person_id: str) -> tuple[str, ...]:
    """Return the providers for which a person acts, or ever acted."""
    row = PROVIDER_PEOPLE.find(connection, person_id)
    return () if row is None else row.providers
