"""What can have happened to an account, and to the key that seals what is known of a person."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from qa_platform.kernel.event import Event
from qa_platform.kernel.roles import Role
from qa_platform.kernel.sealed import Sealed
from qa_platform.kernel.visibility import Audience, Relation, Visibility, of_roles

Scope = Literal["read", "write"]
WithdrawalReason = Literal["term_ended", "own_request", "duties_changed", "conflict", "unfit", "granted_in_error"]
RevocationReason = Literal["no_longer_needed", "lost", "leaked", "replaced", "other"]
DeactivationReason = Literal["left", "own_request", "misuse", "duplicate", "erased", "other"]
LegalBasis = Literal["retention_ended", "consent_withdrawn", "objection", "unlawful_processing", "court_order"]

_THE_PERSON: Visibility = tuple(
    Audience(role=role, relation=Relation.SELF) for role in Role if role not in (Role.PUBLIC, Role.SYSTEM)
)
_ACCOUNTS: Visibility = of_roles(Role.AUDITOR, Role.ADMINISTRATOR) + _THE_PERSON


class PersonRegistered(Event, frozen=True, kw_only=True, tag="person.registered.v1"):
    """A person was given an account, under a random pseudonym."""

    seen_by: ClassVar[Visibility] = _ACCOUNTS

    person_id: str
    name: Sealed[str]
    email: Sealed[str]
    telephone: Sealed[str] | None
    simulated: bool


class PersonContactChanged(Event, frozen=True, kw_only=True, tag="person.contact_changed.v1"):
    """All that is known of how to reach a person was replaced."""

    seen_by: ClassVar[Visibility] = _ACCOUNTS

    person_id: str
    name: Sealed[str]
    email: Sealed[str]
    telephone: Sealed[str] | None


class PersonRoleGranted(Event, frozen=True, kw_only=True, tag="person.role_granted.v1"):
    """A person may act in a role; a provider's role is held for one provider."""

    seen_by: ClassVar[Visibility] = _ACCOUNTS

    person_id: str
    role: Role
    provider_id: str | None


class PersonRoleWithdrawn(Event, frozen=True, kw_only=True, tag="person.role_withdrawn.v1"):
    """A person may no longer act in a role."""

    seen_by: ClassVar[Visibility] = _ACCOUNTS

    person_id: str
    role: Role
    provider_id: str | None
    reason: WithdrawalReason
    remark: Sealed[str] | None


class PersonCentreRoleGranted(Event, frozen=True, kw_only=True, tag="person.centre_role_granted.v1"):
    """A person may act in a role at one verification centre, on its cases."""

    seen_by: ClassVar[Visibility] = _ACCOUNTS

    person_id: str
    role: Role
    centre_id: str


class PersonCentreRoleWithdrawn(Event, frozen=True, kw_only=True, tag="person.centre_role_withdrawn.v1"):
    """A person may no longer act in a role at a centre."""

    seen_by: ClassVar[Visibility] = _ACCOUNTS

    person_id: str
    role: Role
    centre_id: str
    reason: WithdrawalReason
    remark: Sealed[str] | None


class PersonTokenIssued(Event, frozen=True, kw_only=True, tag="person.token_issued.v1"):
    """A person was given an API token, of which only the SHA-256 (hex) is kept.

    `roles` limits the token to some of the person's roles; empty means all he has.
    """

    seen_by: ClassVar[Visibility] = tuple(
        Audience(role=audience.role, relation=audience.relation, hides=("digest",)) for audience in _ACCOUNTS
    )

    person_id: str
    token_id: str
    digest: str
    label: Sealed[str]
    scopes: tuple[Scope, ...]
    roles: tuple[Role, ...]
    expires_at: datetime


class PersonTokenRevoked(Event, frozen=True, kw_only=True, tag="person.token_revoked.v1"):
    """An API token opens nothing any more."""

    seen_by: ClassVar[Visibility] = _ACCOUNTS

    person_id: str
    token_id: str
    reason: RevocationReason


class PersonDeactivated(Event, frozen=True, kw_only=True, tag="person.deactivated.v1"):
    """An account was closed; what the person did stays."""

    seen_by: ClassVar[Visibility] = _ACCOUNTS

    person_id: str
    reason: DeactivationReason
    remark: Sealed[str] | None


class SubjectKeyDestroyed(Event, frozen=True, kw_only=True, tag="subject_key.destroyed.v1"):
    """The keys that sealed what was known of a person are gone, and with them the plain text.

    `subject` need not have an account. `purpose` is "all", or the one purpose whose key went.
    `reason` is plain text, for no key is left to seal it: it never names the person.
    """

    seen_by: ClassVar[Visibility] = of_roles(Role.AUDITOR, Role.ADMINISTRATOR)

    subject: str
    purpose: str
    fingerprints: tuple[str, ...]
    legal_basis: LegalBasis
    reason: str


PeopleEvent = (
    PersonRegistered
    | PersonContactChanged
    | PersonRoleGranted
    | PersonRoleWithdrawn
    | PersonCentreRoleGranted
    | PersonCentreRoleWithdrawn
    | PersonTokenIssued
    | PersonTokenRevoked
    | PersonDeactivated
    | SubjectKeyDestroyed
)
