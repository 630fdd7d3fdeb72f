"""Who a provider is, its suspension and its end."""

from __future__ import annotations

import msgspec
from msgspec import UNSET
from msgspec.structs import asdict, replace

from qa_platform.kernel.sealed import Sealed, seal
from qa_platform.providers.commands import (
    AnnulSuspension,
    CeaseProvider,
    ChangeDetails,
    Contact,
    NameContact,
    RegisterProvider,
    ReinstateProvider,
    SuspendProvider,
)
from qa_platform.providers.decider import refusals
from qa_platform.providers.decider.guards import require_living
from qa_platform.providers.decider.state import OPEN, Details, Provider, Status, name_key
from qa_platform.providers.events import (
    Capacity,
    ProviderApplicationWithdrawn,
    ProviderCeased,
    ProviderContactNamed,
    ProviderDetailsChanged,
    ProviderEvent,
    ProviderRegistered,
    ProviderReinstated,
    ProviderSuspended,
    ProviderSuspensionAnnulled,
)


def register(command: RegisterProvider, provider: Provider) -> list[ProviderEvent]:
    """Return the registration of a provider that was not known."""
    if provider.status is not Status.UNKNOWN:
        # An import that runs again names its providers again; that changes nothing.
        if name_key(command.legal_name) == name_key(provider.details.legal_name):
            return []
        raise refusals.ProviderTaken(
            f"“{command.legal_name}” was not registered: “{provider.details.legal_name}” stands under the same id. "
            "Change its details, or register under a new id."
        )

    return [ProviderRegistered(**asdict(command))]


def change(command: ChangeDetails, provider: Provider) -> list[ProviderEvent]:
    """Return what a provider says of itself, where it says anything else."""
    require_living(provider)
    changed = {name: value for name, value in asdict(command).items() if value is not UNSET and name != "provider_id"}
    details = replace(provider.details, **changed)

    if details == provider.details:
        return []
    return [ProviderDetailsChanged(provider_id=command.provider_id, **asdict(details))]


def suspend(command: SuspendProvider, provider: Provider) -> list[ProviderEvent]:
    """Return the suspension of a recognised provider."""
    require_living(provider)
    if provider.status is Status.SUSPENDED:
        return []
    if provider.status is not Status.RECOGNISED:
        raise refusals.ProviderNotRecognised(
            f"{provider.named} was not suspended: it is not recognised. There is no need to."
        )

    return [
        ProviderSuspended(provider_id=command.provider_id, suspended_from=command.suspended_from, reason=command.reason)
    ]


def reinstate(command: ReinstateProvider, provider: Provider) -> list[ProviderEvent]:
    """Return the end of a suspension."""
    require_living(provider)
    if provider.status is not Status.SUSPENDED or provider.suspended_from is None:
        raise refusals.ProviderNotSuspended(
            f"{provider.named} was not reinstated: it is not suspended. There is no need to."
        )
    if command.reinstated_from < provider.suspended_from:
        raise refusals.TermUnacceptable(
            f"{provider.named} was not reinstated: {command.reinstated_from} is before the suspension "
            f"of {provider.suspended_from}. Choose a later day."
        )

    return [
        ProviderReinstated(
            provider_id=command.provider_id, reinstated_from=command.reinstated_from, reason=command.reason
        )
    ]


def cease(command: CeaseProvider, provider: Provider) -> list[ProviderEvent]:
    """Return the end of a provider, and of the application that it has under way."""
    if provider.status is Status.CEASED:
        return []
    require_living(provider)

    application = provider.application
    return [
        *(
            [
                ProviderApplicationWithdrawn(
                    provider_id=command.provider_id, application_id=application.application_id, reason=command.reason
                )
            ]
            if application is not None and application.stage in OPEN
            else []
        ),
        ProviderCeased(
            provider_id=command.provider_id,
            ceased_on=command.ceased_on,
            custodian=command.custodian,
            reason=command.reason,
        ),
    ]


def annul_suspension(command: AnnulSuspension, provider: Provider) -> list[ProviderEvent]:
    """Return the end of a suspension that was an error; it can be taken back as long as it lasts."""
    require_living(provider)
    if provider.status is not Status.SUSPENDED:
        raise refusals.ProviderNotSuspended(
            f"No suspension of {provider.named} was annulled: it is not suspended. What was lifted stays lifted."
        )

    return [ProviderSuspensionAnnulled(provider_id=command.provider_id, annulled_on=command.on, reason=command.reason)]


def name_contact(command: NameContact, provider: Provider) -> list[ProviderEvent]:
    """Return who somebody at a provider is, sealed under the pseudonym."""
    require_living(provider)
    return [contact_named(command.provider_id, command.capacity, command.contact)]


def contact_named(provider_id: str, capacity: Capacity, contact: Contact) -> ProviderContactNamed:
    """Return the naming of a contact; a designation says who it is as well as a name does."""

    def sealed(value: str) -> Sealed[str]:
        return seal(contact.subject, value)

    return ProviderContactNamed(
        provider_id=provider_id,
        capacity=capacity,
        subject=contact.subject,
        name=sealed(contact.name),
        designation=sealed(contact.designation),
        email=sealed(contact.email),
        telephone=sealed(contact.telephone) if contact.telephone else None,
    )


def details_of(source: object) -> Details:
    """Return what a provider says of itself, from whatever says it."""
    return msgspec.convert(source, Details, from_attributes=True)
