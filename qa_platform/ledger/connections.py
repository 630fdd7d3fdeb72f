"""Ways to the database: one pool, with transactions for most, and one statement at a time for the hot paths.

A transaction of one statement needs neither BEGIN nor COMMIT nor a ROLLBACK when the connection
goes back: three round trips less. The hot paths also speak to the driver directly, with
prepared statements and binary results (see asking); their failures become those of SQLAlchemy all the same.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import psycopg
import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

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
    "options": "-c idle_in_transaction_session_timeout=60000",  # milliseconds
}


def open_engine(
    application_url: str, *, connections: int = 8, at_most: int | None = None, patience_seconds: float = 30.0
) -> Engine:
    """Return the pool of the application role; each `begin` is a transaction at READ COMMITTED.

    It keeps `connections` open, makes up to `at_most` (twice as many) when all are busy, and lets
    who finds those busy too wait for `patience_seconds` before SQLAlchemy's TimeoutError.
    """
    plain = sa.create_engine(
        application_url,
        isolation_level="AUTOCOMMIT",
        pool_size=connections,
        max_overflow=(at_most or 2 * connections) - connections,
        pool_timeout=patience_seconds,
        # An error's text goes to logs and to the failure of a bookmark; what is written may be about people.
        hide_parameters=True,
        # The driver prepares nothing by itself: when it thinks it must forget its own, it forgets ours as well.
        connect_args={
            "prepare_threshold": None,
            "application_name": "qa_platform",
            "client_encoding": "utf8",  # whatever the database's own is: hot statements are spoken to it in UTF-8
            "connect_timeout": 10,
            **_PATIENCE,
        },
    )
    trust = _Trust()
    _distrust_the_idle(plain, trust)
    return plain.execution_options(isolation_level="READ COMMITTED", plain=plain, trust=trust)


def plain(engine: Engine) -> Engine:
    """Return the same pool without transactions: each statement commits by itself."""
    return cast("Engine", engine.get_execution_options()["plain"])


@contextmanager
def directly(engine: Engine) -> Iterator[Driver]:
    """Give a connection of the driver on which each statement is a transaction of its own."""
    fairy = plain(engine).raw_connection()
    driver = cast("Driver", fairy.driver_connection)
    try:
        with failures_told(engine, driver):
            yield driver
    except DBAPIError as failure:
        if failure.connection_invalidated:
            fairy.invalidate(failure)
            _trust(engine).lost_at = time.monotonic()
        raise
    finally:
        fairy.close()


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
        raise DBAPIError.instance(
            None,
            None,
            failure,
            psycopg.Error,
            hide_parameters=True,
            connection_invalidated=driver.closed,
            dialect=engine.dialect,
        ) from failure


class _Trust:
    """When a connection of a pool was last found broken: the others of that time most likely are too."""

    lost_at = 0.0


def _trust(engine: Engine) -> _Trust:
    return cast("_Trust", engine.get_execution_options()["trust"])


def _distrust_the_idle(engine: Engine, trust: _Trust) -> None:
    @sa.event.listens_for(engine, "connect")
    def note_birth(_connection: Driver, entry: ConnectionPoolEntry) -> None:
        entry.info["used"] = time.monotonic()

    @sa.event.listens_for(engine, "checkin")
    def note_use(_connection: Driver | None, entry: ConnectionPoolEntry) -> None:
        entry.info["used"] = time.monotonic()

    @sa.event.listens_for(engine, "checkout")
    def ask_if_alive(connection: Driver, entry: ConnectionPoolEntry, _fairy: object) -> None:
        used = entry.info["used"]
        if time.monotonic() - used < _TRUSTED_SECONDS and used > trust.lost_at:
            return
        try:
            connection.execute("")
        except psycopg.Error as gone:
            raise InvalidatePoolError from gone
