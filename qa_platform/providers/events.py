"""What can have happened to a provider; organisations only, nothing here is about a person."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from qa_platform.kernel.event import Event
from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import Audience, Visibility, of_provider, of_roles

Kind = Literal["company", "public_agency", "higher_education", "other", "unknown"]
Origin = Literal["import", "registration", "simulation"]

_AGENCY: Visibility = of_roles(
    *(Role.AUDITOR, Role.ADMINISTRATOR, Role.REGISTER_OFFICER, Role.INTAKE_OFFICER),
    *(Role.COMMITTEE_MEMBER, Role.COMMITTEE_SECRETARY, Role.REVIEWER, Role.LEAD_REVIEWER, Role.APPEALS_MEMBER),
)
_EVERYBODY: Visibility = (*_AGENCY, *of_provider(), Audience(role=Role.PUBLIC))
# Everybody may know that it happened; why is between the agency and the provider.
_REASON_WITHIN: Visibility = (*_AGENCY, *of_provider(), Audience(role=Role.PUBLIC, hides=("reason",)))


class ProviderRegistered(Event, frozen=True, kw_only=True, tag="provider.registered.v1"):
    """An organisation that puts courses forward became known, with what it says of itself.

    An import knows little more than a name: then `kind` is unknown and the rest None.
    """

    seen_by: ClassVar[Visibility] = _EVERYBODY

    provider_id: str
    legal_name: str
    registration_number: str | None
    kind: Kind
    country: str | None
    established_on: date | None
    legal_basis: str | None
    scope_of_business: str | None
    website: str | None
    origin: Origin
    simulated: bool


class ProviderDetailsChanged(Event, frozen=True, kw_only=True, tag="provider.details_changed.v1"):
    """What a provider says of itself, as it stands after a change: all of it."""

    seen_by: ClassVar[Visibility] = _EVERYBODY

    provider_id: str
    legal_name: str
    registration_number: str | None
    kind: Kind
    country: str | None
    established_on: date | None
    legal_basis: str | None
    scope_of_business: str | None
    website: str | None


class ProviderRecognised(Event, frozen=True, kw_only=True, tag="provider.recognised.v1"):
    """The agency lets a provider put courses forward, from the first to the last day given."""

    seen_by: ClassVar[Visibility] = _EVERYBODY

    provider_id: str
    valid_from: date
    valid_to: date


class ProviderSuspended(Event, frozen=True, kw_only=True, tag="provider.suspended.v1"):
    """A provider may put nothing forward for the time being."""

    seen_by: ClassVar[Visibility] = _REASON_WITHIN

    provider_id: str
    suspended_from: date
    reason: str


class ProviderReinstated(Event, frozen=True, kw_only=True, tag="provider.reinstated.v1"):
    """A suspended provider is recognised again, for what is left of its term."""

    seen_by: ClassVar[Visibility] = _REASON_WITHIN

    provider_id: str
    reinstated_from: date
    reason: str


class ProviderCeased(Event, frozen=True, kw_only=True, tag="provider.ceased.v1"):
    """A provider ended its work; the custodian keeps its learners' records."""

    seen_by: ClassVar[Visibility] = _REASON_WITHIN

    provider_id: str
    ceased_on: date
    custodian: str
    reason: str


ProviderEvent = (
    ProviderRegistered
    | ProviderDetailsChanged
    | ProviderRecognised
    | ProviderSuspended
    | ProviderReinstated
    | ProviderCeased
)
