"""What is told to whom, before anybody looks up who that is."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec.structs import replace

from qa_platform.kernel.roles import CENTRE_ROLES, PROVIDER_ROLES, Role


class To(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody by his pseudonym, or all who hold a role, for one provider where it is a provider's.

    `person_id` is told under `role` (None: of his own account). With a `centre_id` it is who holds the
    role at that centre, or where nobody does, for the agency; `everywhere` is at every house.
    """

    role: Role | None = None
    person_id: str | None = None
    provider_id: str | None = None
    centre_id: str | None = None
    everywhere: bool = False


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


def to_centre(centre_id: str | None, *roles: Role) -> tuple[To, ...]:
    """Return who holds one of these roles at a centre; nobody where it is none."""
    return () if centre_id is None else tuple(To(role=role, centre_id=centre_id) for role in roles)


def in_the_house_of(to: To, case_id: str | None, centre_id: str | None) -> To:
    """Return who is meant by a role: in a case those who run it, and of what is no case everybody."""
    if to.role not in CENTRE_ROLES or to.person_id is not None or to.centre_id is not None:
        return to
    return replace(to, everywhere=True) if case_id is None else replace(to, centre_id=centre_id)


def to_provider(provider_id: str | None) -> tuple[To, ...]:
    """Return the officers of a provider; nobody where none is known."""
    if provider_id is None:
        return ()
    return tuple(To(role=role, provider_id=provider_id) for role in sorted(PROVIDER_ROLES))


def to_person(person_id: str | None, role: Role | None = None) -> tuple[To, ...]:
    """Return one person, told under a role; nobody where none is known."""
    return () if person_id is None else (To(person_id=person_id, role=role),)
