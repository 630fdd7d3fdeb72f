"""A worker paused past its lease, and woken while another does its work."""

from __future__ import annotations

import random
import time
from typing import Self

import sqlalchemy as sa

from tests.faults.fault import Fault, Order, Result
from tests.faults.follower import EFFECTS, Follower, follower, wait_until_paused
from tests.faults.program import Program
from tests.faults.stack import Stack

_PAUSE_SECONDS = 60.0
# Who was paused in a transaction is waited for as long as the server lets a session idle in one: a minute.
_LONGEST_PAUSE_SECONDS = 120.0
_OWNER = sa.text("SELECT owner FROM operations.bookmarks WHERE subscriber = 'journey'")


class TwoWorkers(Stack):
    """A stack with a second worker, which waits for the first to lose its lease."""

    second: Program

    def __enter__(self) -> Self:
        """Start the second worker after all the rest."""
        super().__enter__()
        words = self.worker.words
        self.second = Program(words, self.worker.environment, self.folder / "second.log")
        self._stops.callback(self.second.stop)
        self.second.start()
        return self


def pause_leader(stack: TwoWorkers, chance: random.Random) -> str:
    """Pause the worker that follows, for a minute and until the other has taken over; then wake it."""
    paused = _leader(stack)
    time.sleep(chance.uniform(0.0, 0.5))
    began = time.monotonic()
    paused.pause()
    try:
        while _leader(stack) is paused:
            assert time.monotonic() - began < _LONGEST_PAUSE_SECONDS, "nobody takes over from a paused worker"
            time.sleep(0.5)
        over = time.monotonic() - began
        time.sleep(max(_PAUSE_SECONDS - over, 0.0))
    finally:
        paused.wake()
    return "taken over within 20 s" if over < 20 else "taken over when its transaction was ended"


def _leader(stack: TwoWorkers) -> Program:
    """Return the worker that holds the journey's lease."""
    while True:
        with stack.engine() as engine, engine.connect() as connection:
            owner = connection.scalar(_OWNER)
        for program in (stack.worker, stack.second):
            # “host:process:id”
            if owner is not None and int(owner.split(":")[1]) == program.pid:
                return program
        time.sleep(0.1)


class _Unfenced(Fault):
    """The control: a follower that trusts its memory, and writes after it woke."""

    def run(self, stack: Stack, order: Order) -> Result:
        """Run it under a load, and count the positions for which something was done twice."""
        began = time.monotonic()
        result = super().run(stack, order)
        with follower(stack.application_url, "paused", "inside", fenced=False) as paused:
            wait_until_paused(paused)
            second = Follower(stack.application_url, "second")
            second.follow()
            second.engine.dispose()
            paused.resume()
            paused.wait()
        with stack.engine() as engine, engine.begin() as connection:
            positions = [row.position for row in connection.execute(EFFECTS)]
            connection.execute(sa.text("DROP TABLE read_models.effects"))
            connection.execute(sa.text("DELETE FROM operations.bookmarks WHERE subscriber = 'faults'"))
        result.verdict.doubled += len(positions) - len(set(positions))
        return self.result(order, {"pause": 1}, result.verdict, began)


def _nothing(_stack: Stack, _chance: random.Random) -> str:
    return "nothing"


PAUSES = (
    Fault(
        name="pause-worker",
        what="the worker that follows paused for a minute (SIGSTOP), taken over from, and woken",
        strike=pause_leader,
        open=TwoWorkers,
        cycles=5,
        seconds=3.0,
    ),
    _Unfenced(
        name="control-no-fence",
        what="a follower without the fence, paused before it writes",
        strike=_nothing,
        control="doubled",
        cycles=1,
    ),
)
