"""Follow the ledger by position, from a bookmark that moves in the transaction of the effect."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from qa_platform.kernel.event import Recorded
from qa_platform.ledger import statements
from qa_platform.ledger.lease import LEASE_ONLY, Lease, LeaseLost
from qa_platform.ledger.ledger import Ledger, StreamMoved

Handler = Callable[[Connection, list[Recorded[Any]]], None]

# Trouble that says nothing about the events: the next try may do.
_PASSING = (OperationalError, InterfaceError, PoolTimeout, StreamMoved, LeaseLost)

_PAGE = 500


class SubscriberStopped(Exception):
    """An event could not be handled; the subscriber stands before it until somebody acts."""


class Lag(msgspec.Struct, frozen=True, kw_only=True):
    """How far a subscriber is behind the head, and the failure that stopped it, if any."""

    subscriber: str
    position: int
    behind: int
    failure: str | None


class Subscription:
    """One subscriber; the handler gets pages of events in order, each exactly once in effect."""

    def __init__(self, ledger: Ledger, subscriber: str, owner: str, *, lease_seconds: float = 15.0) -> None:
        """Take the ledger, the subscriber's name, and who this owner is (unique per process)."""
        self._ledger = ledger
        self._lease = Lease(ledger.engine, subscriber, owner, seconds=lease_seconds)

    def acquire(self) -> bool:
        """Take or renew the lease; return whether it is ours. Raises SubscriberStopped after a failure."""
        ours = self._lease.acquire()
        if ours:
            with self._ledger.reading() as connection:
                failure = self._lease.failure(connection)
            if failure is not None:
                raise SubscriberStopped(failure)
        return ours

    @property
    def held(self) -> bool:
        """Return whether the lease was ours when we last asked; only `check` is sure."""
        return self._lease.held

    def step(self, handler: Handler, *, page: int = _PAGE) -> int:
        """Handle the next page in one transaction with the bookmark; return how many events it held.

        Raises LeaseLost when another owner took over, SubscriberStopped when the handler failed.
        What passes by itself (no database, too many writers at once) is raised as it is: nothing
        was kept, and the next step handles the same page again.
        """
        if not self._lease.held and not self.acquire():
            return 0
        failed: tuple[int, Exception] | None = None
        with self._ledger.engine.begin() as connection:
            start = self._lease.check(connection)
            recorded = self._ledger.read_positions(connection, start, page)
            if recorded:
                try:
                    with connection.begin_nested():
                        handler(connection, recorded)
                except _PASSING:
                    raise
                except Exception as error:
                    if isinstance(error, DBAPIError) and error.connection_invalidated:
                        # The session was ended under us, for instance because it was idle for too long.
                        raise
                    failed = (start, error)
                else:
                    self._lease.move(connection, start + len(recorded))
        if failed is not None:
            self._stop_at(*failed)
        return len(recorded)

    def check(self, connection: Connection) -> None:
        """Keep the lease ours until another transaction ends, one that a handler opened. Raises LeaseLost."""
        self._lease.check(connection)

    def release(self) -> None:
        """Give the lease back, so that another owner need not wait for it to run out."""
        self._lease.release()

    def resume(self) -> None:
        """Clear the failure, after somebody has put right what caused it."""
        with self._ledger.engine.begin() as connection:
            self._lease.resume(connection)

    def _stop_at(self, start: int, error: Exception) -> None:
        # Where and what, never the error's own words: they may quote what somebody wrote.
        place = traceback.extract_tb(error.__traceback__)[-1]
        message = f"from position {start}: {type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
        with self._ledger.engine.begin() as connection:
            self._lease.fail(connection, message)
        raise SubscriberStopped(message) from error


def lags(connection: Connection) -> list[Lag]:
    """Return the lag of every subscriber that has begun; a stopped one says why."""
    head = int(connection.scalar(statements.HEAD) or 0)
    rows = connection.execute(_BOOKMARKS, {"leases": f"{LEASE_ONLY}%"})
    return [
        Lag(subscriber=row.subscriber, position=row.position, behind=head - row.position, failure=row.failure)
        for row in rows
    ]


_BOOKMARKS = sa.text(
    "SELECT subscriber, position, failure FROM operations.bookmarks WHERE NOT subscriber LIKE :leases ORDER BY 1"
)
