"""The sequencer: gives every committed event its position, once, densely, from 0.

Two at once, or one killed at any point, do no harm: a batch is one transaction, and the lock
is only between sequencers.
"""

from __future__ import annotations

import threading
import time
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from qa_platform.ledger import statements
from qa_platform.ledger.asking import Driver, ask, ask_in_one_go
from qa_platform.ledger.connections import directly, driver_of
from qa_platform.ledger.wakeup import call, listening

_BATCH = 2_000

# For so long after an event the sequencer looks again by itself.
LINGER_SECONDS = 0.25


class Figures(NamedTuple):
    """What the ledger holds; `missing` is events without place or queue, and must be 0."""

    events: int
    positions: int
    unsequenced: int

    @property
    def missing(self) -> int:
        """Return how many events are neither placed nor waiting."""
        return self.events - self.positions - self.unsequenced


def sequence(connection: Connection, *, limit: int = _BATCH) -> int:
    """Give positions to one batch of committed events in this transaction; return how many."""
    driver = driver_of(connection)
    _, ((given,),) = [ask(driver, statement, *values) for statement, values in _steps(limit)]
    return int(given)


def drain(engine: Engine) -> int:
    """Give positions until nothing committed is waiting; return how many."""
    with directly(engine) as driver:
        return _drain(driver)


def _drain(driver: Driver) -> int:
    total = 0
    while True:
        _, ((given,),) = ask_in_one_go(driver, *_steps(_BATCH))
        total += int(given)
        if given < _BATCH:
            return total


def _steps(limit: int) -> tuple[tuple[str, tuple[int, ...]], ...]:
    # Two statements: the snapshot of the second must be taken when the lock is held.
    return (statements.HOLD_SEQUENCE, ()), (statements.SEQUENCE, (limit,))


def figures(connection: Connection) -> Figures:
    """Return the ledger's figures, counted in one snapshot."""
    row = connection.execute(statements.FIGURES).one()
    return Figures(row.events, row.positions, row.unsequenced)


class Sequencer:
    """Runs until stopped: woken by writers, with polling as the safety net.

    While there is something to do it looks every `busy_seconds`, so that a batch gathers: a
    flush for every single event would compete with the writers' own. It stays at that for
    LINGER_SECONDS after the last event, in which nobody needs to wake it.
    """

    def __init__(self, engine: Engine, *, idle_seconds: float = 0.1, busy_seconds: float = 0.01) -> None:
        """Take the engine and how long to wait when there is nothing, and when there just was."""
        self._engine = engine
        self._idle = idle_seconds
        self._busy = busy_seconds
        self._stopped = threading.Event()

    def run(self) -> None:
        """Give positions until `stop` is called; a lost database is an error for the caller."""
        last = time.monotonic()
        with listening(self._engine, "events_pending") as pending, directly(self._engine) as driver:
            while not self._stopped.is_set():
                if _drain(driver):
                    call(driver, "events_sequenced")
                    last = time.monotonic()
                if time.monotonic() - last < LINGER_SECONDS:
                    self._stopped.wait(self._busy)
                else:
                    pending.wait(self._idle)

    def stop(self) -> None:
        """Ask `run` to return after the batch in hand."""
        self._stopped.set()
