"""Being woken: a hint that there is something to do, never a promise; whoever waits also looks by himself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from sqlalchemy import Engine

from qa_platform.ledger.asking import Driver, ask
from qa_platform.ledger.connections import directly, failures_told

Channel = Literal["events_pending", "events_sequenced"]


class Wakeup:
    """Listens to one channel on a connection of its own."""

    def __init__(self, engine: Engine, driver: Driver) -> None:
        """Take the pool, for its words about failures, and the connection that listens."""
        self._engine = engine
        self._driver = driver

    def wait(self, seconds: float) -> None:
        """Return when somebody called, or when the time is over."""
        with failures_told(self._engine, self._driver):
            for _ in self._driver.notifies(timeout=seconds, stop_after=1):
                pass


@contextmanager
def listening(engine: Engine, channel: Channel) -> Iterator[Wakeup]:
    """Give what waits for calls on a channel during a block."""
    with directly(engine) as driver:
        driver.execute(f"LISTEN {channel}")
        try:
            yield Wakeup(engine, driver)
        finally:
            # Back in the pool it must not gather calls that nobody reads.
            if not driver.closed:
                driver.execute("UNLISTEN *")


def call(driver: Driver, channel: Channel) -> None:
    """Wake whoever listens; a statement of its own, for inside an append it would hold a lock over the flush."""
    ask(driver, f"NOTIFY {channel}")
