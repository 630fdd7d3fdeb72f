"""Writing rows into the tables beside: old ones out, all others in by COPY."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from functools import cache
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import JSONB

from qa_platform.kernel.sealed import Sealed
from qa_platform.ledger.asking import ask
from qa_platform.ledger.connections import driver_of
from qa_platform.ledger.projection import SCHEMA, Projection
from qa_platform.ledger.rebuild.beside import beside, move
from qa_platform.ledger.rebuild.building import Changes


def write(connection: Connection, changes: Sequence[Changes], position: int) -> None:
    """Write what changed, and move the place of each read model to a position."""
    for one in changes:
        _write_one(connection, one)
    move(connection, position, {one.projection.name: one.added for one in changes})


def _write_one(connection: Connection, changes: Changes) -> None:
    projection, table = changes.projection, f'{SCHEMA}."{beside(changes.projection)}"'
    # Taking a row out and putting it in again costs what an update does, and COPY is the quickest way in.
    if changes.gone:
        ask(driver_of(connection), f'DELETE FROM {table} WHERE "{projection.key}" = ANY($1)', changes.gone)
    if not changes.rows:
        return
    columns = _columns(projection)
    names = ", ".join(f'"{name}"' for name, _ in columns)
    with driver_of(connection).cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in changes.rows:
            copy.write_row([stored(getattr(row, name)) for name, stored in columns])


@cache
def _columns(projection: Projection[Any]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    return tuple((name, _stored(kind)) for name, (kind, _) in projection.columns.items())


def _stored(kind: sa.types.TypeEngine[Any]) -> Callable[[Any], Any]:
    """Return what makes the stored value of a column; it must be what Projection.stored would say."""
    if isinstance(kind, JSONB):
        return _json
    return _text if isinstance(kind, sa.Text) else _as_it_is


def _json(value: Any) -> Any:  # noqa: ANN401 -- what JSON can hold
    if value is None:
        return None
    if isinstance(value, Sealed) and value.value is not None:
        value = msgspec.structs.replace(value, value=None)
    return msgspec.json.encode(value).decode()


def _text(value: Any) -> Any:  # noqa: ANN401 -- text, or one of an enum's
    return value.value if isinstance(value, Enum) else value


def _as_it_is(value: Any) -> Any:  # noqa: ANN401 -- a number, a date, or nothing
    return value
