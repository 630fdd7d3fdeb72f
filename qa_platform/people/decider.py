"""The rules about accounts: who may hold which roles together, and how long a token lasts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import assert_never, get_args

import msgspec
from msgspec.structs import replace

from qa_platform.kernel.decider import Decider
from qa_platform.kernel.rejected import Missing, Rejected
from qa_platform.kernel.roles import PROVIDER_ROLES, Role
from qa_platform.kernel.sealed import Sealed, seal
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
from qa_platform.people.events import (
    PeopleEvent,
    PersonContactChanged,
    PersonDeactivated,
    PersonRegistered,
    PersonRoleGranted,
    PersonRoleWithdrawn,
    PersonTokenIssued,
    PersonTokenRevoked,
    SubjectKeyDestroyed,
)

# A token that nobody renews for a year is one that nobody looks after.
LONGEST_TOKEN_LIFE = timedelta(days=366)

_SCORING = frozenset({Role.REVIEWER, Role.LEAD_REVIEWER})

# Who may not be the same person: the intake officer does not score, the reviewer does not decide,
# nobody from the decision sits on the appeal, and the auditor, who sees every score, gives none.
_SEPARATED: tuple[tuple[frozenset[Role], frozenset[Role]], ...] = (
    (frozenset({Role.INTAKE_OFFICER}), _SCORING),
    (_SCORING, frozenset({Role.COMMITTEE_MEMBER})),
    (frozenset({Role.COMMITTEE_MEMBER}), frozenset({Role.APPEALS_MEMBER})),
    (frozenset({Role.AUDITOR}), _SCORING),
    (PROVIDER_ROLES, frozenset(Role) - PROVIDER_ROLES),
)


class Held(msgspec.Struct, frozen=True, order=True):
    """A role as one person holds it: the roles of a provider are held for that provider."""

    role: Role
    provider_id: str | None


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules ask of an account."""

    known: bool = False
    active: bool = False
    forgotten: bool = False
    held: frozenset[Held] = frozenset()
    tokens: frozenset[str] = frozenset()
    revoked: frozenset[str] = frozenset()

    @property
    def roles(self) -> frozenset[Role]:
        """Return the roles, whichever provider they are for."""
        return frozenset(held.role for held in self.held)


class PersonUnknown(Missing):
    """No account stands under this pseudonym."""


class PersonTaken(Rejected):
    """An account stands under this pseudonym already, or stood there and was erased."""


class AccountClosed(Rejected):
    """The account was deactivated."""


class RoleNotGrantable(Rejected):
    """The role cannot be given like this: it is nobody's to hold, or its provider is missing or too much."""


class RolesIncompatible(Rejected):
    """One person may not hold these two roles."""


class RoleNotHeld(Rejected):
    """The person does not hold the role."""


class OwnAdministration(Rejected):
    """An administrator may not shut himself out: he could be the last."""


class TokenUnacceptable(Rejected):
    """The token would do nothing, or for too long."""


class TokenUnknown(Missing):
    """The person has no such token."""


class NothingToForget(Rejected):
    """Nothing is sealed under this pseudonym."""


def decide(command: PeopleCommand, account: Account) -> list[PeopleEvent]:
    """Return what follows from a command, or raise Rejected."""
    match command:
        case RegisterPerson():
            return _register(command, account)
        case ChangeContact():
            return _change_contact(command, account)
        case GrantRole():
            return _grant(command, account)
        case WithdrawRole():
            return _withdraw(command, account)
        case IssueToken():
            return _issue(command, account)
        case RevokeToken():
            return _revoke(command, account)
        case DeactivatePerson():
            return _deactivate(command, account)
        case DestroySubjectKey():
            return _forget(command, account)
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


def _register(command: RegisterPerson, account: Account) -> list[PeopleEvent]:
    if account.known or account.forgotten:
        raise PersonTaken(
            f"The person was not registered: the pseudonym “{command.person_id}” is in use or was erased. "
            "Register again under a new one."
        )

    return [
        PersonRegistered(
            person_id=command.person_id,
            name=seal(command.person_id, command.name),
            email=seal(command.person_id, command.email),
            telephone=_sealed(command.person_id, command.telephone),
            simulated=command.simulated,
        )
    ]


def _change_contact(command: ChangeContact, account: Account) -> list[PeopleEvent]:
    _require_open(command.person_id, account)

    return [
        PersonContactChanged(
            person_id=command.person_id,
            name=seal(command.person_id, command.name),
            email=seal(command.person_id, command.email),
            telephone=_sealed(command.person_id, command.telephone),
        )
    ]


def _grant(command: GrantRole, account: Account) -> list[PeopleEvent]:
    _require_open(command.person_id, account)
    _require_grantable(command)
    _require_compatible(command.role, account.roles)

    if Held(command.role, command.provider_id) in account.held:
        return []
    return [PersonRoleGranted(person_id=command.person_id, role=command.role, provider_id=command.provider_id)]


def _withdraw(command: WithdrawRole, account: Account) -> list[PeopleEvent]:
    _require_known(command.person_id, account)
    if Held(command.role, command.provider_id) not in account.held:
        raise RoleNotHeld(
            f"The role “{words(command.role)}” was not withdrawn: this person does not hold it{_for(command)}. "
            "Look at the roles of the account."
        )
    if command.role is Role.ADMINISTRATOR and command.asked_by == command.person_id:
        raise OwnAdministration(
            "Your role “administrator” was not withdrawn: nobody withdraws his own, so that one is always left. "
            "Ask another administrator."
        )

    return [
        PersonRoleWithdrawn(
            person_id=command.person_id,
            role=command.role,
            provider_id=command.provider_id,
            reason=command.reason,
            remark=_sealed(command.person_id, command.remark),
        )
    ]


