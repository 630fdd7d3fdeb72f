"""A fault: what is done to a running stack again and again, and what came of it."""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import msgspec

from tests.faults.journal import Told, read_journal
from tests.faults.load import Load
from tests.faults.stack import Stack
from tests.faults.verdict import Verdict, judge, settle

# A fault that meets nobody at work proves nothing, and a busy machine may be slow to work.
_ANSWERS_OF_A_CYCLE = 12

Strike = Callable[[Stack, random.Random], str]
"""Does one fault and puts it right again, so that the stack can serve; returns what was struck."""


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """How a fault is to be run: how often, with how many seconds of load before each, by which seed."""

    cycles: int
    seconds: float
    seed: int
    clients: int = 6


class Result(msgspec.Struct, kw_only=True):
    """What a fault came to; kept as a file, and shown as a row of a table."""

    name: str
    what: str
    control: str
    """For a positive control what must be seen: `lost`, `doubled` or `wrong`; empty otherwise."""
    order: Order
    struck: dict[str, int]
    took_seconds: float
    verdict: Verdict
    unseen: list[str] = []
    """What a control did on purpose and the verdict did not see."""
    code: str = ""

    @property
    def passed(self) -> bool:
        """Return whether nothing is wrong; of a control, whether what must be seen was seen."""
        if self.control:
            return bool(getattr(self.verdict, self.control)) and not self.unseen
        return self.verdict.clean


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One kind of fault under load; what is not load-like overrides `run`.

    `open` gives the stack for it; `control` names
    what the verdict must see where the fault is a mistake made on purpose. `why_not` says in a
    sentence why it cannot be tried on this machine.
    """

    name: str
    what: str
    strike: Strike
    open: Callable[[], AbstractContextManager[Stack]] = Stack
    cycles: int = 30
    seconds: float = 1.0
    control: str = ""
    careless: bool = False
    why_not: Callable[[], str | None] = lambda: None

    def run(self, stack: Stack, order: Order) -> Result:
        """Strike a working stack as often as ordered, let it come to rest, and judge."""
        began = time.monotonic()
        journal = stack.folder / f"{self.name}-{time.time_ns()}.jsonl"
        chance = random.Random(order.seed)
        struck: Counter[str] = Counter()
        with Load(stack, journal, clients=order.clients, seed=order.seed, careless=self.careless) as load:
            for cycle in range(order.cycles):
                load.work(chance.uniform(0.4, 1.6) * order.seconds, _ANSWERS_OF_A_CYCLE)
                struck[self.strike(stack, chance)] += 1
                _tell(f"{self.name}: {cycle + 1} of {order.cycles}")
            load.work(order.seconds, _ANSWERS_OF_A_CYCLE)
            load.finish()
        return self.result(order, struck, judge_stack(stack, read_journal(journal)), began)

    def result(self, order: Order, struck: Counter[str], verdict: Verdict, began: float) -> Result:
        """Return the result of a run that began at a moment of the monotonic clock."""
        return Result(
            name=self.name,
            what=self.what,
            control=self.control,
            order=order,
            struck=dict(sorted(struck.items())),
            took_seconds=round(time.monotonic() - began, 1),
            verdict=verdict,
        )


def judge_stack(stack: Stack, told: list[Told]) -> Verdict:
    """Return the verdict on a stack that comes to rest: everybody is given a minute to catch up."""
    with stack.engine() as engine, engine.connect() as connection, stack.ledger() as ledger:
        settle(connection)
        return judge(ledger, connection, told)


def _tell(what: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{what}")
        sys.stderr.flush()
