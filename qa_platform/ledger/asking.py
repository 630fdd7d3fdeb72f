"""Asking the database on the hot paths: one prepared statement, one call into libpq, typed rows back.

The driver's cursors can do everything, and that costs a third of the time of a short statement.
Here are only the types that the ledger's own statements have.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from psycopg import pq
from psycopg.errors import error_from_result

Driver = psycopg.Connection[tuple[Any, ...]]
Value = str | int | bytes | list[str]

_prepared: WeakKeyDictionary[Driver, dict[str, bytes]] = WeakKeyDictionary()
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # PostgreSQL counts microseconds from here
_DONE = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)


def ask(driver: Driver, statement: str, *values: Value) -> list[tuple[Any, ...]]:
    """Return all rows of a statement whose parameters are $1, $2, …; prepared once per connection.

    Text, integers, bytes and instants come back; another type of column is a bug, and KeyError.
    A driver's connection that is in no transaction and should be begins one. Raises psycopg.Error.
    """
    connection = driver.pgconn
    if not driver.autocommit and connection.transaction_status == pq.TransactionStatus.IDLE:
        _checked(connection, connection.exec_(b"BEGIN"))
    name = _name(driver, statement)
    given = [_given(value) for value in values]
    formats = [pq.Format.BINARY if isinstance(value, bytes) else pq.Format.TEXT for value in values]
    result = _checked(connection, connection.exec_prepared(name, given, formats, pq.Format.BINARY))
    readers = [_READERS[result.ftype(column)] for column in range(result.nfields)]
    value_at = result.get_value
    return [
        tuple(None if (value := value_at(row, column)) is None else read(value) for column, read in enumerate(readers))
        for row in range(result.ntuples)
    ]


def _name(driver: Driver, statement: str) -> bytes:
    names = _prepared.setdefault(driver, {})
    if (name := names.get(statement)) is None:
        name = b"ledger_%d" % len(names)
        _checked(driver.pgconn, driver.pgconn.prepare(name, statement.encode()))
        names[statement] = name
    return name


def _checked(connection: pq.abc.PGconn, result: pq.abc.PGresult) -> pq.abc.PGresult:
    if result.status in _DONE:
        return result
    if connection.status == pq.ConnStatus.BAD:
        raise psycopg.OperationalError(result.get_error_message())
    raise error_from_result(result)


def _given(value: Value) -> bytes:
    match value:
        case bytes():
            return value
        case str():
            return value.encode()
        case int():
            return b"%d" % value
        case list():
            quoted = (one.replace("\\", "\\\\").replace('"', '\\"') for one in value)
            return ("{" + ",".join(f'"{one}"' for one in quoted) + "}").encode()


def _integer(value: bytes) -> int:
    return int.from_bytes(value, "big", signed=True)


def _instant(value: bytes) -> datetime:
    return _EPOCH + timedelta(microseconds=_integer(value))


# By the number that PostgreSQL gives each type.
_READERS: dict[int, Callable[[bytes], Any]] = {
    17: bytes,  # bytea
    20: _integer,  # bigint
    21: _integer,  # smallint
    23: _integer,  # integer
    25: bytes.decode,  # text
    1184: _instant,  # timestamptz
    2278: lambda _nothing: None,  # void
}
