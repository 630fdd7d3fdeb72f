"""What one may ask about an account.

Personal data comes in clear and is sealed by the decider's events; commands are never stored.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from qa_platform.kernel.event import Command
from qa_platform.kernel.roles import Role
from qa_platform.people.events import DeactivationReason, LegalBasis, RevocationReason, Scope, WithdrawalReason


class RegisterPerson(Command, frozen=True, kw_only=True):
    """Give a person an account."""

    person_id: str
    name: str
    email: str
    telephone: str | None = None
    simulated: bool = False


class ChangeContact(Command, frozen=True, kw_only=True):
    """Replace a person's name, e-mail and telephone."""

    person_id: str
    name: str
    email: str
    telephone: str | None = None


class GrantRole(Command, frozen=True, kw_only=True):
    """Let a person act in a role; `provider_id` for the roles of a provider, and only those.

    `centre_id` for a role at a verification centre; with neither the role is held for the agency.
    """

    person_id: str
    role: Role
    provider_id: str | None = None
    centre_id: str | None = None


class WithdrawRole(Command, frozen=True, kw_only=True):
    """Let a person no longer act in a role; `asked_by` is the pseudonym of who asks."""

    person_id: str
    role: Role
    reason: WithdrawalReason
    asked_by: str
    provider_id: str | None = None
    centre_id: str | None = None
    remark: str | None = None


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """What a token opens: roles, scopes, and until when (None: it does not end by itself)."""

    roles: tuple[Role, ...]
    scopes: tuple[str, ...]
    expires_at: datetime | None


class IssueToken(Command, frozen=True, kw_only=True):
    """Give a person an API token, made at the edge; `digest` is its SHA-256 in hex.

    `roles` limits it to some of the person's roles (empty: all). `within` is what the token of
    who asks opens, and so what he may pass on (None: anything).
    """

    person_id: str
    token_id: str
    digest: str
    label: str
    scopes: tuple[Scope, ...]
    issued_at: datetime
    expires_at: datetime
    roles: tuple[Role, ...] = ()
    within: Reach | None = None


class RevokeToken(Command, frozen=True, kw_only=True):
    """Make an API token useless."""

    person_id: str
    token_id: str
    reason: RevocationReason


class DeactivatePerson(Command, frozen=True, kw_only=True):
    """Close an account; `asked_by` is the pseudonym of who asks."""

    person_id: str
    reason: DeactivationReason
    asked_by: str
    remark: str | None = None


class DestroySubjectKey(Command, frozen=True, kw_only=True):
    """Record that a person's keys were destroyed in this transaction; closes his account too."""

    subject: str
    purpose: str
    fingerprints: tuple[str, ...]
    legal_basis: LegalBasis
    reason: str


PeopleCommand = (
    RegisterPerson
    | ChangeContact
    | GrantRole
    | WithdrawRole
    | IssueToken
    | RevokeToken
    | DeactivatePerson
    | DestroySubjectKey
)
