"""The sequencer in a process of its own: awake while our writers are measured, asleep while others are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from threading import Thread

import sqlalchemy as sa

from benchmarks.crew import fresh
from qa_platform.ledger.sequencer import Sequencer, drain
from qa_platform.ledger.tables import open_engine

_LEFT = sa.text("SELECT count(*) FROM ledger.unsequenced")


class SequencerProcess:
    """A sequencer that works when it is told to; `left` is what it had still to place each time it was stopped."""

    def __init__(self, url: str) -> None:
        """Start its process on the application's database; it sleeps."""
        self.left: list[int] = []
        self._pipe, there = fresh.Pipe()
        self._process = fresh.Process(target=_sequence, args=(url, there), daemon=True)
        self._process.start()
        there.close()

    @contextmanager
    def awake(self) -> Iterator[None]:
        """Let it work for a block; afterwards everything has its position."""
        self._pipe.send("work")
        self._pipe.recv()
        try:
            yield
        finally:
            self._pipe.send("rest")
            self.left.append(self._pipe.recv())

    def catch_up(self) -> None:
        """Give positions to all that is there, outside the clock."""
        with self.awake():
            pass
        self.left.pop()

    def end(self) -> None:
        """End its process."""
        self._process.kill()
        self._process.join()


@contextmanager
def sequencing(url: str) -> Iterator[SequencerProcess]:
    """Give a sleeping sequencer for a block."""
    process = SequencerProcess(url)
    try:
        yield process
    finally:
        process.end()


def _sequence(url: str, pipe: Connection) -> None:
    engine = open_engine(url, connections=2)
    while pipe.recv() == "work":
        sequencer = Sequencer(engine)
        thread = Thread(target=sequencer.run)
        thread.start()
        pipe.send("working")
        pipe.recv()
        with engine.connect() as connection:
            left = connection.scalar(_LEFT)
        sequencer.stop()
        thread.join()
        drain(engine)
        pipe.send(left)
