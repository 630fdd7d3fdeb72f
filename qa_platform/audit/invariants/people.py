"""Accounts: roles that one person may not hold together, and nobody who acts after he is gone."""

from __future__ import annotations

from typing import Any

import msgspec

from qa_platform.audit.invariants.invariant import Found, Ground, Invariant, OfStreams, at
from qa_platform.kernel.event import Recorded
from qa_platform.people.commands import GrantRole
from qa_platform.people.decider import Account, RolesIncompatible, decide, evolve
from qa_platform.people.events import (
    PersonCentreRoleGranted,
    PersonContactChanged,
    PersonRegistered,
    PersonRoleGranted,
    PersonTokenIssued,
)

_GRANTED = (PersonRoleGranted, PersonCentreRoleGranted)
_FOR_OPEN_ACCOUNTS = (PersonContactChanged, *_GRANTED, PersonTokenIssued)


def _roles(events: list[Recorded[Any]], _ground: Ground) -> Found:
    account = Account()
    for recorded in _of_a_person(events):
        if isinstance(recorded.event, _GRANTED) and _excluded(recorded.event, account):
            yield at(recorded, f"“{recorded.event.role}” was granted to somebody who holds a role that excludes it")
        account = evolve(account, recorded.event)


def _excluded(event: PersonRoleGranted | PersonCentreRoleGranted, account: Account) -> bool:
    # The rules themselves know who may not be the same person; an account that is closed is another matter.
    try:
        decide(
            GrantRole(
                person_id=event.person_id,
                role=event.role,
                provider_id=getattr(event, "provider_id", None),
                centre_id=getattr(event, "centre_id", None),
            ),
            msgspec.structs.replace(account, known=True, active=True),
        )
    except RolesIncompatible:
        return True
    return False


def _open(events: list[Recorded[Any]], _ground: Ground) -> Found:
    account = Account()
    for recorded in _of_a_person(events):
        if isinstance(recorded.event, _FOR_OPEN_ACCOUNTS) and not account.active:
            yield at(recorded, "something was granted or written under an account that was closed, or never opened")
        if isinstance(recorded.event, PersonRegistered) and (account.known or account.forgotten):
            yield at(recorded, "the pseudonym was in use, or was erased")
        account = evolve(account, recorded.event)


def _of_a_person(events: list[Recorded[Any]]) -> list[Recorded[Any]]:
    return events if events[0].stream.startswith("person-") else []


PEOPLE = (
    Invariant(
        "people.roles-apart",
        "Nobody was granted a role that excludes one he held; who scores does not decide, who decides hears no appeal.",
        OfStreams(_roles),
    ),
    Invariant(
        "people.open-accounts-only",
        "Nothing is granted under an account that is closed, and an erased pseudonym is never used again.",
        OfStreams(_open),
    ),
)
