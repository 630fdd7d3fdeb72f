"""The network between the platform and its database: dropped, deaf in one direction, hanging, pulled out."""

from __future__ import annotations

import random
import time
from typing import Self

import sqlalchemy as sa

from tests.faults.cut import Cut
from tests.faults.fault import Fault
from tests.faults.stack import Stack

# Past the product's own patience with a silent network, and the clients' with a silent server.
_LONGEST_SECONDS = 20.0
_WORKER_SECONDS = 60.0
_FOLLOWED = sa.text("SELECT owner FROM operations.bookmarks WHERE subscriber = 'journey'")


class CutStack(Stack):
    """A stack whose web server and worker reach the database through a network that can fail."""

    def __init__(self) -> None:
        self.network: Cut
        super().__init__(database_url=self._lead_through)

    def __enter__(self) -> Self:
        """Start everything, and wait for the worker: one that finds no database when it starts says so and ends."""
        super().__enter__()
        deadline = time.monotonic() + _WORKER_SECONDS
        with self.engine() as engine, engine.connect() as connection:
            while connection.scalar(_FOLLOWED) is None:
                assert time.monotonic() < deadline, self.worker.last_words()
                time.sleep(0.1)
        return self

    def close(self) -> None:
        """Stop all parts, and take the network down."""
        super().close()
        if hasattr(self, "network"):
            self.network.reset()

    def _lead_through(self, url: str) -> str:
        self.network = Cut(url)
        self.network.heal()
        return self.network.url


def drop_connections(stack: CutStack, chance: random.Random) -> str:
    """Drop all connections and refuse new ones for a while."""
    stack.network.reset()
    time.sleep(chance.uniform(0.1, 3.0))
    stack.network.heal()
    return "connections dropped"


def lose_answers(stack: CutStack, chance: random.Random) -> str:
    """Let questions through and no answers, then drop the connections: much was done, and nobody was told."""
    stack.network.mute()
    time.sleep(chance.uniform(0.1, 1.0))
    stack.network.reset()
    time.sleep(chance.uniform(0.0, 0.5))
    stack.network.heal()
    return "answers lost"


def hang(stack: CutStack, chance: random.Random) -> str:
    """Hold all bytes up, for longer than clients wait: what they asked is done late, beside what they ask again."""
    stack.network.blackhole()
    time.sleep(chance.uniform(2.0, _LONGEST_SECONDS))
    stack.network.heal()
    return "bytes held up"


def pull_cable(stack: CutStack, chance: random.Random) -> str:
    """Drop every packet, sometimes for so long that the product gives its connections up."""
    stack.network.silence()
    time.sleep(chance.uniform(0.5, _LONGEST_SECONDS))
    stack.network.heal()
    return "cable pulled"


def lose_an_answer_often(stack: CutStack, chance: random.Random) -> str:
    """Lose answers again and again; for clients that repeat themselves under new keys."""
    for _ in range(3):
        lose_answers(stack, chance)
        time.sleep(0.5)
    return "answers lost"


CUTS = (
    Fault(
        name="cut-connections",
        what="all connections to the database dropped, new ones refused for up to 3 s",
        strike=drop_connections,
        open=CutStack,
    ),
    Fault(
        name="cut-answers",
        what="the database's answers lost after it did what was asked (COMMIT and no word)",
        strike=lose_answers,
        open=CutStack,
        cycles=60,
    ),
    Fault(
        name="cut-hang",
        what="every byte to and from the database held up for 2 to 20 s, then delivered",
        strike=hang,
        open=CutStack,
        cycles=10,
    ),
    Fault(
        name="cut-cable",
        what="every packet to and from the database dropped for up to 20 s",
        strike=pull_cable,
        open=CutStack,
        cycles=10,
    ),
    Fault(
        name="control-new-keys",
        what="answers lost, and clients that ask again under a new key",
        strike=lose_an_answer_often,
        open=CutStack,
        control="doubled",
        careless=True,
        cycles=5,
    ),
)
