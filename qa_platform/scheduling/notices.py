"""Tell people what has happened: each event that the catalogue knows makes its notices, once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import Role, system
from qa_platform.ledger.ledger import Also, Ledger
from qa_platform.ledger.sequencer import drain
from qa_platform.ledger.subscription import Subscription
from qa_platform.notices.commands import ComposeNotice
from qa_platform.notices.decider import letter_id_of, notice_id_of
from qa_platform.notices.events import Fact
from qa_platform.notices.read_model import holders_of, readers_by_id
from qa_platform.processes.notices import CATALOGUE, Known, Telling, To, fold_known, tellings

SUBSCRIBER = "notices"
ACTOR = system(SUBSCRIBER)

# A new version of the standard is told to hundreds: they are written in bites.
_TOGETHER = 100


def tell(ledger: Ledger, recorded: Iterable[Recorded[Any]], guard: Also) -> int:
    """Compose what these events tell; return how many notices were asked for.

    `guard` runs in the transaction of each effect and ends it when telling is in other hands. An
    event that comes again asks for notices that are there, for their ids follow from it.
    """
    count = 0
    for event in recorded:
        if type(event.event) not in CATALOGUE:
            continue
        commands = composed(ledger, event)
        count += len(commands)
        for start in range(0, len(commands), _TOGETHER):
            ledger.execute_together(commands[start : start + _TOGETHER], actor=ACTOR, cause=event.id, also=guard)
    return count


def composed(ledger: Ledger, event: Recorded[Any]) -> list[ComposeNotice]:
    """Return the notices of one event, a command for each person who is told."""
    known = Known()
    if event.case_id is not None:
        # What came later is told by its own notices: this one says what was known then.
        known = fold_known(ledger.read_case(event.case_id, until_position=event.position))
    told = tellings(event, known)
    with ledger.reading() as connection:
        return [command for telling in told for command in _of(connection, event, telling)]


def _of(connection: Connection, event: Recorded[Any], telling: Telling) -> list[ComposeNotice]:
    people: dict[str, tuple[Role | None, str | None]] = {}
    for to in telling.to:
        for person_id in _resolved(connection, to, telling.apart):
            # Whoever holds two of the roles is told once, in the first of them.
            people.setdefault(person_id, (to.role, to.provider_id))
    return [
        ComposeNotice(
            notice_id=notice_id_of(event.id, telling.kind, person_id),
            letter_id=letter_id_of(event.id, telling.kind),
            kind=telling.kind,
            person_id=person_id,
            role=role,
            provider_id=provider_id,
            about=event.case_id,
            cause_id=event.id,
            facts=tuple(Fact(name, value) for name, value in telling.facts),
            due_on=telling.due_on,
        )
        for person_id, (role, provider_id) in people.items()
    ]


def _resolved(connection: Connection, to: To, apart: frozenset[str]) -> list[str]:
    if to.person_id is not None:
        return sorted(readers_by_id(connection, [to.person_id]))
    if to.role is None:
        return []
    held = holders_of(connection, to.role, to.provider_id)
    return [reader.person_id for reader in held if reader.person_id not in apart]


def follow(ledger: Ledger, subscription: Subscription) -> int:
    """Handle the next page of events; return how many it held."""

    def handle(_connection: Connection, recorded: list[Recorded[Any]]) -> None:
        tell(ledger, recorded, subscription.check)

    return subscription.step(handle, page=50)


def settle(ledger: Ledger, owner: str = "settling") -> None:
    """Tell until nothing is left to tell, in the process that calls it; for a demo or a test alone."""
    subscription = Subscription(ledger, SUBSCRIBER, owner, lease_seconds=600)
    drain(ledger.engine)
    while follow(ledger, subscription):
        drain(ledger.engine)
    subscription.release()
