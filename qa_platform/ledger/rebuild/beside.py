"""The table beside the live one while a read model is built, and the place that goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from qa_platform.ledger.projection import SCHEMA, Projection

# How far the table is (the next position), how many rows it holds by then, and whose code made them.
_FIND = sa.text("SELECT position, rows, code FROM operations.rebuilds WHERE name = :name")
_BEGIN = sa.text("""
INSERT INTO operations.rebuilds (name, code, position, rows) VALUES (:name, :code, 0, 0)
ON CONFLICT (name) DO UPDATE SET code = excluded.code, position = 0, rows = 0
""")
_MOVE = sa.text("UPDATE operations.rebuilds SET position = :position, rows = rows + :added WHERE name = :name")
_END = sa.text("DELETE FROM operations.rebuilds WHERE name = :name")
_SERVE = sa.text("""
INSERT INTO operations.read_models (name, code) VALUES (:name, :code)
ON CONFLICT (name) DO UPDATE SET code = excluded.code, built_at = clock_timestamp()
""")


class Place(msgspec.Struct, frozen=True):
    """How far a table beside is: the position that comes next, and its rows by then."""

    position: int = 0
    rows: int = 0


def beside(projection: Projection[Any]) -> str:
    """Return the name of the table beside the live one."""
    return f"{projection.name}__beside"


def exists(connection: Connection, name: str) -> bool:
    """Return whether there is a table of that name among the read models."""
    return connection.scalar(sa.text("SELECT to_regclass(:name)"), {"name": f'{SCHEMA}."{name}"'}) is not None


def drop(connection: Connection, name: str) -> None:
    """Drop a table of the read models, if it is there."""
    connection.execute(sa.text(f'DROP TABLE IF EXISTS {SCHEMA}."{name}"'))


def place_of(connection: Connection, projection: Projection[Any]) -> Place:
    """Return how far the table beside is."""
    found = connection.execute(_FIND, {"name": projection.name}).one()
    return Place(found.position, found.rows)


def begin(connection: Connection, projection: Projection[Any], head: int) -> Place:
    """Return how far the table beside is that the same code has left, or of a new one."""
    found = connection.execute(_FIND, {"name": projection.name}).first()
    # A place past the head belongs to a history that a restore has taken back.
    usable = found is not None and found.code == projection.code and found.position <= head
    if found is not None and usable and exists(connection, beside(projection)):
        return Place(found.position, found.rows)
    drop(connection, beside(projection))
    connection.execute(CreateTable(projection.table_named(beside(projection))))
    connection.execute(_BEGIN, {"name": projection.name, "code": projection.code})
    return Place()


def move(connection: Connection, position: int, added: dict[str, int]) -> None:
    """Say how far tables beside are, each with the rows it grew by, in the transaction that wrote them."""
    moved = [{"name": name, "position": position, "added": rows} for name, rows in added.items()]
    if moved:
        connection.execute(_MOVE, moved)


def index(connection: Connection, projection: Projection[Any]) -> None:
    """Make the indexes of a table beside, and let the planner know it."""
    name = beside(projection)
    table = projection.table_named(name)
    for number, columns in enumerate(projection.indexes):
        made = sa.Index(f"{name}_{number}", *(table.c[column] for column in columns))
        connection.execute(CreateIndex(made, if_not_exists=True))
    connection.execute(sa.text(f'ANALYZE {SCHEMA}."{name}"'))


def swap(connection: Connection, projection: Projection[Any]) -> None:
    """Put the table beside in the live one's place, and remember the code that made it."""
    old, new = beside(projection), projection.name
    drop(connection, new)
    connection.execute(sa.text(f'ALTER TABLE {SCHEMA}."{old}" RENAME TO "{new}"'))
    for suffix in ("pkey", *range(len(projection.indexes))):
        connection.execute(sa.text(f'ALTER INDEX {SCHEMA}."{old}_{suffix}" RENAME TO "{new}_{suffix}"'))
    connection.execute(_END, {"name": projection.name})
    connection.execute(_SERVE, {"name": projection.name, "code": projection.code})


def give_up(connection: Connection, projection: Projection[Any]) -> None:
    """Drop the table beside, and its place."""
    drop(connection, beside(projection))
    connection.execute(_END, {"name": projection.name})


def forget_others(connection: Connection, known: Sequence[str]) -> None:
    """Drop the tables of read models that are no more, live and beside."""
    for of in ("read_models", "rebuilds"):
        gone = sa.text(f"DELETE FROM operations.{of} WHERE NOT name = ANY(:known) RETURNING name")
        for name in connection.scalars(gone, {"known": known}).all():
            for table in (name, f"{name}__beside", f"{name}__suspects"):
                drop(connection, table)
