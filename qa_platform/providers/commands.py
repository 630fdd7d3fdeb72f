"""What one may ask about a provider."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec import UNSET, UnsetType

from qa_platform.kernel.event import Command
from qa_platform.kernel.rejected import Fault
from qa_platform.providers.events import Capacity, Kind, Origin, Particulars, RefusalGround


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


class AnnulSuspension(Command, frozen=True, kw_only=True):
    """Lift a suspension that was an error, as if it had never been."""

    provider_id: str
    on: date
    reason: str


class ExpireRecognition(Command, frozen=True, kw_only=True):
    """Record that the last day of a recognition has passed."""

    provider_id: str
    on: date


class WithdrawRecognition(Command, frozen=True, kw_only=True):
    """Take back a recognition that was recorded in error; `lodged` counts what rests on it already."""

    provider_id: str
    on: date
    reason: str
    lodged: int


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody at a provider, under a pseudonym of his own."""

    subject: str
    name: str
    designation: str
    email: str
    telephone: str | None = None


class NameContact(Command, frozen=True, kw_only=True):
    """Say who leads a provider, or who speaks for it with the agency."""

    provider_id: str
    capacity: Capacity
    contact: Contact


class ApplyForRecognition(Command, frozen=True, kw_only=True):
    """Ask to be recognised, or to stay so: in the last `renewal_months` of a recognition, or without one."""

    provider_id: str
    application_id: str
    on: date
    answer_due_on: date
    renewal_months: int
    particulars: Particulars
    chief_executive: Contact
    liaison_officer: Contact


class RequestInformation(Command, frozen=True, kw_only=True):
    """Ask the provider for what its application lacks, by a day."""

    provider_id: str
    application_id: str
    on: date
    due_on: date
    faults: tuple[Fault, ...] = ()
    remark: str | None = None


class WithdrawInformationRequest(Command, frozen=True, kw_only=True):
    """Take back a request for information that was not answered yet."""

    provider_id: str
    application_id: str
    on: date
    answer_due_on: date
    reason: str


class SupplyInformation(Command, frozen=True, kw_only=True):
    """Answer a request for information; without `particulars` they stay as they were."""

    provider_id: str
    application_id: str
    on: date
    answer_due_on: date
    answer: str
    particulars: Particulars | None = None


class FindComplete(Command, frozen=True, kw_only=True):
    """Say that an application lacks nothing, and hand it to the register officer."""

    provider_id: str
    application_id: str
    on: date


class GrantApplication(Command, frozen=True, kw_only=True):
    """Recognise a provider on its application.

    Without `valid_from` from today on, or from the day after the running term; without `valid_to`
    for the agency's full term.
    """

    provider_id: str
    application_id: str
    on: date
    recognition_months: int
    valid_from: date | None = None
    valid_to: date | None = None


class RefuseApplication(Command, frozen=True, kw_only=True):
    """Do not recognise a provider that asked for it, and say why."""

    provider_id: str
    application_id: str
    on: date
    grounds: tuple[RefusalGround, ...]
    reasons: str


class ReopenRefusal(Command, frozen=True, kw_only=True):
    """Take a refusal back, so that the application is decided on again."""

    provider_id: str
    application_id: str
    on: date
    answer_due_on: date
    reason: str


class WithdrawApplication(Command, frozen=True, kw_only=True):
    """Ask to be recognised no more."""

    provider_id: str
    application_id: str
    reason: str | None = None


class LapseApplication(Command, frozen=True, kw_only=True):
    """Deem an application withdrawn whose request for information was not answered by its day."""

    provider_id: str
    application_id: str
    on: date


ApplicationCommand = (
    ApplyForRecognition
    | RequestInformation
    | WithdrawInformationRequest
    | SupplyInformation
    | FindComplete
    | GrantApplication
    | RefuseApplication
    | ReopenRefusal
    | WithdrawApplication
    | LapseApplication
)
StandingCommand = (
    RegisterProvider
    | ChangeDetails
    | RecogniseProvider
    | SuspendProvider
    | ReinstateProvider
    | CeaseProvider
    | AnnulSuspension
    | ExpireRecognition
    | WithdrawRecognition
)
ProviderCommand = StandingCommand | NameContact | ApplicationCommand
