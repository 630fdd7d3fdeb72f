"""What is told to whom, before anybody looks up who that is."""

from __future__ import annotations

from datetime import date

import msgspec

from qa_platform.kernel.roles import PROVIDER_ROLES, Role


class To(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody by his pseudonym, or all who hold a role, for one provider where it is a provider's.

    `person_id` is told under `role` (None: of his own account).
    """

    role: Role | None = None
    person_id: str | None = None
    provider_id: str | None = None


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of notice about one event, with all it goes to and all it says; `apart` are not told by a role."""

    kind: str
    to: tuple[To, ...]
    facts: tuple[tuple[str, str], ...]
    due_on: date | None = None
    apart: frozenset[str] = frozenset()


def to_roles(*roles: Role) -> tuple[To, ...]:
    """Return all who hold one of these roles for the agency."""
    return tuple(To(role=role) for role in roles)


def to_provider(provider_id: str | None) -> tuple[To, ...]:
    """Return the officers of a provider; nobody where none is known."""
    if provider_id is None:
        return ()
    return tuple(To(role=role, provider_id=provider_id) for role in sorted(PROVIDER_ROLES))


def to_person(person_id: str | None, role: Role | None = None) -> tuple[To, ...]:
    """Return one person, told under a role; nobody where none is known."""
    return () if person_id is None else (To(person_id=person_id, role=role),)
