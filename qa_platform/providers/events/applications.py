"""What can have happened to a provider's application for recognition."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from qa_platform.kernel.event import Event
from qa_platform.kernel.rejected import Fault
from qa_platform.kernel.sealed import Sealed
from qa_platform.kernel.visibility import Visibility
from qa_platform.providers.events.audiences import APPLICATION
from qa_platform.providers.events.parts import Capacity, Particulars, Purpose, RefusalGround


class ProviderContactNamed(Event, frozen=True, kw_only=True, tag="provider.contact_named.v1"):
    """Who leads a provider, or speaks for it with the agency; whoever it was before is that no more."""

    seen_by: ClassVar[Visibility] = APPLICATION

    provider_id: str
    capacity: Capacity
    subject: str
    name: Sealed[str]
    designation: Sealed[str]
    email: Sealed[str]
    telephone: Sealed[str] | None


class ProviderApplied(Event, frozen=True, kw_only=True, tag="provider.applied.v1"):
    """A provider asked to be recognised; the agency means to answer by `answer_due_on`."""

    seen_by: ClassVar[Visibility] = APPLICATION

    provider_id: str
    application_id: str
    purpose: Purpose
    applied_on: date
    answer_due_on: date
    particulars: Particulars


class ProviderInformationRequested(Event, frozen=True, kw_only=True, tag="provider.information_requested.v1"):
    """The agency asked for information; what is not answered by the day is deemed withdrawn."""

    seen_by: ClassVar[Visibility] = APPLICATION

    provider_id: str
    application_id: str
    request: int
    faults: tuple[Fault, ...]
    remark: str | None
    requested_on: date
    due_on: date


class ProviderInformationRequestWithdrawn(
    Event, frozen=True, kw_only=True, tag="provider.information_request_withdrawn.v1"
):
    """The agency took back a request for information: nothing is wanted of the provider any more."""

    seen_by: ClassVar[Visibility] = APPLICATION

    provider_id: str
    application_id: str
    request: int
    reason: str
    answer_due_on: date


class ProviderInformationSupplied(Event, frozen=True, kw_only=True, tag="provider.information_supplied.v1"):
    """The provider answered a request: in words, and with the particulars as they are now."""

    seen_by: ClassVar[Visibility] = APPLICATION

    provider_id: str
    application_id: str
    request: int
    answer: str
    particulars: Particulars
    supplied_on: date
    answer_due_on: date


class ProviderApplicationFoundComplete(Event, frozen=True, kw_only=True, tag="provider.application_found_complete.v1"):
    """Intake lacks nothing: the register officer has the word."""

    seen_by: ClassVar[Visibility] = APPLICATION

    provider_id: str
    application_id: str
    found_on: date


class ProviderApplicationGranted(Event, frozen=True, kw_only=True, tag="provider.application_granted.v1"):
    """What a provider asked for was granted; its recognition is told beside it."""

    seen_by: ClassVar[Visibility] = APPLICATION

    provider_id: str
    application_id: str
    granted_on: date


class ProviderRefused(Event, frozen=True, kw_only=True, tag="provider.refused.v1"):
    """The agency did not recognise a provider that asked for it."""

    seen_by: ClassVar[Visibility] = APPLICATION

    provider_id: str
    application_id: str
    refused_on: date
    grounds: tuple[RefusalGround, ...]
    reasons: str


class ProviderRefusalReopened(Event, frozen=True, kw_only=True, tag="provider.refusal_reopened.v1"):
    """The agency took a refusal back: the application lies before the register officer again."""

    seen_by: ClassVar[Visibility] = APPLICATION

    provider_id: str
    application_id: str
    reopened_on: date
    reason: str
    answer_due_on: date


class ProviderApplicationWithdrawn(Event, frozen=True, kw_only=True, tag="provider.application_withdrawn.v1"):
    """A provider asks to be recognised no more."""

    seen_by: ClassVar[Visibility] = APPLICATION

    provider_id: str
    application_id: str
    reason: str | None


class ProviderApplicationLapsed(Event, frozen=True, kw_only=True, tag="provider.application_lapsed.v1"):
    """A request for information was not answered by its day: the application is deemed withdrawn."""

    seen_by: ClassVar[Visibility] = APPLICATION

    provider_id: str
    application_id: str
    due_on: date


ApplicationEvent = (
    ProviderApplied
    | ProviderInformationRequested
    | ProviderInformationRequestWithdrawn
    | ProviderInformationSupplied
    | ProviderApplicationFoundComplete
    | ProviderApplicationGranted
    | ProviderRefused
    | ProviderRefusalReopened
    | ProviderApplicationWithdrawn
    | ProviderApplicationLapsed
)
