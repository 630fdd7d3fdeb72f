"""What one may ask about a provider."""

from __future__ import annotations

from datetime import date

from msgspec import UNSET, UnsetType

from qa_platform.kernel.event import Command
from qa_platform.providers.events import Kind, Origin


class RegisterProvider(Command, frozen=True, kw_only=True):
    """Make an organisation known that puts courses forward."""

    provider_id: str
    legal_name: str
    origin: Origin
    registration_number: str | None = None
    kind: Kind = "unknown"
    country: str | None = None
    established_on: date | None = None
    legal_basis: str | None = None
    scope_of_business: str | None = None
    website: str | None = None
    simulated: bool = False


class ChangeDetails(Command, frozen=True, kw_only=True):
    """Change some of what a provider says of itself: UNSET stays, None is emptied."""

    provider_id: str
    legal_name: str | UnsetType = UNSET
    registration_number: str | UnsetType | None = UNSET
    kind: Kind | UnsetType = UNSET
    country: str | UnsetType | None = UNSET
    established_on: date | UnsetType | None = UNSET
    legal_basis: str | UnsetType | None = UNSET
    scope_of_business: str | UnsetType | None = UNSET
    website: str | UnsetType | None = UNSET


class RecogniseProvider(Command, frozen=True, kw_only=True):
    """Recognise a provider, or recognise it anew; without `valid_to` for the agency's full term."""

    provider_id: str
    valid_from: date
    recognition_months: int
    valid_to: date | None = None


class SuspendProvider(Command, frozen=True, kw_only=True):
    """Suspend a recognised provider."""

    provider_id: str
    suspended_from: date
    reason: str


class ReinstateProvider(Command, frozen=True, kw_only=True):
    """Lift a suspension."""

    provider_id: str
    reinstated_from: date
    reason: str


class CeaseProvider(Command, frozen=True, kw_only=True):
    """Record that a provider ends its work, and who keeps its learners' records."""

    provider_id: str
    ceased_on: date
    custodian: str
    reason: str


ProviderCommand = (
    RegisterProvider | ChangeDetails | RecogniseProvider | SuspendProvider | ReinstateProvider | CeaseProvider
)
