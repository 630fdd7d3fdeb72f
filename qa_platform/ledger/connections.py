"""Ways to the database: one pool, with transactions for most, and one statement at a time for the hot paths.

A transaction of one statement needs neither BEGIN nor COMMIT nor a ROLLBACK when the connection
goes back: three round trips less. The hot paths also speak to the driver directly, with
prepared statements and binary results (see asking); their failures become those of SQLAlchemy all the same.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import cast

import psycopg
import sqlalchemy as sa
from psycopg import pq
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection, PoolResetState

from qa_platform.ledger.asking import Driver

# A connection that was used a moment ago is taken to be alive; asking costs a round trip.
_TRUSTED_SECONDS = 1.0

# A network that drops packets says nothing: without these a request waits for its answer for a
# quarter of an hour, or two. And whoever is paused or cut off inside a transaction must not hold
# its locks for ever. On a unix socket only the last one means anything.
_PATIENCE = {
    "tcp_user_timeout": 10_000,  # milliseconds
    "keepalives_idle": 5,  # seconds, as is the next
    "keepalives_interval": 2,
    "keepalives_count": 3,
}
_OPTIONS = "-c idle_in_transaction_session_timeout=60000"  # milliseconds


def open_engine(
    application_url: str, *, connections: int = 8, at_most: int | None = None, patience_seconds: float = 30.0
) -> Engine:
    """Return the pool of the application role; each `begin` is a transaction at READ COMMITTED.

    It keeps `connections` open, makes up to `at_most` (twice as many) when all are busy, and lets
    who finds those busy too wait for `patience_seconds` before SQLAlchemy's TimeoutError.
    """
    url = sa.make_url(application_url)
    # What the address says about the session comes later, and so counts.
    options = " ".join((_OPTIONS, *url.normalized_query.get("options", ())))
    plain = sa.create_engine(
        url,
        isolation_level="AUTOCOMMIT",
        pool_size=connections,
        max_overflow=(at_most or 2 * connections) - connections,
        pool_timeout=patience_seconds,
        pool_reset_on_return=None,  # see _tidy
        # An error's text goes to logs and to the failure of a bookmark; what is written may be about people.
        hide_parameters=True,
        # The driver prepares nothing by itself: when it thinks it must forget its own, it forgets ours as well.
        connect_args={
            "prepare_threshold": None,
            "application_name": "qa_platform",
            "client_encoding": "utf8",  # whatever the database's own is: hot statements are spoken to it in UTF-8
            "connect_timeout": 10,
            "options": options,
            **_PATIENCE,
        },
    )
    trust = _Trust()
    # Of what the pool makes only when all are busy, half: the others always find one.
    at_hand = _AtHand(((at_most or 2 * connections) - connections) // 2, trust)
    _distrust_the_idle(plain, trust)
    _tidy(plain)
    sa.event.listen(plain, "engine_disposed", lambda _engine: at_hand.let_go())
    return plain.execution_options(isolation_level="READ COMMITTED", plain=plain, at_hand=at_hand)


def plain(engine: Engine) -> Engine:
    """Return the same pool without transactions: each statement commits by itself."""
    return cast("Engine", engine.get_execution_options()["plain"])


class directly:  # noqa: N801 -- used as the function that it would be, were that not three times as slow
    """Gives a connection of the driver on which each statement is a transaction of its own.

    The driver's errors leave the block as those of SQLAlchemy. A connection that was given back
    in order stays at hand, still counted by the pool: through the pool and back is a quarter
    of what a short command takes in Python.
    """

    __slots__ = ("_engine", "_fairy")

    def __init__(self, engine: Engine) -> None:
        """Take the engine."""
        self._engine = engine

    def __enter__(self) -> Driver:
        """Take a connection. Raises DBAPIError, or SQLAlchemy's TimeoutError when none is free."""
        self._fairy = _at_hand(self._engine).take() or plain(self._engine).raw_connection()
        return cast("Driver", self._fairy.driver_connection)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give it back; one that is lost tells of the others."""
        if kind is None and _at_hand(self._engine).keep(self._fairy):
            return
        driver = cast("Driver", self._fairy.driver_connection)
        try:
            if isinstance(error, psycopg.Error):
                told = _told(self._engine, driver, error)
                if told.connection_invalidated:
                    self._fairy.invalidate(error)
                raise told from error
        finally:
            self._fairy.close()


class _AtHand:
    """A few connections between two uses, for the threads of one process."""

    def __init__(self, most: int, trust: _Trust) -> None:
        self._most = most
        self._trust = trust
        # By process: after a fork a connection belongs to the parent, and must not even be closed here.
        self._kept: dict[int, list[tuple[PoolProxiedConnection, float]]] = {}

    def take(self) -> PoolProxiedConnection | None:
        """Return a connection that was alive a moment ago, or is now; None if there is none."""
        kept = self._kept.get(os.getpid())
        while kept:
            try:
                fairy, used = kept.pop()
            except IndexError:
                return None
            if self._trust.covers(used) or _alive(cast("Driver", fairy.driver_connection)):
                return fairy
            fairy.invalidate()
        return None

    def keep(self, fairy: PoolProxiedConnection) -> bool:
        """Keep a connection at hand, unless it is in a transaction or there are enough; return whether it is kept."""
        kept = self._kept.setdefault(os.getpid(), [])
        driver = cast("Driver", fairy.driver_connection)
        if len(kept) >= self._most or driver.pgconn.transaction_status != pq.TransactionStatus.IDLE:
            return False
        kept.append((fairy, time.monotonic()))
        return True

    def let_go(self) -> None:
        """Close all of them: their pool is gone."""
        for fairy, _ in self._kept.pop(os.getpid(), ()):
            fairy.invalidate()


def driver_of(connection: Connection) -> Driver:
    """Return the driver's connection under a transaction."""
    return cast("Driver", connection.connection.driver_connection)


