"""Comparing a live read model with the one beside it, in the database, without holding up writers.

Rows are compared first without a lock; what differs then may only be ahead of the table beside.
Under the lock, once the table beside has caught up, those rows are compared again, and those
that the events in between have touched. All others were equal, and nothing has changed them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.ledger.projection import SCHEMA, Projection
from qa_platform.ledger.rebuild.beside import beside, drop, exists

_SHOWN = 20
_COLUMNS = sa.text("""
SELECT attname FROM pg_attribute WHERE attrelid = CAST(:table AS regclass) AND attnum > 0 AND NOT attisdropped
""")


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One row that differs: as it is live, and as the events say (None: no such row)."""

    key: str
    live: dict[str, Any] | None
    rebuilt: dict[str, Any] | None


def suspect(connection: Connection, projection: Projection[Any]) -> bool:
    """Note the rows that differ, without a lock; False when there is nothing that could be compared."""
    drop(connection, _suspects(projection))
    live = _columns(connection, projection)
    if projection.key not in live:
        return False
    key = projection.key
    connection.execute(
        sa.text(
            f'CREATE TABLE {SCHEMA}."{_suspects(projection)}" AS '
            f'SELECT coalesce(a."{key}", b."{key}") AS key FROM {SCHEMA}."{projection.name}" a '
            f'FULL JOIN {SCHEMA}."{beside(projection)}" b ON a."{key}" = b."{key}" '
            f"WHERE {_differ(projection, live)}"
        )
    )
    return True


def differences(
    connection: Connection, projection: Projection[Any], touched: Iterable[str]
) -> tuple[int, tuple[Difference, ...]]:
    """Return how many rows differ, and the first of them, once no writer can come between."""
    key = projection.key
    statement = sa.text(
        "SELECT k.key, to_jsonb(a) AS live, to_jsonb(b) AS rebuilt, count(*) OVER () AS total "
        f'FROM (SELECT key FROM {SCHEMA}."{_suspects(projection)}" UNION '
        "SELECT key FROM unnest(CAST(:touched AS text[])) AS key) AS k "
        f'LEFT JOIN {SCHEMA}."{projection.name}" a ON a."{key}" = k.key '
        f'LEFT JOIN {SCHEMA}."{beside(projection)}" b ON b."{key}" = k.key '
        f"WHERE {_differ(projection, _columns(connection, projection))} ORDER BY 1 LIMIT {_SHOWN}"
    )
    rows = connection.execute(statement, {"touched": list(touched)}).all()
    drop(connection, _suspects(projection))
    found = tuple(Difference(key=row.key, live=row.live, rebuilt=row.rebuilt) for row in rows)
    return (rows[0].total if rows else 0), found


def _suspects(projection: Projection[Any]) -> str:
    return f"{projection.name}__suspects"


def _columns(connection: Connection, projection: Projection[Any]) -> frozenset[str]:
    if not exists(connection, projection.name):
        return frozenset()
    return frozenset(connection.scalars(_COLUMNS, {"table": f'{SCHEMA}."{projection.name}"'}))


def _differ(projection: Projection[Any], live: frozenset[str]) -> str:
    if live != projection.columns.keys():
        # Made by other code: only as JSON can one see which columns are the same.
        return "to_jsonb(a) IS DISTINCT FROM to_jsonb(b)"
    sides = (", ".join(f'{side}."{name}"' for name in sorted(live)) for side in "ab")
    return " IS DISTINCT FROM ".join(f"({side})" for side in sides)
