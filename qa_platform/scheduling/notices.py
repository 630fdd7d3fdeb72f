"""Tell people what has happened: each event that the catalogue knows makes its notices, once."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import Any, get_args
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from qa_platform.decisions.events import MeetingEvent
from qa_platform.kernel.event import Recorded
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import Role, system
from qa_platform.ledger.ledger import Also, Ledger, StreamMoved
from qa_platform.ledger.sequencer import drain
from qa_platform.ledger.subscription import Subscription
from qa_platform.notices.commands import ComposeNotice, NoticeCommand
from qa_platform.notices.decider import letter_id_of, notice_id_of
from qa_platform.notices.decider.refusals import NothingToCorrect
from qa_platform.notices.events import Fact
from qa_platform.notices.read_model import correcting, holders_of, notices_caused_by, readers_by_id
from qa_platform.processes.notices import CATALOGUE, UNDONE, Known, Telling, To, fold_known, tellings, undone_step

log = logging.getLogger(__name__)

SUBSCRIBER = "notices"
ACTOR = system(SUBSCRIBER)

# A new version of the standard is told to hundreds: they are written in bites.
_TOGETHER = 100
_UTC = ZoneInfo("UTC")


def tell(ledger: Ledger, recorded: Iterable[Recorded[Any]], guard: Also, zone: ZoneInfo) -> int:
    """Compose what these events tell; return how many notices were asked for.

    `guard` runs in the transaction of each effect and ends it when telling is in other hands. An
    event that comes again asks for notices that are there, for their ids follow from it. `zone` is
    where the days of the agency begin.
    """
    count = 0
    for event in recorded:
        if type(event.event) not in CATALOGUE and type(event.event) not in UNDONE:
            continue
        commands = [*composed(ledger, event), *corrected(ledger, event, zone)]
        count += len(commands)
        for start in range(0, len(commands), _TOGETHER):
            _execute(ledger, commands[start : start + _TOGETHER], event, guard)
    return count


def _execute(ledger: Ledger, commands: Sequence[NoticeCommand], event: Recorded[Any], guard: Also) -> None:
    try:
        ledger.execute_together(commands, actor=ACTOR, cause=event.id, also=guard)
    except StreamMoved:
        # No answer, but too many writers at once: the page is asked for again.
        raise
    except Rejected as refusal:
        # One notice that the rules refuse must not keep all others from being told.
        log.warning("the notices of event %s were refused: %s", event.id, type(refusal).__name__)


def corrected(ledger: Ledger, event: Recorded[Any], zone: ZoneInfo) -> list[NoticeCommand]:
    """Return what corrects the notices of the step that an event undid; nothing where nobody was told."""
    undoing = UNDONE.get(type(event.event))
    if undoing is None or undoing.releaser is None:
        return []
    undone = undone_step(ledger.read_stream(event.stream), event)
    if undone is None:
        return []
    with ledger.reading() as connection:
        rows = notices_caused_by(connection, undone.id)
    try:
        reason = event.event.reason
        return [*correcting(rows, cause_id=event.id, reason=reason, releaser=undoing.releaser, zone=zone)]
    except NothingToCorrect:
        return []


def composed(ledger: Ledger, event: Recorded[Any]) -> list[ComposeNotice]:
    """Return the notices of one event, a command for each person who is told."""
    told = tellings(event, _known(ledger, event))
    with ledger.reading() as connection:
        return [command for telling in told for command in _of(connection, event, telling)]


def _known(ledger: Ledger, event: Recorded[Any]) -> Known:
    # What came later is told by its own notices: this one says what was known then.
    if event.case_id is not None:
        return fold_known(ledger.read_case(event.case_id, until_position=event.position))
    if isinstance(event.event, get_args(MeetingEvent)):
        return fold_known(one for one in ledger.read_stream(event.stream) if one.version <= event.version)
    return Known()


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
    held = holders_of(connection, to.role, to.provider_id, to.centre_id, everywhere=to.everywhere)
    if not held and to.centre_id is not None:
        # Nobody there holds the role: then it is the agency that must know.
        held = holders_of(connection, to.role)
    return [reader.person_id for reader in held if reader.person_id not in apart]


def follow(ledger: Ledger, subscription: Subscription, zone: ZoneInfo) -> int:
    """Handle the next page of events; return how many it held."""

    def handle(_connection: Connection, recorded: list[Recorded[Any]]) -> None:
        tell(ledger, recorded, subscription.check, zone)

    return subscription.step(handle, page=50)


class Settling:
    """Tells until nothing is left to tell, in the process that calls it; for a demo or a test alone."""

    def __init__(self, ledger: Ledger, owner: str = "settling", *, zone: ZoneInfo = _UTC) -> None:
        """Take the ledger and take over the lease of who tells."""
        self._ledger = ledger
        self._zone = zone
        self._subscription = Subscription(ledger, SUBSCRIBER, owner, lease_seconds=600)

    def settle(self) -> None:
        """Give positions and tell, again and again, until there is nothing to tell."""
        drain(self._ledger.engine)
        while follow(self._ledger, self._subscription, self._zone):
            drain(self._ledger.engine)

    def release(self) -> None:
        """Give the lease back."""
        self._subscription.release()


def settle(ledger: Ledger, owner: str = "settling") -> None:
    """Tell once until nothing is left to tell."""
    settling = Settling(ledger, owner)
    settling.settle()
    settling.release()
