"""The wall clock of web server and worker, set back and forth under load."""

from __future__ import annotations

import random
from typing import Self

import sqlalchemy as sa

from tests.faults.clock import FalseClock, why_no_clock
from tests.faults.fault import Fault, Order, Result
from tests.faults.stack import Stack

_HOUR = 3_600
_DAY = 25 * _HOUR
# The journey's lease lasts 15 s: one given by a false clock would last an hour more, or be over.
_LONGEST_LEASE_SECONDS = 16

_LEASE = sa.text("""
SELECT extract(epoch FROM max(lease_until) - clock_timestamp()) FROM operations.bookmarks WHERE subscriber = 'journey'
""")
_OUT_OF_ORDER = sa.text("""
SELECT stream, version, before FROM (
    SELECT stream, version, lag(version) OVER (PARTITION BY stream ORDER BY recorded_at, version) AS before
    FROM ledger.events) AS one
WHERE before > version
""")


class ClockStack(Stack):
    """A stack whose web server and worker go by a clock that can be set."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FalseClock(self.folder)
        self.ahead = 0
        self._environment = dict.fromkeys(("serve", "worker"), self.clock.environment)

    def __enter__(self) -> Self:
        """Start and seed everything at the true time, and then go a day ahead."""
        super().__enter__()
        self.set_clock(0)
        return self

    def set_clock(self, hours: int) -> None:
        """Set the clock to be so many hours ahead of what these programs go by, or behind it."""
        self.ahead = hours
        # Their days are tomorrow's: an hour back must not be yesterday, when nothing was in force yet.
        self.clock.set_seconds(_DAY + hours * _HOUR)

    def check_lease(self) -> None:
        """Fail when the journey's lease does not go by the database's clock."""
        with self.engine() as engine, engine.connect() as connection:
            left = connection.scalar(_LEASE)
        assert 0 <= left <= _LONGEST_LEASE_SECONDS, f"the journey's lease goes by a false clock: {left} s"


def set_back(stack: ClockStack, _chance: random.Random) -> str:
    """Set the clock back an hour; the next time, right again."""
    stack.set_clock(0 if stack.ahead else -1)
    stack.check_lease()
    return "an hour back" if stack.ahead else "right again"


def set_anyhow(stack: ClockStack, chance: random.Random) -> str:
    """Set the clock an hour ahead, an hour back, or right, whatever it is not."""
    stack.set_clock(chance.choice([hours for hours in (-1, 0, 1) if hours != stack.ahead]))
    stack.check_lease()
    return {-1: "an hour back", 0: "right again", 1: "an hour ahead"}[stack.ahead]


class _ByTime(Fault):
    """The control: somebody who takes the time of recording for the order of events."""

    def run(self, stack: Stack, order: Order) -> Result:
        """Run it, and add what is wrong in the order of time."""
        result = super().run(stack, order)
        with stack.engine() as engine, engine.connect() as connection:
            for row in connection.execute(_OUT_OF_ORDER):
                result.verdict.say(f"by time, {row.stream} comes as version {row.version} after {row.before}")
        return result


CLOCKS = (
    Fault(
        name="clock-back",
        what="the clock of web server and worker set back an hour, and right again",
        strike=set_back,
        open=ClockStack,
        why_not=why_no_clock,
        cycles=30,
    ),
    Fault(
        name="clock-anyhow",
        what="the clock of web server and worker an hour ahead, an hour back, right, in random order",
        strike=set_anyhow,
        open=ClockStack,
        why_not=why_no_clock,
        cycles=30,
    ),
    _ByTime(
        name="control-order-by-time",
        what="the clock set back, for a reader who takes the time of recording for the order",
        strike=set_anyhow,
        open=ClockStack,
        why_not=why_no_clock,
        control="wrong",
        cycles=10,
    ),
)
