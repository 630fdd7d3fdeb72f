"""Follow the ledger by position, from a bookmark that moves in the transaction of the effect.

A lease, fenced by an epoch, lets one owner at a time follow under a name. A worker that was
paused and wakes has lost its epoch: its transaction ends without effect.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.ledger import statements
from qa_platform.ledger.ledger import Ledger

Handler = Callable[[Connection, list[Recorded[Any]]], None]

_PAGE = 500
_MESSAGE_CHARACTERS = 500


class LeaseLost(Exception):
    """Somebody else follows under this name now; nothing of this page was kept."""


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
        self._subscriber = subscriber
        self._owner = owner
        self._lease = timedelta(seconds=lease_seconds)
        self._epoch: int | None = None

    def acquire(self) -> bool:
        """Take or renew the lease; return whether it is ours. Raises SubscriberStopped after a failure."""
        with self._ledger.engine.begin() as connection:
            connection.execute(_OPEN, {"subscriber": self._subscriber})
            row = connection.execute(_ACQUIRE, self._who() | {"lease": self._lease}).first()
        self._epoch = None if row is None else row.epoch
        if row is not None and row.failure is not None:
            raise SubscriberStopped(row.failure)
        return row is not None

    def step(self, handler: Handler, *, page: int = _PAGE) -> int:
        """Handle the next page in one transaction with the bookmark; return how many events it held.

        Raises LeaseLost when another owner took over, SubscriberStopped when the handler failed.
        """
        if self._epoch is None and not self.acquire():
            return 0
        failed: tuple[int, Exception] | None = None
        with self._ledger.engine.begin() as connection:
            start = connection.scalar(_POSITION, self._who() | {"epoch": self._epoch})
            if start is None:
                self._epoch = None
                raise LeaseLost(f"{self._subscriber} is followed by another owner")
            recorded = self._ledger.read_positions(connection, start, page)
            if recorded:
                try:
                    with connection.begin_nested():
                        handler(connection, recorded)
                except Exception as error:  # noqa: BLE001 -- whatever it was, it stops this subscriber
                    failed = (start, error)
                else:
                    self._move(connection, start + len(recorded))
        if failed is not None:
            self._stop_at(*failed)
        return len(recorded)

    def release(self) -> None:
        """Give the lease back, so that another owner need not wait for it to run out."""
        with self._ledger.engine.begin() as connection:
            connection.execute(_RELEASE, self._who() | {"epoch": self._epoch})
        self._epoch = None

    def resume(self) -> None:
        """Clear the failure, after somebody has put right what caused it."""
        with self._ledger.engine.begin() as connection:
            connection.execute(_RESUME, {"subscriber": self._subscriber})

    def _who(self) -> dict[str, Any]:
        return {"subscriber": self._subscriber, "owner": self._owner}

    def _move(self, connection: Connection, position: int) -> None:
        moved = connection.execute(_MOVE, self._who() | {"epoch": self._epoch, "position": position})
        if moved.rowcount != 1:
            self._epoch = None
            raise LeaseLost(f"{self._subscriber} is followed by another owner")

    def _stop_at(self, start: int, error: Exception) -> None:
        message = f"from position {start}: {type(error).__name__}: {error}"[:_MESSAGE_CHARACTERS]
        with self._ledger.engine.begin() as connection:
            connection.execute(_FAIL, self._who() | {"epoch": self._epoch, "failure": message})
        raise SubscriberStopped(message) from error


def lags(connection: Connection) -> list[Lag]:
    """Return every subscriber's lag; a stopped one says why."""
    head = int(connection.scalar(statements.HEAD) or 0)
    rows = connection.execute(sa.text("SELECT subscriber, position, failure FROM operations.bookmarks ORDER BY 1"))
    return [
        Lag(subscriber=row.subscriber, position=row.position, behind=head - row.position, failure=row.failure)
        for row in rows
    ]


_OPEN = sa.text("INSERT INTO operations.bookmarks (subscriber) VALUES (:subscriber) ON CONFLICT DO NOTHING")
_ACQUIRE = sa.text("""
UPDATE operations.bookmarks
SET owner = :owner, lease_until = clock_timestamp() + :lease,
    epoch = CASE WHEN owner = :owner AND lease_until >= clock_timestamp() THEN epoch ELSE epoch + 1 END
WHERE subscriber = :subscriber
  AND (owner IS NULL OR owner = :owner OR lease_until IS NULL OR lease_until < clock_timestamp())
RETURNING epoch, failure
""")
# The row stays locked until the page is done: who takes the lease over waits, and finds it moved.
_POSITION = sa.text("""
SELECT position FROM operations.bookmarks
WHERE subscriber = :subscriber AND owner = :owner AND epoch = :epoch AND failure IS NULL FOR UPDATE
""")
_MOVE = sa.text("""
UPDATE operations.bookmarks SET position = :position
WHERE subscriber = :subscriber AND owner = :owner AND epoch = :epoch
""")
_RELEASE = sa.text("""
UPDATE operations.bookmarks SET owner = NULL, lease_until = NULL
WHERE subscriber = :subscriber AND owner = :owner AND epoch = :epoch
""")
_FAIL = sa.text("""
UPDATE operations.bookmarks SET failure = :failure, failed_at = clock_timestamp()
WHERE subscriber = :subscriber AND owner = :owner AND epoch = :epoch
""")
_RESUME = sa.text("UPDATE operations.bookmarks SET failure = NULL, failed_at = NULL WHERE subscriber = :subscriber")
