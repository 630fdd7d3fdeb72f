"""Rebuild a read model beside the live one, compare the two, and swap in one short transaction.

The swap locks the live table, gives positions to all that is committed, folds it too, and
renames. A writer that was waiting for the table finds the new one under the old name; a
writer that had not yet reached it applies its own event to the new table by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

import msgspec
import psycopg
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.schema import CreateIndex, CreateTable

from qa_platform.ledger import statements
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.projection import SCHEMA, Projection, fold_into
from qa_platform.ledger.sequencer import drain, sequence

Progress = Callable[[str, int, int], None]

_PAGE = 2_000
_SHOWN_DIFFERENCES = 20


class ReadModelStale(Exception):
    """A read model was made by other code than the running one; `qa migrate` rebuilds it."""


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One row that differs: as it is live, and as the events say (None: no such row)."""

    key: str
    live: dict[str, Any] | None
    rebuilt: dict[str, Any] | None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a rebuild found: events folded, rows made, how many rows differ, and the first of them."""

    name: str
    events: int
    rows: int
    differing: int
    differences: tuple[Difference, ...]
    swapped: bool


def stale(ledger: Ledger) -> list[Projection[Any]]:
    """Return the read models that this code cannot serve: absent, or made by other code."""
    with ledger.reading() as connection:
        rows = connection.execute(sa.text("SELECT name, code FROM operations.read_models"))
        built = {row.name: row.code for row in rows}
    return [one for one in ledger.projections if built.get(one.name) != one.code]


def refuse_stale(ledger: Ledger) -> None:
    """Raise ReadModelStale unless every read model was made by the running code."""
    names = ", ".join(f"“{one.name}”" for one in stale(ledger))
    if names:
        raise ReadModelStale(f"The read models {names} were made by other code. Run `qa migrate`, then start again.")


def rebuild(
    ledger: Ledger, projection: Projection[Any], *, check: bool = False, progress: Progress | None = None
) -> Report:
    """Make a read model anew from the events; with `check` compare only, and keep the live one."""
    drain(ledger.engine)
    rows: dict[str, Any] = {}
    with ledger.reading() as connection:
        position = _fold_from(connection, ledger, projection, rows, start=0, progress=progress)
    with ledger.engine.begin() as connection:
        exists = _exists(connection, projection.name)
        if exists:
            mode = "SHARE" if check else "ACCESS EXCLUSIVE"
            connection.execute(sa.text(f'LOCK TABLE {SCHEMA}."{projection.name}" IN {mode} MODE'))
        while sequence(connection):
            pass
        position = _fold_from(connection, ledger, projection, rows, start=position, progress=progress)
        beside = f"{projection.name}__beside"
        _make(connection, projection, beside, rows)
        count, found = _differences(connection, projection, beside) if exists else (0, ())
        if check:
            connection.execute(sa.text(f'DROP TABLE {SCHEMA}."{beside}"'))
        else:
            _swap(connection, projection, beside)
    return Report(
        name=projection.name,
        events=position,
        rows=len(rows),
        differing=count,
        differences=found,
        swapped=not check,
    )


def rebuild_stale(ledger: Ledger, progress: Progress | None = None) -> list[Report]:
    """Rebuild the read models whose code changed; drop the tables of those that are no more."""
    reports = [rebuild(ledger, projection, progress=progress) for projection in stale(ledger)]
    known = [one.name for one in ledger.projections]
    with ledger.engine.begin() as connection:
        gone = connection.scalars(
            sa.text("DELETE FROM operations.read_models WHERE NOT name = ANY(:known) RETURNING name"), {"known": known}
        )
        for name in list(gone):
            connection.execute(sa.text(f'DROP TABLE IF EXISTS {SCHEMA}."{name}"'))
    return reports


def _fold_from(
    connection: Connection,
    ledger: Ledger,
    projection: Projection[Any],
    rows: dict[str, Any],
    *,
    start: int,
    progress: Progress | None,
) -> int:
    head = int(connection.scalar(statements.HEAD) or 0)
    for page in _pages(ledger, connection, start):
        fold_into(projection, rows, page)
        start += len(page)
        if progress is not None:
            progress(projection.name, start, max(head, start))
    return start


def _pages(ledger: Ledger, connection: Connection, start: int) -> Iterator[Sequence[Any]]:
    # Pages by key hold no snapshot open, unlike a server-side cursor over the whole log.
    while page := ledger.read_positions(connection, start, _PAGE):
        yield page
        start += len(page)


def _exists(connection: Connection, name: str) -> bool:
    return connection.scalar(sa.text("SELECT to_regclass(:name)"), {"name": f'{SCHEMA}."{name}"'}) is not None


def _make(connection: Connection, projection: Projection[Any], name: str, rows: dict[str, Any]) -> None:
    connection.execute(sa.text(f'DROP TABLE IF EXISTS {SCHEMA}."{name}"'))
    table = projection.table_named(name)
    connection.execute(CreateTable(table))
    fields = list(projection.columns)
    raw = cast("psycopg.Connection[Any]", connection.connection.driver_connection).cursor()
    columns = ", ".join(f'"{field}"' for field in fields)
    with raw.copy(f'COPY {SCHEMA}."{name}" ({columns}) FROM STDIN') as copy:
        for row in rows.values():
            stored = projection.stored(row)
            copy.write_row([_copied(stored[field], kind) for field, (kind, _) in projection.columns.items()])
    for number, index in enumerate(projection.indexes):
        made = sa.Index(f"{name}_{number}", *(table.c[column] for column in index))
        connection.execute(CreateIndex(made))
    connection.execute(sa.text(f'ANALYZE {SCHEMA}."{name}"'))


def _copied(value: Any, kind: sa.types.TypeEngine[Any]) -> Any:  # noqa: ANN401 -- what JSON can hold
    if value is None or not isinstance(kind, JSONB):
        return value
    return msgspec.json.encode(value).decode()


def _differences(
    connection: Connection, projection: Projection[Any], beside: str
) -> tuple[int, tuple[Difference, ...]]:
    key = projection.key
    statement = sa.text(
        f'SELECT coalesce(a."{key}", b."{key}") AS key, to_jsonb(a) AS live, to_jsonb(b) AS rebuilt, '
        f'count(*) OVER () AS total FROM {SCHEMA}."{projection.name}" a '
        f'FULL JOIN {SCHEMA}."{beside}" b ON a."{key}" = b."{key}" '
        f"WHERE to_jsonb(a) IS DISTINCT FROM to_jsonb(b) ORDER BY 1 LIMIT {_SHOWN_DIFFERENCES}"
    )
    rows = connection.execute(statement).all()
    found = tuple(Difference(key=row.key, live=row.live, rebuilt=row.rebuilt) for row in rows)
    return (rows[0].total if rows else 0), found


def _swap(connection: Connection, projection: Projection[Any], beside: str) -> None:
    connection.execute(sa.text(f'DROP TABLE IF EXISTS {SCHEMA}."{projection.name}"'))
    connection.execute(sa.text(f'ALTER TABLE {SCHEMA}."{beside}" RENAME TO "{projection.name}"'))
    for number in range(len(projection.indexes)):
        connection.execute(sa.text(f'ALTER INDEX {SCHEMA}."{beside}_{number}" RENAME TO "{projection.name}_{number}"'))
    connection.execute(sa.text(f'ALTER INDEX {SCHEMA}."{beside}_pkey" RENAME TO "{projection.name}_pkey"'))
    connection.execute(
        sa.text(
            "INSERT INTO operations.read_models (name, code) VALUES (:name, :code) "
            "ON CONFLICT (name) DO UPDATE SET code = excluded.code, built_at = clock_timestamp()"
        ),
        {"name": projection.name, "code": projection.code},
    )
