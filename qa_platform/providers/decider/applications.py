"""The rules about an application for recognition: who holds it, what is asked, and how it ends."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import asdict

from qa_platform.kernel.months import months_after
from qa_platform.kernel.rejected import Fault
from qa_platform.providers.commands import (
    ApplyForRecognition,
    FindComplete,
    GrantApplication,
    LapseApplication,
    RefuseApplication,
    ReopenRefusal,
    RequestInformation,
    SupplyInformation,
    WithdrawApplication,
    WithdrawInformationRequest,
)
from qa_platform.providers.decider import refusals
from qa_platform.providers.decider.guards import application_at, refuse_while_open, require_living
from qa_platform.providers.decider.particulars import refuse_faults
from qa_platform.providers.decider.recognition import term_of
from qa_platform.providers.decider.standing import contact_named, details_of
from qa_platform.providers.decider.state import OPEN, Provider, Stage, Status
from qa_platform.providers.events import (
    ProviderApplicationFoundComplete,
    ProviderApplicationGranted,
    ProviderApplicationLapsed,
    ProviderApplicationWithdrawn,
    ProviderApplied,
    ProviderDetailsChanged,
    ProviderEvent,
    ProviderInformationRequested,
    ProviderInformationRequestWithdrawn,
    ProviderInformationSupplied,
    ProviderRefusalReopened,
    ProviderRefused,
    Purpose,
)

_RETURNED = frozenset({Stage.RETURNED})
_COMPLETE = frozenset({Stage.COMPLETE})


def apply(command: ApplyForRecognition, provider: Provider) -> list[ProviderEvent]:
    """Return an application, and who leads the provider and speaks for it."""
    require_living(provider)
    refuse_while_open(provider, "did not apply anew")
    if provider.status is Status.SUSPENDED:
        raise refusals.ProviderIsSuspended(
            f"{provider.named} did not apply: it is suspended. Have the suspension lifted, then apply."
        )
    _refuse_early(command, provider)
    refuse_faults(command.particulars, command.on, "did not apply")

    return [
        ProviderApplied(
            provider_id=command.provider_id,
            application_id=command.application_id,
            purpose=_purpose(provider),
            applied_on=command.on,
            answer_due_on=command.answer_due_on,
            particulars=command.particulars,
        ),
        contact_named(command.provider_id, "chief_executive", command.chief_executive),
        contact_named(command.provider_id, "liaison_officer", command.liaison_officer),
    ]


def request(command: RequestInformation, provider: Provider) -> list[ProviderEvent]:
    """Return a request for information; whatever else the agency wants to know is asked after the answer."""
    application = application_at(provider, command.application_id, OPEN - _RETURNED, "was not sent back")
    if not command.faults and not command.remark:
        raise refusals.RequestWithoutContent(
            f"{provider.named} was asked for nothing: the request says nothing. Name a field, or write a remark."
        )
    if command.due_on <= command.on:
        raise refusals.RequestDateNotAhead(
            f"{provider.named} was asked for nothing: {command.due_on} leaves no time. Choose a later day.",
            (Fault("due_on", "Choose a later day."),),
        )

    return [
        ProviderInformationRequested(
            provider_id=command.provider_id,
            application_id=command.application_id,
            request=application.requests + 1,
            faults=command.faults,
            remark=command.remark,
            requested_on=command.on,
            due_on=command.due_on,
        )
    ]


def withdraw_request(command: WithdrawInformationRequest, provider: Provider) -> list[ProviderEvent]:
    """Return the taking back of a request, which can be done until it is answered or its time is over."""
    application = application_at(provider, command.application_id, _RETURNED, "was not taken back from the provider")
    _refuse_late(command, provider, "The request for information was not taken back")

    return [
        ProviderInformationRequestWithdrawn(
            provider_id=command.provider_id,
            application_id=command.application_id,
            request=application.requests,
            reason=command.reason,
            answer_due_on=command.answer_due_on,
        )
    ]


def supply(command: SupplyInformation, provider: Provider) -> list[ProviderEvent]:
    """Return the provider's answer, which is in time until the end of the day that was set."""
    application = application_at(provider, command.application_id, _RETURNED, "was not completed")
    _refuse_late(command, provider, "The answer was not taken")
    particulars = command.particulars or application.particulars
    refuse_faults(particulars, command.on, "did not answer")

    return [
        ProviderInformationSupplied(
            provider_id=command.provider_id,
            application_id=command.application_id,
            request=application.requests,
            answer=command.answer,
            particulars=particulars,
            supplied_on=command.on,
            answer_due_on=command.answer_due_on,
        )
    ]


def find_complete(command: FindComplete, provider: Provider) -> list[ProviderEvent]:
    """Return that intake lacks nothing."""
    stages = frozenset({Stage.SUBMITTED, Stage.COMPLETE})
    application = application_at(provider, command.application_id, stages, "was not found complete")
    if application.stage is Stage.COMPLETE:
        return []

    return [
        ProviderApplicationFoundComplete(
            provider_id=command.provider_id, application_id=command.application_id, found_on=command.on
        )
    ]


