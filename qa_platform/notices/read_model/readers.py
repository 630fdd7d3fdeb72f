"""Who can be told: people with their roles, sealed addresses, and what they want of notices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import Role
from qa_platform.kernel.sealed import Sealed
from qa_platform.ledger.projection import Projection, Row
from qa_platform.notices.events import Language, Mailing, NoticePreferencesSet
from qa_platform.people.events import (
    PersonCentreRoleGranted,
    PersonCentreRoleWithdrawn,
    PersonContactChanged,
    PersonDeactivated,
    PersonRegistered,
    PersonRoleGranted,
    PersonRoleWithdrawn,
    SubjectKeyDestroyed,
)


class RoleHeld(msgspec.Struct, frozen=True, order=True):
    """A role, and the provider or centre that it is held for; neither: the agency."""

    role: Role
    provider_id: str | None
    centre_id: str | None = None


class ReaderRow(Row, frozen=True, kw_only=True):
    """Somebody who can be told; name and address stay closed until a mail is made."""

    person_id: str
    name: Sealed[str]
    email: Sealed[str]
    roles: tuple[RoleHeld, ...]
    active: bool
    simulated: bool

    def holds(self, role: Role | None, provider_id: str | None) -> bool:
        """Return whether he holds a role, for a provider if given; what is about himself needs none."""
        return role is None or any((held.role, held.provider_id) == (role, provider_id) for held in self.roles)


def reader_keys(recorded: Recorded[Any]) -> tuple[str, ...]:
    """Return the person that an event is about."""
    event = recorded.event
    return (event.subject if isinstance(event, SubjectKeyDestroyed) else event.person_id,)


def fold_reader(row: ReaderRow | None, recorded: Recorded[Any]) -> ReaderRow | None:
    """Return the reader after one event; None for people who have no account."""
    event = recorded.event
    if isinstance(event, PersonRegistered):
        return ReaderRow(
            person_id=event.person_id,
            name=event.name,
            email=event.email,
            roles=(),
            active=True,
            simulated=event.simulated,
        )
    return None if row is None else _changed(row, event)


def _changed(row: ReaderRow, event: Any) -> ReaderRow:  # noqa: ANN401 -- one of those it listens to
    match event:
        case PersonContactChanged():
            return replace(row, name=event.name, email=event.email)
        case PersonRoleGranted():
            return replace(row, roles=_sorted({*row.roles, RoleHeld(event.role, event.provider_id)}))
        case PersonRoleWithdrawn():
            return replace(row, roles=_sorted({*row.roles} - {RoleHeld(event.role, event.provider_id)}))
        case PersonCentreRoleGranted():
            return replace(row, roles=_sorted({*row.roles, RoleHeld(event.role, None, event.centre_id)}))
        case PersonCentreRoleWithdrawn():
            return replace(row, roles=_sorted({*row.roles} - {RoleHeld(event.role, None, event.centre_id)}))
        case PersonDeactivated() | SubjectKeyDestroyed():
            return replace(row, active=False)
        case _:
            return row


def _sorted(roles: set[RoleHeld]) -> tuple[RoleHeld, ...]:
    return tuple(sorted(roles, key=lambda held: (held.role, held.provider_id or "", held.centre_id or "")))


NOTICE_READERS: Projection[ReaderRow] = Projection(
    name="notice_readers",
    row=ReaderRow,
    key="person_id",
    events=(
        PersonRegistered,
        PersonContactChanged,
        PersonRoleGranted,
        PersonRoleWithdrawn,
        PersonCentreRoleGranted,
        PersonCentreRoleWithdrawn,
        PersonDeactivated,
        SubjectKeyDestroyed,
    ),
    keys=reader_keys,
    fold=fold_reader,
)


class PreferencesRow(Row, frozen=True, kw_only=True):
    """What a person wants of notices."""

    person_id: str
    version: int
    language: Language
    mailing: Mailing
    digest_hour: int
    unsubscribed: tuple[str, ...]


def preferences_keys(recorded: Recorded[NoticePreferencesSet]) -> tuple[str, ...]:
    """Return whose preferences an event is about."""
    return (recorded.event.person_id,)


def fold_preferences(_row: PreferencesRow | None, recorded: Recorded[NoticePreferencesSet]) -> PreferencesRow:
    """Return the preferences as last set."""
    event = recorded.event
    return PreferencesRow(
        person_id=event.person_id,
        version=recorded.version,
        language=event.language,
        mailing=event.mailing,
        digest_hour=event.digest_hour,
        unsubscribed=event.unsubscribed,
    )


NOTICE_PREFERENCES: Projection[PreferencesRow] = Projection(
    name="notice_preferences",
    row=PreferencesRow,
    key="person_id",
    events=(NoticePreferencesSet,),
    keys=preferences_keys,
    fold=fold_preferences,
)


def usual_preferences(person_id: str, language: Language, digest_hour: int) -> PreferencesRow:
    """Return what goes for somebody who has said nothing: the agency's own settings."""
    return PreferencesRow(
        person_id=person_id, version=0, language=language, mailing="digest", digest_hour=digest_hour, unsubscribed=()
    )


def holders_of(
    connection: Connection,
    role: Role,
    provider_id: str | None = None,
    centre_id: str | None = None,
    *,
    everywhere: bool = False,
) -> list[ReaderRow]:
    """Return who can be told in a role: held for a provider or at a centre if given, else for the agency.

    `everywhere` is wherever the role is held.
    """
    column = NOTICE_READERS.table.c
    held: dict[str, str | None] = {"role": role.value}
    if not everywhere:
        held["centre_id"] = centre_id
    if provider_id is not None:
        held["provider_id"] = provider_id
    query = sa.select(NOTICE_READERS.table).where(column.active, column.roles.contains([held]))
    return NOTICE_READERS.rows(connection, query.order_by(column.person_id))


def readers_by_id(connection: Connection, people: Iterable[str]) -> dict[str, ReaderRow]:
    """Return those of some people who can be told, by pseudonym."""
    column = NOTICE_READERS.table.c
    query = sa.select(NOTICE_READERS.table).where(column.active, column.person_id.in_(sorted(set(people))))
    return {row.person_id: row for row in NOTICE_READERS.rows(connection, query)}


def preferences_of(connection: Connection, people: Iterable[str]) -> dict[str, PreferencesRow]:
    """Return what people want of notices, for those who have said so."""
    column = NOTICE_PREFERENCES.table.c
    query = sa.select(NOTICE_PREFERENCES.table).where(column.person_id.in_(sorted(set(people))))
    return {row.person_id: row for row in NOTICE_PREFERENCES.rows(connection, query)}
