"""For which days a provider is recognised: given, run out, and taken back."""

from __future__ import annotations

from datetime import date, timedelta

from qa_platform.kernel.months import months_after
from qa_platform.kernel.terms import Term
from qa_platform.providers.commands import ExpireRecognition, GrantApplication, RecogniseProvider, WithdrawRecognition
from qa_platform.providers.decider import refusals
from qa_platform.providers.decider.guards import refuse_while_open, require_living
from qa_platform.providers.decider.state import Provider, Status
from qa_platform.providers.events import (
    ProviderEvent,
    ProviderRecognised,
    ProviderRecognitionExpired,
    ProviderRecognitionWithdrawn,
    Standing,
)

_STANDINGS: dict[Status, Standing] = {
    Status.REGISTERED: "registered",
    Status.RECOGNISED: "recognised",
    Status.EXPIRED: "expired",
}


def recognise(command: RecogniseProvider, provider: Provider) -> list[ProviderEvent]:
    """Return a recognition that rests on no application; none while one is under way."""
    require_living(provider)
    refuse_while_open(provider, "was not recognised")
    if not provider.details.registration_number or provider.details.kind == "unknown":
        raise refusals.DetailsIncomplete(
            f"{provider.named} was not recognised: its registration number or its kind is not known. "
            "Complete its details, then recognise it."
        )
    return term_of(command, provider, command.valid_from)


def term_of(command: RecogniseProvider | GrantApplication, provider: Provider, valid_from: date) -> list[ProviderEvent]:
    """Return the recognition for a term that is no longer than the agency gives; nothing if it stands already."""
    if provider.status is Status.SUSPENDED:
        raise refusals.ProviderIsSuspended(
            f"{provider.named} was not recognised: it is suspended. Lift the suspension, then recognise it."
        )
    latest = months_after(valid_from, command.recognition_months) - timedelta(days=1)
    valid_to = command.valid_to or latest
    if not valid_from <= valid_to <= latest:
        raise refusals.TermUnacceptable(
            f"{provider.named} was not recognised: from {valid_from} recognition lasts "
            f"until {latest} at most, and not until {valid_to}. Choose another last day."
        )

    if provider.terms[-1:] == (Term(first=valid_from, last=valid_to),):
        return []
    return [ProviderRecognised(provider_id=command.provider_id, valid_from=valid_from, valid_to=valid_to)]


def expire(command: ExpireRecognition, provider: Provider) -> list[ProviderEvent]:
    """Return the end of a recognition that ran out, and ends a suspension with it."""
    if provider.status is Status.EXPIRED:
        return []
    require_living(provider)
    if provider.last_day is None or command.on <= provider.last_day:
        until = (
            "it is not recognised" if provider.last_day is None else f"it lasts until the end of {provider.last_day}"
        )
        raise refusals.RecognitionNotOver(f"The recognition of {provider.named} did not expire: {until}.")

    return [ProviderRecognitionExpired(provider_id=command.provider_id, valid_to=provider.last_day)]


def withdraw_recognition(command: WithdrawRecognition, provider: Provider) -> list[ProviderEvent]:
    """Return the taking back of the latest recognition, which can be done until something rests on it."""
    require_living(provider)
    before = provider.before
    if provider.status is not Status.RECOGNISED or before is None:
        raise refusals.RecognitionStands(
            f"No recognition of {provider.named} was taken back: only the latest one can be, while it runs and is "
            "not suspended. Suspend the provider, or lift its suspension first."
        )
    if command.lodged:
        raise refusals.RecognitionStands(
            f"The recognition of {provider.named} was not taken back: courses were lodged under it "
            f"({command.lodged}), and those rest on it. Suspend the provider instead."
        )

    own = provider.application
    granted_on_it = own is not None and own.application_id == before.application_id
    return [
        ProviderRecognitionWithdrawn(
            provider_id=command.provider_id,
            withdrawn_on=command.on,
            reason=command.reason,
            standing=_STANDINGS[before.status],
            terms=before.terms,
            application_id=before.application_id if granted_on_it else None,
        )
    ]
