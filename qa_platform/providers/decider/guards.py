"""What several rules about providers ask first."""

from __future__ import annotations

from qa_platform.providers.decider import refusals
from qa_platform.providers.decider.state import OPEN, Application, Provider, Stage, Status

_SAID = {
    Stage.SUBMITTED: "it is being checked by intake",
    Stage.RETURNED: "it is waiting for the provider's answer",
    Stage.COMPLETE: "it lies before the register officer",
    Stage.GRANTED: "it was granted",
    Stage.REFUSED: "it was refused",
    Stage.WITHDRAWN: "it was withdrawn",
    Stage.LAPSED: "it was not answered in time, and is deemed withdrawn",
}


def require_living(provider: Provider) -> None:
    """Refuse where there is no such provider, or no longer."""
    if provider.status is Status.UNKNOWN:
        raise refusals.ProviderUnknown("Nothing was changed: no such provider is registered. Register it first.")
    if provider.status is Status.CEASED:
        raise refusals.ProviderGone(
            f"Nothing was changed: {provider.named} has ceased. Register its successor as a provider of its own."
        )


def refuse_while_open(provider: Provider, what: str) -> None:
    """Refuse while an application of the provider is under way."""
    if provider.application is not None and provider.application.stage in OPEN:
        raise refusals.ApplicationOpen(
            f"{provider.named} {what}: an application of it is under way, and {_SAID[provider.application.stage]}. "
            "Bring that one to its end first."
        )


def application_at(provider: Provider, application_id: str, stages: frozenset[Stage], what: str) -> Application:
    """Return the provider's latest application if it is at one of these stages; refuse otherwise."""
    require_living(provider)
    application = provider.application
    if application is None or application.application_id != application_id:
        raise refusals.ApplicationUnknown(
            f"Nothing was changed: “{application_id}” is not the latest application of {provider.named}. "
            "Look up what it applied for."
        )
    if application.stage not in stages:
        raise refusals.ApplicationNotThere(
            f"The application of {provider.named} {what}: {_SAID[application.stage]}. Look at it again."
        )
    return application