@contextmanager
def failures_told(engine: Engine, driver: Driver, connection: Connection | None = None) -> Iterator[None]:
    """Turn the driver's errors into those of SQLAlchemy, which the rest of the platform knows.

    A `connection` that is lost with the driver's is told so: it would otherwise fail once more
    when it is given back.
    """
    try:
        yield
    except psycopg.Error as failure:
        if connection is not None and driver.closed and not connection.invalidated:
            connection.invalidate(failure)
        raise _told(engine, driver, failure) from failure


def _told(engine: Engine, driver: Driver, failure: psycopg.Error) -> DBAPIError:
    return cast(
        "DBAPIError",
        DBAPIError.instance(
            None,
            None,
            failure,
            psycopg.Error,
            hide_parameters=True,
            connection_invalidated=driver.closed,
            dialect=engine.dialect,
        ),
    )


class _Trust:
    """When a connection of a pool was last found broken: the others of that time most likely are too."""

    lost_at = 0.0

    def covers(self, used: float) -> bool:
        """Return whether a connection that was used then can be taken to be alive."""
        return time.monotonic() - used < _TRUSTED_SECONDS and used > self.lost_at


def _at_hand(engine: Engine) -> _AtHand:
    return cast("_AtHand", engine.get_execution_options()["at_hand"])


def _alive(driver: Driver) -> bool:
    try:
        driver.execute("")
    except psycopg.Error:
        return False
    return True


def _distrust_the_idle(engine: Engine, trust: _Trust) -> None:
    @sa.event.listens_for(engine, "connect")
    def note_birth(_connection: Driver, entry: ConnectionPoolEntry) -> None:
        entry.info["used"] = time.monotonic()

    @sa.event.listens_for(engine, "invalidate")
    def note_loss(_connection: Driver, _entry: ConnectionPoolEntry, _failure: BaseException | None) -> None:
        trust.lost_at = time.monotonic()

    @sa.event.listens_for(engine, "checkout")
    def ask_if_alive(connection: Driver, entry: ConnectionPoolEntry, _fairy: object) -> None:
        if not trust.covers(entry.info["used"]) and not _alive(connection):
            raise InvalidatePoolError


def _tidy(engine: Engine) -> None:
    # What SQLAlchemy does by itself rolls back whether or not there is anything to roll back.
    @sa.event.listens_for(engine, "reset")
    def leave_no_transaction(connection: Driver, entry: ConnectionPoolEntry, state: PoolResetState) -> None:
        entry.info["used"] = time.monotonic()
        if not state.terminate_only and connection.pgconn.transaction_status != pq.TransactionStatus.IDLE:
            connection.rollback()
