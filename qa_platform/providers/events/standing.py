"""What can have happened to a provider's standing; organisations only, nothing here is about a person."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from msgspec.structs import replace

from qa_platform.kernel.event import Event
from qa_platform.kernel.roles import Role
from qa_platform.kernel.terms import Term
from qa_platform.kernel.visibility import Visibility
from qa_platform.providers.events.audiences import EVERYBODY, REASON_WITHIN
from qa_platform.providers.events.parts import Kind, Standing

Origin = Literal["import", "registration", "simulation"]


class ProviderRegistered(Event, frozen=True, kw_only=True, tag="provider.registered.v1"):
    """An organisation that puts courses forward became known, with what it says of itself.

    An import knows little more than a name: then `kind` is unknown and the rest None.
    """

    seen_by: ClassVar[Visibility] = EVERYBODY

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

    seen_by: ClassVar[Visibility] = EVERYBODY

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

    seen_by: ClassVar[Visibility] = EVERYBODY

    provider_id: str
    valid_from: date
    valid_to: date


class ProviderSuspended(Event, frozen=True, kw_only=True, tag="provider.suspended.v1"):
    """A provider may put nothing forward for the time being."""

    seen_by: ClassVar[Visibility] = REASON_WITHIN

    provider_id: str
    suspended_from: date
    reason: str


class ProviderReinstated(Event, frozen=True, kw_only=True, tag="provider.reinstated.v1"):
    """A suspended provider is recognised again, for what is left of its term."""

    seen_by: ClassVar[Visibility] = REASON_WITHIN

    provider_id: str
    reinstated_from: date
    reason: str


class ProviderCeased(Event, frozen=True, kw_only=True, tag="provider.ceased.v1"):
    """A provider ended its work; the custodian keeps its learners' records."""

    seen_by: ClassVar[Visibility] = REASON_WITHIN

    provider_id: str
    ceased_on: date
    custodian: str
    reason: str


class ProviderRecognitionExpired(Event, frozen=True, kw_only=True, tag="provider.recognition_expired.v1"):
    """The last day of a recognition has passed, and nothing follows it."""

    seen_by: ClassVar[Visibility] = EVERYBODY

    provider_id: str
    valid_to: date


class ProviderRecognitionWithdrawn(Event, frozen=True, kw_only=True, tag="provider.recognition_withdrawn.v1"):
    """A recognition was recorded in error and never counted; what stood before it stands again.

    `application_id` is what the recognition was granted on, and lies before the register officer again.
    """

    seen_by: ClassVar[Visibility] = tuple(
        replace(one, hides=(*one.hides, "application_id")) if one.role is Role.PUBLIC else one for one in REASON_WITHIN
    )

    provider_id: str
    withdrawn_on: date
    reason: str
    standing: Standing
    terms: tuple[Term, ...]
    application_id: str | None


class ProviderSuspensionAnnulled(Event, frozen=True, kw_only=True, tag="provider.suspension_annulled.v1"):
    """A suspension was an error: it is lifted as if it had never been."""

    seen_by: ClassVar[Visibility] = REASON_WITHIN

    provider_id: str
    annulled_on: date
    reason: str


StandingEvent = (
    ProviderRegistered
    | ProviderDetailsChanged
    | ProviderRecognised
    | ProviderSuspended
    | ProviderReinstated
    | ProviderCeased
    | ProviderRecognitionExpired
    | ProviderRecognitionWithdrawn
    | ProviderSuspensionAnnulled
)