def grant(command: GrantApplication, provider: Provider) -> list[ProviderEvent]:
    """Return a recognition, with the details in the register as the application tells them."""
    application = application_at(provider, command.application_id, _COMPLETE, "was not granted")
    follows = provider.last_day if provider.status is Status.RECOGNISED else None
    usual = command.on if follows is None else max(command.on, follows + timedelta(days=1))
    valid_from = command.valid_from or usual
    if valid_from < command.on:
        raise refusals.TermUnacceptable(
            f"{provider.named} was not recognised: {valid_from} has passed, and nobody is recognised for days gone by. "
            "Choose today, or a later day."
        )
    recognised = term_of(command, provider, valid_from)
    if not recognised:
        raise refusals.TermUnacceptable(
            f"{provider.named} was not recognised: it is for those very days already. Choose others."
        )

    granted = ProviderApplicationGranted(
        provider_id=command.provider_id, application_id=command.application_id, granted_on=command.on
    )
    details = details_of(application.particulars)
    changed = [] if details == provider.details else [_changed(command.provider_id, asdict(details))]
    return [granted, *changed, *recognised]


def refuse(command: RefuseApplication, provider: Provider) -> list[ProviderEvent]:
    """Return the refusal of an application, with its grounds."""
    application_at(provider, command.application_id, _COMPLETE, "was not refused")

    return [
        ProviderRefused(
            provider_id=command.provider_id,
            application_id=command.application_id,
            refused_on=command.on,
            grounds=command.grounds,
            reasons=command.reasons,
        )
    ]


def reopen(command: ReopenRefusal, provider: Provider) -> list[ProviderEvent]:
    """Return the taking back of a refusal, which can be done until the provider applied anew or was recognised."""
    require_living(provider)
    application = provider.application
    if application is None or application.application_id != command.application_id:
        raise refusals.RefusalStands(
            f"The refusal of {provider.named} was not taken back: a new application followed it. Decide on that one."
        )
    application_at(provider, command.application_id, frozenset({Stage.REFUSED}), "was not reopened")
    if application.overtaken:
        raise refusals.RefusalStands(
            f"The refusal of {provider.named} was not taken back: it was recognised since. There is no need to."
        )

    return [
        ProviderRefusalReopened(
            provider_id=command.provider_id,
            application_id=command.application_id,
            reopened_on=command.on,
            reason=command.reason,
            answer_due_on=command.answer_due_on,
        )
    ]


def withdraw(command: WithdrawApplication, provider: Provider) -> list[ProviderEvent]:
    """Return the withdrawal of an application that was not decided on yet."""
    stages = OPEN | {Stage.WITHDRAWN}
    application = application_at(provider, command.application_id, stages, "was not withdrawn")
    if application.stage is Stage.WITHDRAWN:
        return []

    return [
        ProviderApplicationWithdrawn(
            provider_id=command.provider_id, application_id=command.application_id, reason=command.reason
        )
    ]


def lapse(command: LapseApplication, provider: Provider) -> list[ProviderEvent]:
    """Return that an application is deemed withdrawn; what is due today is not overdue."""
    application = application_at(
        provider, command.application_id, frozenset({Stage.RETURNED, Stage.LAPSED}), "did not lapse"
    )
    if application.stage is Stage.LAPSED or application.due_on is None:
        return []
    if command.on <= application.due_on:
        raise refusals.RequestNotOverdue(
            f"The application of {provider.named} did not lapse: there is time until the end of {application.due_on}."
        )

    return [
        ProviderApplicationLapsed(
            provider_id=command.provider_id, application_id=command.application_id, due_on=application.due_on
        )
    ]


def _refuse_early(command: ApplyForRecognition, provider: Provider) -> None:
    if provider.status is not Status.RECOGNISED or provider.last_day is None:
        return
    opens = months_after(provider.last_day, -command.renewal_months)
    if command.on < opens:
        raise refusals.RenewalTooEarly(
            f"{provider.named} did not apply: it is recognised until {provider.last_day}, and a renewal is taken from "
            f"{opens} on. Apply then."
        )


def _refuse_late(command: WithdrawInformationRequest | SupplyInformation, provider: Provider, what: str) -> None:
    due_on = provider.application.due_on if provider.application else None
    if due_on is not None and command.on > due_on:
        raise refusals.RequestOverdue(
            f"{what}: its time was over on {due_on}, and the application of {provider.named} is deemed withdrawn. "
            "A fresh application can be made."
        )


def _purpose(provider: Provider) -> Purpose:
    if provider.status is Status.RECOGNISED:
        return "renewal"
    return "again" if provider.terms else "first"


def _changed(provider_id: str, details: dict[str, object]) -> ProviderDetailsChanged:
    return ProviderDetailsChanged(provider_id=provider_id, **details)  # type: ignore[arg-type]  # the fields are the same
