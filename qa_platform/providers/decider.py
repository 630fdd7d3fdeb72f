"""The rules about providers: when one is recognised, and when it may not be."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, assert_never, get_args

import msgspec
from msgspec import UNSET
from msgspec.structs import asdict, replace

from qa_platform.kernel.decider import Decider
from qa_platform.kernel.months import months_after
from qa_platform.kernel.rejected import Missing, Rejected
from qa_platform.providers.commands import (
    CeaseProvider,
    ChangeDetails,
    ProviderCommand,
    RecogniseProvider,
    RegisterProvider,
    ReinstateProvider,
    SuspendProvider,
)
from qa_platform.providers.events import (
    Kind,
    ProviderCeased,
    ProviderDetailsChanged,
    ProviderEvent,
    ProviderRecognised,
    ProviderRegistered,
    ProviderReinstated,
    ProviderSuspended,
)


class Status(StrEnum):
    """Where a provider stands."""

    UNKNOWN = "unknown"
    REGISTERED = "registered"
    RECOGNISED = "recognised"
    SUSPENDED = "suspended"
    CEASED = "ceased"


class Details(msgspec.Struct, frozen=True, kw_only=True):
    """What a provider says of itself."""

    legal_name: str = ""
    registration_number: str | None = None
    kind: Kind = "unknown"
    country: str | None = None
    established_on: date | None = None
    legal_basis: str | None = None
    scope_of_business: str | None = None
    website: str | None = None


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules ask of a provider."""

    status: Status = Status.UNKNOWN
    details: Details = Details()
    valid_from: date | None = None
    valid_to: date | None = None
    suspended_from: date | None = None


class ProviderUnknown(Missing):
    """No such provider is registered."""


class ProviderTaken(Rejected):
    """The provider is registered already, with other details."""


class ProviderGone(Rejected):
    """The provider has ceased."""


class ProviderNotRecognised(Rejected):
    """Only a recognised provider can be suspended."""


class ProviderIsSuspended(Rejected):
    """A suspension must be lifted before the provider is recognised anew."""


class ProviderNotSuspended(Rejected):
    """There is no suspension to lift."""


class TermUnacceptable(Rejected):
    """The days of a recognition or a suspension do not go together."""


class DetailsIncomplete(Rejected):
    """The agency cannot recognise whom it does not know."""


def name_key(legal_name: str) -> str:
    """Return what names that differ only in case, blanks or width of letters have in common."""
    folded = unicodedata.normalize("NFKC", legal_name).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def decide(command: ProviderCommand, provider: Provider) -> list[ProviderEvent]:
    """Return what follows from a command, or raise Rejected."""
    match command:
        case RegisterProvider():
            return _register(command, provider)
        case ChangeDetails():
            return _change(command, provider)
        case RecogniseProvider():
            return _recognise(command, provider)
        case SuspendProvider():
            return _suspend(command, provider)
        case ReinstateProvider():
            return _reinstate(command, provider)
        case CeaseProvider():
            return _cease(command, provider)
        case _:
            assert_never(command)


def evolve(provider: Provider, event: ProviderEvent) -> Provider:
    """Return the provider as it stands after an event. Never refuses."""
    match event:
        case ProviderRegistered():
            return replace(provider, status=Status.REGISTERED, details=_details(event))
        case ProviderDetailsChanged():
            return replace(provider, details=_details(event))
        case ProviderRecognised():
            return replace(provider, status=Status.RECOGNISED, valid_from=event.valid_from, valid_to=event.valid_to)
        case ProviderSuspended():
            return replace(provider, status=Status.SUSPENDED, suspended_from=event.suspended_from)
        case ProviderReinstated():
            return replace(provider, status=Status.RECOGNISED, suspended_from=None)
        case ProviderCeased():
            return replace(provider, status=Status.CEASED)
        case _:
            assert_never(event)


def _register(command: RegisterProvider, provider: Provider) -> list[ProviderEvent]:
    if provider.status is not Status.UNKNOWN:
        # An import that runs again names its providers again; that changes nothing.
        if name_key(command.legal_name) == name_key(provider.details.legal_name):
            return []
        raise ProviderTaken(
            f"“{command.legal_name}” was not registered: “{provider.details.legal_name}” stands under the same id. "
            "Change its details, or register under a new id."
        )

    return [ProviderRegistered(**asdict(command))]


