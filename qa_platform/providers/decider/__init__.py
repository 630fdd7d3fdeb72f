"""The rules about providers: who asks to be recognised, when one is recognised, and when it may not be."""

from __future__ import annotations

from typing import assert_never, get_args

from qa_platform.kernel.decider import Decider
from qa_platform.providers.commands import (
    AnnulSuspension,
    ApplyForRecognition,
    CeaseProvider,
    ChangeDetails,
    ExpireRecognition,
    FindComplete,
    GrantApplication,
    LapseApplication,
    NameContact,
    ProviderCommand,
    RecogniseProvider,
    RefuseApplication,
    RegisterProvider,
    ReinstateProvider,
    ReopenRefusal,
    RequestInformation,
    SupplyInformation,
    SuspendProvider,
    WithdrawApplication,
    WithdrawInformationRequest,
    WithdrawRecognition,
)
from qa_platform.providers.decider import applications, recognition, standing
from qa_platform.providers.decider.evolving import evolve
from qa_platform.providers.decider.state import OPEN, Provider, Stage, Status, name_key
from qa_platform.providers.events import ProviderEvent

__all__ = ["OPEN", "Provider", "Stage", "Status", "decide", "evolve", "name_key", "provider_decider"]


def decide(command: ProviderCommand, provider: Provider) -> list[ProviderEvent]:  # noqa: C901, PLR0912 -- one line a command
    """Return what follows from a command, or raise Rejected."""
    match command:
        case RegisterProvider():
            return standing.register(command, provider)
        case ChangeDetails():
            return standing.change(command, provider)
        case NameContact():
            return standing.name_contact(command, provider)
        case RecogniseProvider():
            return recognition.recognise(command, provider)
        case ExpireRecognition():
            return recognition.expire(command, provider)
        case WithdrawRecognition():
            return recognition.withdraw_recognition(command, provider)
        case SuspendProvider():
            return standing.suspend(command, provider)
        case ReinstateProvider():
            return standing.reinstate(command, provider)
        case AnnulSuspension():
            return standing.annul_suspension(command, provider)
        case CeaseProvider():
            return standing.cease(command, provider)
        case ApplyForRecognition():
            return applications.apply(command, provider)
        case RequestInformation():
            return applications.request(command, provider)
        case WithdrawInformationRequest():
            return applications.withdraw_request(command, provider)
        case SupplyInformation():
            return applications.supply(command, provider)
        case FindComplete():
            return applications.find_complete(command, provider)
        case GrantApplication():
            return applications.grant(command, provider)
        case RefuseApplication():
            return applications.refuse(command, provider)
        case ReopenRefusal():
            return applications.reopen(command, provider)
        case WithdrawApplication():
            return applications.withdraw(command, provider)
        case LapseApplication():
            return applications.lapse(command, provider)
        case _:
            assert_never(command)


provider_decider: Decider[ProviderCommand, Provider, ProviderEvent] = Decider(
    commands=get_args(ProviderCommand),
    events=get_args(ProviderEvent),
    stream=lambda command: f"provider-{command.provider_id}",
    initial=Provider(),
    decide=decide,
    evolve=evolve,
)
