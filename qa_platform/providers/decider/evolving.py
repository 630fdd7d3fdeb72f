"""A provider after each event. Never refuses."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from qa_platform.kernel.terms import Term, granted
from qa_platform.providers.decider.standing import details_of
from qa_platform.providers.decider.state import Application, Before, Provider, Stage, Status
from qa_platform.providers.events import (
    ApplicationEvent,
    ProviderApplicationFoundComplete,
    ProviderApplicationGranted,
    ProviderApplicationLapsed,
    ProviderApplicationWithdrawn,
    ProviderApplied,
    ProviderCeased,
    ProviderContactNamed,
    ProviderDetailsChanged,
    ProviderEvent,
    ProviderInformationRequested,
    ProviderInformationRequestWithdrawn,
    ProviderInformationSupplied,
    ProviderRecognised,
    ProviderRecognitionExpired,
    ProviderRecognitionWithdrawn,
    ProviderRefusalReopened,
    ProviderRefused,
    ProviderRegistered,
    ProviderReinstated,
    ProviderSuspended,
    ProviderSuspensionAnnulled,
)


def evolve(provider: Provider, event: ProviderEvent) -> Provider:
    """Return the provider as it stands after an event."""
    match event:
        case ProviderRegistered():
            return replace(provider, status=Status.REGISTERED, details=details_of(event))
        case ProviderDetailsChanged():
            return replace(provider, details=details_of(event))
        case ProviderContactNamed():
            return provider
        case ProviderRecognised():
            return _recognised(provider, event)
        case ProviderRecognitionExpired():
            return replace(provider, status=Status.EXPIRED, suspended_from=None, before=None)
        case ProviderRecognitionWithdrawn():
            return _withdrawn(provider, event)
        case ProviderSuspended():
            return replace(provider, status=Status.SUSPENDED, suspended_from=event.suspended_from)
        case ProviderReinstated() | ProviderSuspensionAnnulled():
            return replace(provider, status=Status.RECOGNISED, suspended_from=None)
        case ProviderCeased():
            return replace(provider, status=Status.CEASED)
        case ProviderApplied():
            applied = Application(
                application_id=event.application_id, stage=Stage.SUBMITTED, particulars=event.particulars
            )
            return replace(provider, application=applied)
        case _:
            if provider.application is None:
                return provider
            granting = event.application_id if isinstance(event, ProviderApplicationGranted) else None
            return replace(provider, application=_applied(provider.application, event), granting=granting)


def _recognised(provider: Provider, event: ProviderRecognised) -> Provider:
    latest = provider.application
    if latest is not None and latest.stage is Stage.REFUSED:
        latest = replace(latest, overtaken=True)
    return replace(
        provider,
        status=Status.RECOGNISED,
        terms=granted(provider.terms, Term(first=event.valid_from, last=event.valid_to)),
        before=Before(status=provider.status, terms=provider.terms, application_id=provider.granting),
        application=latest,
        granting=None,
    )


def _withdrawn(provider: Provider, event: ProviderRecognitionWithdrawn) -> Provider:
    latest = provider.application
    if latest is not None and latest.application_id == event.application_id:
        latest = replace(latest, stage=Stage.COMPLETE)
    return replace(provider, status=Status(event.standing), terms=event.terms, before=None, application=latest)


def _applied(application: Application, event: ApplicationEvent) -> Application:
    match event:
        case ProviderInformationRequested():
            return replace(
                application,
                stage=Stage.RETURNED,
                requests=event.request,
                due_on=event.due_on,
                stage_before=application.stage,
            )
        case ProviderInformationRequestWithdrawn():
            return replace(application, stage=application.stage_before, due_on=None)
        case ProviderInformationSupplied():
            return replace(application, stage=Stage.SUBMITTED, due_on=None, particulars=event.particulars)
        case ProviderApplicationFoundComplete() | ProviderRefusalReopened():
            return replace(application, stage=Stage.COMPLETE)
        case ProviderApplicationGranted():
            return replace(application, stage=Stage.GRANTED)
        case ProviderRefused():
            return replace(application, stage=Stage.REFUSED)
        case ProviderApplicationWithdrawn():
            return replace(application, stage=Stage.WITHDRAWN)
        case ProviderApplicationLapsed():
            return replace(application, stage=Stage.LAPSED)
        case ProviderApplied():
            return application
        case _:
            assert_never(event)