def _issue(command: IssueToken, account: Account) -> list[PeopleEvent]:
    _require_open(command.person_id, account)
    if command.token_id in account.tokens:
        raise TokenUnacceptable("No token was issued: its id is in use already. Ask again for a new one.")
    if not command.scopes:
        raise TokenUnacceptable("No token was issued: it would have no scope. Choose “read”, “write” or both.")
    if not command.issued_at < command.expires_at <= command.issued_at + LONGEST_TOKEN_LIFE:
        raise TokenUnacceptable(
            f"No token was issued: it must expire later than now, and within {LONGEST_TOKEN_LIFE.days} days. "
            "Choose another expiry."
        )
    _require_held(command.roles, account)
    _require_passable(command, account)

    return [
        PersonTokenIssued(
            person_id=command.person_id,
            token_id=command.token_id,
            digest=command.digest,
            label=seal(command.person_id, command.label),
            scopes=tuple(sorted(set(command.scopes))),
            roles=tuple(sorted(set(command.roles))),
            expires_at=command.expires_at,
        )
    ]


def _revoke(command: RevokeToken, account: Account) -> list[PeopleEvent]:
    _require_known(command.person_id, account)
    if command.token_id not in account.tokens:
        raise TokenUnknown(
            f"No token was revoked: this person has none with the id “{command.token_id}”. "
            "Look at the tokens of the account."
        )

    if command.token_id in account.revoked:
        return []
    return [PersonTokenRevoked(person_id=command.person_id, token_id=command.token_id, reason=command.reason)]


def _deactivate(command: DeactivatePerson, account: Account) -> list[PeopleEvent]:
    _require_known(command.person_id, account)
    if Role.ADMINISTRATOR in account.roles and command.asked_by == command.person_id:
        raise OwnAdministration(
            "Your account was not closed: no administrator closes his own, so that one is always left. "
            "Ask another administrator."
        )

    if not account.active:
        return []
    remark = _sealed(command.person_id, command.remark)
    return [PersonDeactivated(person_id=command.person_id, reason=command.reason, remark=remark)]


def _forget(command: DestroySubjectKey, account: Account) -> list[PeopleEvent]:
    # Data sealed for another purpose after an erasure has a key of its own, which may go too.
    if not command.fingerprints and account.forgotten:
        return []
    if not command.fingerprints:
        raise NothingToForget(
            f"Nothing was erased: no personal data are sealed under “{command.subject}”. Check the pseudonym."
        )

    destroyed = SubjectKeyDestroyed(
        subject=command.subject,
        purpose=command.purpose,
        fingerprints=command.fingerprints,
        legal_basis=command.legal_basis,
        reason=command.reason,
    )
    if not account.active:
        return [destroyed]
    # Nobody acts under an account whose holder cannot be named any more.
    return [PersonDeactivated(person_id=command.subject, reason="erased", remark=None), destroyed]


def _require_known(person_id: str, account: Account) -> None:
    if not account.known:
        raise PersonUnknown(f"Nothing was changed: no account stands under “{person_id}”. Register the person first.")


def _require_open(person_id: str, account: Account) -> None:
    _require_known(person_id, account)
    if not account.active:
        raise AccountClosed(
            f"Nothing was changed: the account “{person_id}” is closed. Register the person anew if he is back."
        )


def _require_grantable(command: GrantRole) -> None:
    if command.role in (Role.PUBLIC, Role.SYSTEM):
        raise RoleNotGrantable(
            f"The role was not granted: “{words(command.role)}” is not held by people. Choose another."
        )
    if command.role in PROVIDER_ROLES and command.provider_id is None:
        raise RoleNotGrantable(
            f"The role was not granted: “{words(command.role)}” is held for one provider. Name the provider."
        )
    if command.role not in PROVIDER_ROLES and command.provider_id is not None:
        raise RoleNotGrantable(
            f"The role was not granted: “{words(command.role)}” is held for the agency, not for a provider. "
            "Leave the provider out."
        )


def _require_compatible(role: Role, held: Iterable[Role]) -> None:
    for other in sorted(held):
        if any((role in one and other in two) or (role in two and other in one) for one, two in _SEPARATED):
            raise RolesIncompatible(
                f"The role was not granted: one person may not be both “{words(role)}” and “{words(other)}”. "
                f"Withdraw “{words(other)}” first, or choose another person."
            )


def _require_held(roles: Iterable[Role], account: Account) -> None:
    for role in sorted(set(roles) - account.roles):
        raise RoleNotHeld(
            f"No token was issued: this person does not hold the role “{words(role)}”. "
            "Grant it first, or leave it out of the token."
        )


def _require_passable(command: IssueToken, account: Account) -> None:
    # Otherwise a token limited to one role could make itself a token for all of them.
    if command.within and not set(command.roles or account.roles) <= set(command.within):
        raise TokenUnacceptable(
            "No token was issued: it would open more roles than the token you ask with. "
            f"Limit it to {', '.join(f'“{words(role)}”' for role in sorted(command.within))}."
        )


def _sealed(person_id: str, value: str | None) -> Sealed[str] | None:
    return None if value is None else seal(person_id, value)


def words(role: Role) -> str:
    """Return a role as people say it."""
    return role.value.replace("_", " ")


def _for(command: WithdrawRole) -> str:
    return "" if command.provider_id is None else f" for the provider “{command.provider_id}”"


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
