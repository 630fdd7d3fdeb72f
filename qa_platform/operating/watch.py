"""One look at the database, as the figures, the readiness and the doctor need it: cheap at any size."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from qa_platform.ledger.lease import LEASE_ONLY

# Events without place or queue are looked for among the newest so many; the nightly check counts all.
WINDOW = 10_000
# A queue longer than this is told as this.
_LONGEST_QUEUE = 1_000_000


class Subscriber(msgspec.Struct, frozen=True, kw_only=True):
    """Who follows the ledger, or leads the jobs: how far behind, stopped by an error or not, held or not."""

    name: str
    behind: int
    stopped: bool
    held: bool

    @property
    def follows(self) -> bool:
        """Return whether it follows events; a lease for jobs alone does not."""
        return not self.name.startswith(LEASE_ONLY)


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """What one look saw, all of it at one instant.

    `missing` is events less positions less queue among the newest WINDOW events, and must be 0.
    """

    head: int
    unsequenced: int
    oldest_unsequenced_seconds: float
    missing: int
    subscribers: tuple[Subscriber, ...]
    migrations: frozenset[str]
    read_models: dict[str, str]


class Watch:
    """Looks at a database at most every few seconds, over a connection of its own."""

    def __init__(self, url: URL, *, kept_seconds: float = 3.0, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the application role's address; a busy pool of the web server must not look like a dead database."""
        self._engine = watching_engine(url)
        self._kept_seconds = kept_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: tuple[float, Snapshot | None] | None = None

    def look(self) -> Snapshot | None:
        """Return what was seen just now or a moment ago; None when the database did not answer."""
        with self._lock:
            if self._kept is None or self._clock() - self._kept[0] >= self._kept_seconds:
                found = self._fresh()
                # Timed from its end: a database that hangs must not make everybody who asks wait in turn.
                self._kept = (self._clock(), found)
            return self._kept[1]

    def _fresh(self) -> Snapshot | None:
        try:
            with self._engine.connect() as connection:
                return look(connection)
        except DBAPIError:
            return None


def watching_engine(url: URL) -> Engine:
    """Return an engine for a look: it keeps no connection, sees one instant, and does not wait for long."""
    return sa.create_engine(
        url,
        poolclass=sa.NullPool,
        isolation_level="REPEATABLE READ",
        hide_parameters=True,
        connect_args={
            "application_name": "qa_watch",
            "connect_timeout": 3,
            "options": "-c default_transaction_read_only=on -c statement_timeout=5000 -c lock_timeout=2000",
        },
    )


def look(connection: Connection) -> Snapshot:
    """Return what a connection in REPEATABLE READ sees."""
    newest = connection.scalar(sa.text("SELECT coalesce(max(id), 0) FROM ledger.events"))
    row = connection.execute(_FIGURES, {"after": newest - WINDOW, "longest": _LONGEST_QUEUE}).one()
    subscribers = connection.execute(_SUBSCRIBERS)
    return Snapshot(
        head=row.head,
        unsequenced=row.unsequenced,
        oldest_unsequenced_seconds=max(float(row.oldest or 0), 0.0),
        missing=row.missing,
        subscribers=tuple(
            Subscriber(name=one.subscriber, behind=row.head - one.position, stopped=one.stopped, held=one.held)
            for one in subscribers
        ),
        migrations=frozenset(connection.scalars(sa.text("SELECT version_num FROM ledger.alembic_version"))),
        read_models={
            one.name: one.code for one in connection.execute(sa.text("SELECT name, code FROM operations.read_models"))
        },
    )


# The window begins at a plain number, so that the planner knows how little it is.
_FIGURES = sa.text("""
SELECT (SELECT coalesce(max(position) + 1, 0) FROM ledger.positions) AS head,
       (SELECT count(*) FROM (SELECT FROM ledger.unsequenced LIMIT :longest) AS queue) AS unsequenced,
       (SELECT extract(epoch FROM clock_timestamp() - recorded_at) FROM ledger.events
        WHERE id = (SELECT min(id) FROM ledger.unsequenced)) AS oldest,
       (SELECT count(*) FROM ledger.events WHERE id > :after)
         - (SELECT count(*) FROM ledger.positions WHERE id > :after)
         - (SELECT count(*) FROM ledger.unsequenced WHERE id > :after) AS missing
""")
_SUBSCRIBERS = sa.text("""
SELECT subscriber, position, failure IS NOT NULL AS stopped,
       owner IS NOT NULL AND lease_until > clock_timestamp() AS held
FROM operations.bookmarks ORDER BY subscriber
""")
