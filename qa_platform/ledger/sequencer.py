"""The sequencer: gives every committed event its position, once, densely, from 0.

Two at once, or one killed at any point, do no harm: a batch is one transaction, and the lock
is only between sequencers.
"""

from __future__ import annotations

import threading
from typing import NamedTuple

from sqlalchemy import Connection, Engine

from qa_platform.ledger import statements
from qa_platform.ledger.wakeup import call, listening

_BATCH = 2_000


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
    connection.execute(statements.HOLD_SEQUENCE)
    return int(connection.scalar(statements.SEQUENCE, {"limit": limit}) or 0)


def drain(engine: Engine) -> int:
    """Give positions until nothing committed is waiting; return how many."""
    total = 0
    while True:
        with engine.begin() as connection:
            given = sequence(connection)
        total += given
        if given < _BATCH:
            return total


def figures(connection: Connection) -> Figures:
    """Return the ledger's figures, counted in one snapshot."""
    row = connection.execute(statements.FIGURES).one()
    return Figures(row.events, row.positions, row.unsequenced)


class Sequencer:
    """Runs until stopped: woken by writers, with polling as the safety net."""

    def __init__(self, engine: Engine, *, idle_seconds: float = 0.1, busy_seconds: float = 0.002) -> None:
        """Take the engine and how long to wait when there is nothing, and when there just was."""
        self._engine = engine
        self._idle = idle_seconds
        self._busy = busy_seconds
        self._stopped = threading.Event()

    def run(self) -> None:
        """Give positions until `stop` is called; a lost database is an error for the caller."""
        wait = self._busy
        with listening(self._engine, "events_pending") as pending:
            while not self._stopped.is_set():
                if drain(self._engine):
                    call(self._engine, "events_sequenced")
                    wait = self._busy
                    continue
                pending.wait(wait)
                wait = min(wait * 2, self._idle)

    def stop(self) -> None:
        """Ask `run` to return after the batch in hand."""
        self._stopped.set()
