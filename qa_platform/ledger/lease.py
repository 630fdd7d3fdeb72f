"""A lease on a name, fenced by an epoch: one owner at a time, and no write after losing it.

Better than an advisory lock: a worker that was paused and wakes has lost its epoch, and the
check in the transaction of each effect ends that transaction without effect.
"""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy import Connection, Engine

# Names that begin so are leases that follow nothing: their bookmark does not move.
LEASE_ONLY = "lease:"


class LeaseLost(Exception):
    """Somebody else holds the lease now; nothing of this transaction was kept."""


class Lease:
    """The right to act under a name; kept in the bookmark of that name."""

    def __init__(self, engine: Engine, name: str, owner: str, *, seconds: float = 15.0) -> None:
        """Take the name, who this owner is (unique per process), and how long a lease lasts."""
        self.name = name
        self._engine = engine
        self._owner = owner
        self._lasts = timedelta(seconds=seconds)
        self._epoch: int | None = None

    @property
    def held(self) -> bool:
        """Return whether the lease was ours when we last asked; only `check` is sure."""
        return self._epoch is not None

    def acquire(self) -> bool:
        """Take or renew the lease; return whether it is ours."""
        with self._engine.begin() as connection:
            connection.execute(_OPEN, {"name": self.name})
            self._epoch = connection.scalar(_ACQUIRE, {"name": self.name, "owner": self._owner, "lasts": self._lasts})
        return self.held

    def check(self, connection: Connection) -> int:
        """Keep the lease ours until this transaction ends, and return the position. Raises LeaseLost.

        Whoever takes the lease over meanwhile waits for the end of the transaction; other
        transactions of this owner do not, so that one may be checked while another is open.
        """
        position = connection.scalar(_CHECK, self._mine())
        if position is None:
            self._epoch = None
            raise LeaseLost(f"{self.name} is in other hands")
        return int(position)

    def move(self, connection: Connection, position: int) -> None:
        """Move the bookmark, in the transaction that checked the lease."""
        connection.execute(_MOVE, self._mine() | {"position": position})

    def fail(self, connection: Connection, failure: str) -> None:
        """Say why nothing more happens under this name."""
        connection.execute(_FAIL, self._mine() | {"failure": failure})

    def failure(self, connection: Connection) -> str | None:
        """Return why nothing more happens under this name, if so."""
        found = connection.scalar(_FAILURE, {"name": self.name})
        return None if found is None else str(found)

    def resume(self, connection: Connection) -> None:
        """Clear the failure."""
        connection.execute(_RESUME, {"name": self.name})

    def release(self) -> None:
        """Give the lease back, so that another owner need not wait for it to run out."""
        with self._engine.begin() as connection:
            connection.execute(_RELEASE, self._mine())
        self._epoch = None

    def _mine(self) -> dict[str, object]:
        return {"name": self.name, "owner": self._owner, "epoch": self._epoch}


_OPEN = sa.text("INSERT INTO operations.bookmarks (subscriber) VALUES (:name) ON CONFLICT DO NOTHING")
_ACQUIRE = sa.text("""
UPDATE operations.bookmarks
SET owner = :owner, lease_until = clock_timestamp() + :lasts,
    epoch = CASE WHEN owner = :owner AND lease_until >= clock_timestamp() THEN epoch ELSE epoch + 1 END
WHERE subscriber = :name
  AND (owner IS NULL OR owner = :owner OR lease_until IS NULL OR lease_until < clock_timestamp())
RETURNING epoch
""")
_CHECK = sa.text("""
SELECT position FROM operations.bookmarks
WHERE subscriber = :name AND owner = :owner AND epoch = :epoch FOR SHARE
""")
_MOVE = sa.text("""
UPDATE operations.bookmarks SET position = :position
WHERE subscriber = :name AND owner = :owner AND epoch = :epoch
""")
_RELEASE = sa.text("""
UPDATE operations.bookmarks SET owner = NULL, lease_until = NULL
WHERE subscriber = :name AND owner = :owner AND epoch = :epoch
""")
_FAIL = sa.text("""
UPDATE operations.bookmarks SET failure = :failure, failed_at = clock_timestamp()
WHERE subscriber = :name AND owner = :owner AND epoch = :epoch
""")
_FAILURE = sa.text("SELECT failure FROM operations.bookmarks WHERE subscriber = :name")
_RESUME = sa.text("UPDATE operations.bookmarks SET failure = NULL, failed_at = NULL WHERE subscriber = :name")