def _change(command: ChangeDetails, provider: Provider) -> list[ProviderEvent]:
    _require_living(provider)
    changed = {name: value for name, value in asdict(command).items() if value is not UNSET and name != "provider_id"}
    details = replace(provider.details, **changed)

    if details == provider.details:
        return []
    return [ProviderDetailsChanged(provider_id=command.provider_id, **asdict(details))]


def _recognise(command: RecogniseProvider, provider: Provider) -> list[ProviderEvent]:
    _require_living(provider)
    if provider.status is Status.SUSPENDED:
        raise ProviderIsSuspended(
            f"{_name(provider)} was not recognised: it is suspended. Lift the suspension, then recognise it."
        )
    if not provider.details.registration_number or provider.details.kind == "unknown":
        raise DetailsIncomplete(
            f"{_name(provider)} was not recognised: its registration number or its kind is not known. "
            "Complete its details, then recognise it."
        )
    latest = months_after(command.valid_from, command.recognition_months) - timedelta(days=1)
    valid_to = command.valid_to or latest
    if not command.valid_from <= valid_to <= latest:
        raise TermUnacceptable(
            f"{_name(provider)} was not recognised: from {command.valid_from} recognition lasts "
            f"until {latest} at most, and not until {valid_to}. Choose another last day."
        )

    if (provider.valid_from, provider.valid_to) == (command.valid_from, valid_to):
        return []
    return [ProviderRecognised(provider_id=command.provider_id, valid_from=command.valid_from, valid_to=valid_to)]


def _suspend(command: SuspendProvider, provider: Provider) -> list[ProviderEvent]:
    _require_living(provider)
    if provider.status is Status.SUSPENDED:
        return []
    if provider.status is not Status.RECOGNISED:
        raise ProviderNotRecognised(f"{_name(provider)} was not suspended: it is not recognised. There is no need to.")

    return [
        ProviderSuspended(provider_id=command.provider_id, suspended_from=command.suspended_from, reason=command.reason)
    ]


def _reinstate(command: ReinstateProvider, provider: Provider) -> list[ProviderEvent]:
    _require_living(provider)
    if provider.status is not Status.SUSPENDED or provider.suspended_from is None:
        raise ProviderNotSuspended(f"{_name(provider)} was not reinstated: it is not suspended. There is no need to.")
    if command.reinstated_from < provider.suspended_from:
        raise TermUnacceptable(
            f"{_name(provider)} was not reinstated: {command.reinstated_from} is before the suspension "
            f"of {provider.suspended_from}. Choose a later day."
        )

    return [
        ProviderReinstated(
            provider_id=command.provider_id, reinstated_from=command.reinstated_from, reason=command.reason
        )
    ]


def _cease(command: CeaseProvider, provider: Provider) -> list[ProviderEvent]:
    if provider.status is Status.CEASED:
        return []
    _require_living(provider)

    return [
        ProviderCeased(
            provider_id=command.provider_id,
            ceased_on=command.ceased_on,
            custodian=command.custodian,
            reason=command.reason,
        )
    ]


def _require_living(provider: Provider) -> None:
    if provider.status is Status.UNKNOWN:
        raise ProviderUnknown("Nothing was changed: no such provider is registered. Register it first.")
    if provider.status is Status.CEASED:
        raise ProviderGone(
            f"Nothing was changed: {_name(provider)} has ceased. Register its successor as a provider of its own."
        )


def _name(provider: Provider) -> str:
    return f"“{provider.details.legal_name}”"


def _details(source: Any) -> Details:  # noqa: ANN401 -- whatever has these attributes
    return msgspec.convert(source, Details, from_attributes=True)


provider_decider: Decider[ProviderCommand, Provider, ProviderEvent] = Decider(
    commands=get_args(ProviderCommand),
    events=get_args(ProviderEvent),
    stream=lambda command: f"provider-{command.provider_id}",
    initial=Provider(),
    decide=decide,
    evolve=evolve,
)
