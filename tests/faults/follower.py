"""A subscriber in a process of its own, which pauses itself where it is told to: `python -m tests.faults.follower`.

What it does for an event is one row; a row too many, or two for one position, is a write that
should not have been.
"""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psutil
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from qa_platform import app
from qa_platform.kernel.event import Recorded
from qa_platform.ledger.lease import Lease, LeaseLost
from qa_platform.ledger.subscription import Subscription
from qa_platform.ledger.tables import open_engine
from tests.faults.program import ROOT

SUBSCRIBER = "faults"
PLACES = ("nowhere", "between", "inside")
LEASE_SECONDS = 1.0
_PAGE = 3
_WAIT_SECONDS = 60.0

EFFECTS = sa.text("SELECT position, owner FROM read_models.effects ORDER BY id")
_MAKE = sa.text("""
CREATE TABLE IF NOT EXISTS read_models.effects (id bigint GENERATED ALWAYS AS IDENTITY, position bigint, owner text)
""")
_WRITE = sa.text("INSERT INTO read_models.effects (position, owner) VALUES (:position, :owner)")


class _Trusting(Lease):
    """A lease that is believed and never checked again: the mistake that the fence is there against."""

    def check(self, connection: Connection) -> int:
        """Return the position, whoever holds the lease now."""
        place = sa.text("SELECT position FROM operations.bookmarks WHERE subscriber = :name")
        return int(connection.scalar(place, {"name": self.name}) or 0)


class Follower:
    """Handles page after page, and pauses once."""

    def __init__(self, url: str, owner: str, pauses: str = "nowhere", *, fenced: bool = True) -> None:
        self._owner = owner
        self._pauses = pauses
        self._fenced = fenced
        self.engine = engine = open_engine(url)
        # No sealed field is opened here, so any key will do.
        ledger = app.open_ledger(engine, secrets.token_bytes(32))
        self.subscription = Subscription(ledger, SUBSCRIBER, owner, lease_seconds=LEASE_SECONDS)
        if not fenced:
            self.subscription._lease = _Trusting(engine, SUBSCRIBER, owner, seconds=LEASE_SECONDS)
        with engine.begin() as connection:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(1)"))  # two of us may start at once
            connection.execute(_MAKE)

    def follow(self) -> None:
        """Take the lease, and handle what there is. Raises LeaseLost when somebody else took it over."""
        while not self.subscription.acquire():
            time.sleep(0.05)
        while True:
            try:
                if not self.subscription.step(self._handle, page=_PAGE):
                    return
            except DBAPIError:
                continue  # a session that was ended; the next step asks whether the lease is still ours
            self._pause("between")

    def _handle(self, connection: Connection, recorded: list[Recorded[Any]]) -> None:
        if self._fenced:
            # Shorter than the product's minute, so that a test need not wait for it.
            connection.execute(sa.text("SET LOCAL idle_in_transaction_session_timeout = 1000"))
        self._pause("inside")
        connection.execute(_WRITE, [{"position": one.position, "owner": self._owner} for one in recorded])

    def _pause(self, here: str) -> None:
        if self._pauses == here:
            self._pauses = "nowhere"
            os.kill(os.getpid(), signal.SIGSTOP)


@contextmanager
def follower(
    url: str, owner: str, pauses: str = "nowhere", *, fenced: bool = True, environment: Mapping[str, str] | None = None
) -> Iterator[psutil.Popen]:
    """Give the process of a follower for a block; it prints in the end how it ended."""
    words = ["--url", url, "--owner", owner, "--pauses", pauses, *([] if fenced else ["--trusting"])]
    command = [sys.executable, "-m", __name__, *words]
    with psutil.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | dict(environment or {})
    ) as process:
        try:
            yield process
        finally:
            if process.is_running():
                process.kill()


def wait_until_paused(process: psutil.Popen) -> None:
    """Return when a process stands still."""
    deadline = time.monotonic() + _WAIT_SECONDS
    while process.status() != psutil.STATUS_STOPPED:
        if time.monotonic() > deadline or process.poll() is not None:
            raise TimeoutError(f"the process did not pause: {process.status()}")
        time.sleep(0.02)


def _main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("--url", required=True)
    words.add_argument("--owner", required=True)
    words.add_argument("--pauses", choices=PLACES, default="nowhere")
    words.add_argument("--trusting", action="store_true")
    said = words.parse_args()
    try:
        Follower(said.url, said.owner, said.pauses, fenced=not said.trusting).follow()
    except LeaseLost:
        print("lease lost")  # noqa: T201 -- what the starter waits for
    else:
        print("at the head")  # noqa: T201 -- as above


if __name__ == "__main__":
    _main()
