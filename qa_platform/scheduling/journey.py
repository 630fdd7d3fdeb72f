"""Carry the journey on: each event of a case may ask for commands, which are executed here."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import system
from qa_platform.ledger.ledger import Also, Ledger, StreamMoved
from qa_platform.ledger.sequencer import drain
from qa_platform.ledger.subscription import Subscription
from qa_platform.processes.case import fold_case
from qa_platform.processes.journey import REACTS_TO, react

log = logging.getLogger(__name__)

SUBSCRIBER = "journey"
ACTOR = system(SUBSCRIBER)


def carry_on(ledger: Ledger, recorded: Iterable[Recorded[Any]], register_prefix: str, guard: Also) -> int:
    """Execute what follows from these events; return how many commands it was.

    `guard` runs in the transaction of each effect and ends it when the journey is in other hands.

    Each event may come again after a crash: its commands then ask for what already holds. A
    refusal is an answer (the case has moved on since), and is logged; an error is raised, and so
    is StreamMoved, for a command that was never decided must not be lost.
    """
    count = 0
    for event in recorded:
        # Most events are scores: folding the whole case for each would be most of the work.
        if event.case_id is None or not isinstance(event.event, REACTS_TO):
            continue
        case = fold_case(ledger.read_case(event.case_id))
        for command in react(event, case, register_prefix):
            count += 1
            try:
                ledger.execute(command, actor=ACTOR, cause=event.id, also=guard)
            except StreamMoved:
                # No answer, but too many writers at once: the page is asked for again.
                raise
            except Rejected as refusal:
                name = type(command).__name__
                log.warning("%s after event %s was refused: %s", name, event.id, type(refusal).__name__)
    return count


def follow(ledger: Ledger, subscription: Subscription, register_prefix: str) -> int:
    """Handle the next page of events; return how many it held."""

    def handle(_connection: Connection, recorded: list[Recorded[Any]]) -> None:
        carry_on(ledger, recorded, register_prefix, subscription.check)

    return subscription.step(handle, page=50)


class Settling:
    """Carries on until nothing is waiting, in the process that calls it; for a demo or a test alone."""

    def __init__(self, ledger: Ledger, register_prefix: str, owner: str = "settling") -> None:
        """Take the ledger and take over the journey's lease."""
        self._ledger = ledger
        self._register_prefix = register_prefix
        self._subscription = Subscription(ledger, SUBSCRIBER, owner, lease_seconds=600)

    def settle(self) -> None:
        """Give positions and follow, again and again, until there is nothing to follow."""
        drain(self._ledger.engine)
        while follow(self._ledger, self._subscription, self._register_prefix):
            drain(self._ledger.engine)

    def release(self) -> None:
        """Give the lease back."""
        self._subscription.release()


def settle(ledger: Ledger, register_prefix: str, owner: str = "settling") -> None:
    """Carry on once until nothing is waiting."""
    settling = Settling(ledger, register_prefix, owner)
    settling.settle()
    settling.release()
