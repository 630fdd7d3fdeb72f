"""The rules about an account as a whole: opened, changed, closed, forgotten."""

from __future__ import annotations

from qa_platform.kernel.roles import Role
from qa_platform.kernel.sealed import seal
from qa_platform.people.commands import ChangeContact, DeactivatePerson, DestroySubjectKey, RegisterPerson
from qa_platform.people.decider.account import Account, require_known, require_open, sealed
from qa_platform.people.decider.refusals import NothingToForget, OwnAdministration, PersonTaken
from qa_platform.people.events import (
    PeopleEvent,
    PersonContactChanged,
    PersonDeactivated,
    PersonRegistered,
    SubjectKeyDestroyed,
)


def register(command: RegisterPerson, account: Account) -> list[PeopleEvent]:
    """Return the account that is opened; raise PersonTaken."""
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
            telephone=sealed(command.person_id, command.telephone),
            simulated=command.simulated,
        )
    ]


def change_contact(command: ChangeContact, account: Account) -> list[PeopleEvent]:
    """Return what is now known of how to reach a person."""
    require_open(command.person_id, account)

    return [
        PersonContactChanged(
            person_id=command.person_id,
            name=seal(command.person_id, command.name),
            email=seal(command.person_id, command.email),
            telephone=sealed(command.person_id, command.telephone),
        )
    ]


def deactivate(command: DeactivatePerson, account: Account) -> list[PeopleEvent]:
    """Return that the account is closed; raise OwnAdministration."""
    require_known(command.person_id, account)
    if Role.ADMINISTRATOR in account.roles and command.asked_by == command.person_id:
        raise OwnAdministration(
            "Your account was not closed: no administrator closes his own, so that one is always left. "
            "Ask another administrator."
        )

    if not account.active:
        return []
    remark = sealed(command.person_id, command.remark)
    return [PersonDeactivated(person_id=command.person_id, reason=command.reason, remark=remark)]


def forget(command: DestroySubjectKey, account: Account) -> list[PeopleEvent]:
    """Return that a person's keys are gone, and the account with them; raise NothingToForget."""
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
