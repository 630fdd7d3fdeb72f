"""The rules about accounts: who may hold which roles together, and how long a token lasts."""

from __future__ import annotations

from typing import assert_never, get_args

from msgspec.structs import replace

from qa_platform.kernel.decider import Decider
from qa_platform.people.commands import (
    ChangeContact,
    DeactivatePerson,
    DestroySubjectKey,
    GrantRole,
    IssueToken,
    PeopleCommand,
    RegisterPerson,
    RevokeToken,
    WithdrawRole,
)
from qa_platform.people.decider.account import Account, Held, words
from qa_platform.people.decider.lifetime import change_contact, deactivate, forget, register
from qa_platform.people.decider.refusals import (
    AccountClosed,
    NothingToForget,
    OwnAdministration,
    PersonTaken,
    PersonUnknown,
    RoleNotGrantable,
    RoleNotHeld,
    RolesIncompatible,
    TokenUnacceptable,
    TokenUnknown,
)
from qa_platform.people.decider.roles import grant, withdraw
from qa_platform.people.decider.tokens import LONGEST_TOKEN_LIFE, issue, revoke
from qa_platform.people.events import (
    PeopleEvent,
    PersonCentreRoleGranted,
    PersonCentreRoleWithdrawn,
    PersonContactChanged,
    PersonDeactivated,
    PersonRegistered,
    PersonRoleGranted,
    PersonRoleWithdrawn,
    PersonTokenIssued,
    PersonTokenRevoked,
    SubjectKeyDestroyed,
)

__all__ = [
    "LONGEST_TOKEN_LIFE",
    "Account",
    "AccountClosed",
    "Held",
    "NothingToForget",
    "OwnAdministration",
    "PersonTaken",
    "PersonUnknown",
    "RoleNotGrantable",
    "RoleNotHeld",
    "RolesIncompatible",
    "TokenUnacceptable",
    "TokenUnknown",
    "decide",
    "evolve",
    "people_decider",
    "words",
]


def decide(command: PeopleCommand, account: Account) -> list[PeopleEvent]:
    """Return what follows from a command, or raise Rejected."""
    match command:
        case RegisterPerson():
            return register(command, account)
        case ChangeContact():
            return change_contact(command, account)
        case GrantRole():
            return grant(command, account)
        case WithdrawRole():
            return withdraw(command, account)
        case IssueToken():
            return issue(command, account)
        case RevokeToken():
            return revoke(command, account)
        case DeactivatePerson():
            return deactivate(command, account)
        case DestroySubjectKey():
            return forget(command, account)
        case _:
            assert_never(command)


def evolve(account: Account, event: PeopleEvent) -> Account:
    """Return the account as it stands after an event. Never refuses."""
    match event:
        case PersonRegistered():
            return replace(account, known=True, active=True)
        case PersonContactChanged():
            return account
        case PersonRoleGranted():
            return replace(account, held=account.held | {Held(event.role, event.provider_id)})
        case PersonRoleWithdrawn():
            return replace(account, held=account.held - {Held(event.role, event.provider_id)})
        case PersonCentreRoleGranted():
            return replace(account, held=account.held | {Held(event.role, None, event.centre_id)})
        case PersonCentreRoleWithdrawn():
            return replace(account, held=account.held - {Held(event.role, None, event.centre_id)})
        case PersonTokenIssued():
            return replace(account, tokens=account.tokens | {event.token_id})
        case PersonTokenRevoked():
            return replace(account, revoked=account.revoked | {event.token_id})
        case PersonDeactivated():
            return replace(account, active=False)
        case SubjectKeyDestroyed():
            return replace(account, forgotten=True)
        case _:
            assert_never(event)


def _stream(command: PeopleCommand) -> str:
    return f"person-{command.subject if isinstance(command, DestroySubjectKey) else command.person_id}"


people_decider: Decider[PeopleCommand, Account, PeopleEvent] = Decider(
    commands=get_args(PeopleCommand),
    events=get_args(PeopleEvent),
    stream=_stream,
    initial=Account(),
    decide=decide,
    evolve=evolve,
)
