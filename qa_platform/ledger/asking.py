"""Asking the database on the hot paths: prepared statements, one call into libpq, typed rows back.

The driver's cursors can do everything, and that costs a third of the time of a short statement.
Its compiled loaders make the rows all the same.
"""

from __future__ import annotations

import select
from collections.abc import Sequence
from typing import Any, NamedTuple, cast
from weakref import WeakKeyDictionary

import psycopg
from psycopg import pq
from psycopg.adapt import AdaptersMap, Transformer
from psycopg.errors import error_from_result
from psycopg.types.string import ByteaBinaryLoader

Driver = psycopg.Connection[tuple[Any, ...]]
Value = str | int | bytes | list[str] | None
Rows = list[tuple[Any, ...]]

_prepared: WeakKeyDictionary[Driver, dict[str, bytes]] = WeakKeyDictionary()
_DONE = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)


class _Loading(NamedTuple):
    """How columns become values: as the driver does it, but JSON stays the bytes that it is."""

    adapters: AdaptersMap
    connection: None = None


_LOADING = _Loading(AdaptersMap(psycopg.adapters))
_LOADING.adapters.register_loader("json", ByteaBinaryLoader)


def ask(driver: Driver, statement: str, *values: Value) -> Rows:
    """Return all rows of a statement whose parameters are $1, $2, …; prepared once per connection.

    Parameters are text, integers, bytes, lists of text or None. A driver's connection that is
    in no transaction and should be begins one. Raises psycopg.Error.
    """
    connection = driver.pgconn
    if not driver.autocommit and connection.transaction_status == pq.TransactionStatus.IDLE:
        _checked(connection, connection.exec_(b"BEGIN"))
    name = _name(driver, statement)
    given = cast("Sequence[bytes]", _given(values))  # None is NULL here too, though psycopg's types do not say so
    return _rows(connection, connection.exec_prepared(name, given, _formats(values), pq.Format.BINARY))


def ask_in_one_go(driver: Driver, *asked: tuple[str, tuple[Value, ...]]) -> list[Rows]:
    """Return the rows of each of several statements, sent together: one round trip, one transaction.

    Each statement sees what was committed before it began, as in any transaction at READ
    COMMITTED. The connection must be in no transaction. Raises the first psycopg.Error; then nothing happened.
    """
    connection = driver.pgconn
    names = [_name(driver, statement) for statement, _ in asked]
    connection.enter_pipeline_mode()
    try:
        for name, (_, values) in zip(names, asked, strict=True):
            connection.send_query_prepared(name, _given(values), _formats(values), result_format=pq.Format.BINARY)
        connection.pipeline_sync()
        results = list(iter(lambda: _next(connection), None))
        connection.exit_pipeline_mode()
    except BaseException:
        # Whoever asks next must not be given what nobody read here.
        driver.close()
        raise
    return [_rows(connection, result) for result in results]


def _next(connection: pq.abc.PGconn) -> pq.abc.PGresult | None:
    """Return the next result of a pipeline; None at its end. Raises OperationalError when the connection is lost."""
    while True:
        # Asked for a result that is not there yet, libpq would wait, and no other thread could run.
        while connection.is_busy():
            _readable(connection.socket)
            connection.consume_input()
        result = connection.get_result()
        if result is not None:
            return None if result.status == pq.ExecStatus.PIPELINE_SYNC else result
        if connection.status == pq.ConnStatus.BAD:
            raise psycopg.OperationalError(connection.error_message.decode(errors="replace"))


def _readable(socket: int) -> None:
    waiting = select.poll()
    waiting.register(socket, select.POLLIN)
    waiting.poll()


def _rows(connection: pq.abc.PGconn, result: pq.abc.PGresult) -> Rows:
    loading = Transformer(_LOADING)
    loading.set_pgresult(_checked(connection, result))
    return loading.load_rows(0, result.ntuples, tuple)


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


def _formats(values: tuple[Value, ...]) -> list[int]:
    return [pq.Format.BINARY if type(value) is bytes else pq.Format.TEXT for value in values]


def _given(values: tuple[Value, ...]) -> list[bytes | None]:
    return [value.encode() if type(value) is str else _as_text(value) for value in values]


def _as_text(value: Value) -> bytes | None:
    match value:
        case None | bytes():
            return value
        case str():
            return value.encode()
        case int():
            return b"%d" % value
        case list():
            quoted = (one.replace("\\", "\\\\").replace('"', '\\"') for one in value)
            return ("{" + ",".join(f'"{one}"' for one in quoted) + "}").encode()
