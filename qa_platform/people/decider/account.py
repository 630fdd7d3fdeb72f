"""An account as the rules remember it, and what they all ask of it first."""

from __future__ import annotations

import msgspec

from qa_platform.kernel.roles import Role
from qa_platform.kernel.sealed import Sealed, seal
from qa_platform.people.decider.refusals import AccountClosed, PersonUnknown


class Held(msgspec.Struct, frozen=True, order=True):
    """A role as one person holds it: for a provider, at a verification centre, or (neither) for the agency."""

    role: Role
    provider_id: str | None
    centre_id: str | None = None


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules ask of an account."""

    known: bool = False
    active: bool = False
    forgotten: bool = False
    held: frozenset[Held] = frozenset()
    tokens: frozenset[str] = frozenset()
    revoked: frozenset[str] = frozenset()

    @property
    def roles(self) -> frozenset[Role]:
        """Return the roles, whichever provider they are for."""
        return frozenset(held.role for held in self.held)


def require_known(person_id: str, account: Account) -> None:
    """Raise PersonUnknown unless there is an account."""
    if not account.known:
        raise PersonUnknown(f"Nothing was changed: no account stands under “{person_id}”. Register the person first.")


def require_open(person_id: str, account: Account) -> None:
    """Raise PersonUnknown or AccountClosed unless there is an account in use."""
    require_known(person_id, account)
    if not account.active:
        raise AccountClosed(
            f"Nothing was changed: the account “{person_id}” is closed. Register the person anew if he is back."
        )


def sealed(person_id: str, value: str | None) -> Sealed[str] | None:
    """Return a value sealed under a person's key, None for none."""
    return None if value is None else seal(person_id, value)


def words(role: Role) -> str:
    """Return a role as people say it."""
    return role.value.replace("_", " ")
