"""What events change in read models, as parts of the statement that appends them.

Rows are read before and changed only if nobody changed them meanwhile: `xmin` is the
transaction that made this version of a row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

import msgspec

from qa_platform.kernel.event import Recorded
from qa_platform.ledger.asking import Driver, Value, ask
from qa_platform.ledger.projection import SCHEMA, Projection, as_json, fold_into


class Change(NamedTuple):
    """What becomes of some rows of one table.

    The statement's parameters are {0}, {1} and so on; it must reach so many rows.
    """

    table: str
    statement: str
    values: tuple[Value, ...]
    reaches: int


def changes(
    driver: Driver, projections: Sequence[Projection[Any]], recorded: Sequence[Recorded[Any]], *, lock: bool
) -> list[Change]:
    """Return what these events change in the read models, for the statement that appends the events.

    Whoever lost a race for a row once asks for `lock`: the rows are then held until the
    transaction ends, in one order everywhere (projections by name, rows by key), so that
    nobody waits in a circle.
    """
    touched = [(one, relevant, keys) for one in projections for relevant, keys in [_relevant(one, recorded)] if keys]
    if not touched:
        return []
    found = _rows_locked(driver, touched) if lock else _rows_seen(driver, touched)
    return [
        change
        for (projection, relevant, _), seen in zip(touched, found, strict=True)
        for change in _changes_of(projection, relevant, seen)
    ]


_Touched = Sequence[tuple[Projection[Any], list[Recorded[Any]], list[str]]]
_Seen = dict[str, tuple[Any, str]]  # key -> the row, and the transaction that made this version of it


def _relevant(projection: Projection[Any], recorded: Sequence[Recorded[Any]]) -> tuple[list[Recorded[Any]], list[str]]:
    relevant = [event for event in recorded if type(event.event) in projection.listens]
    return relevant, sorted({key for event in relevant for key in projection.keys(event)})


def _rows_seen(driver: Driver, touched: _Touched) -> list[_Seen]:
    parts = (_statements(one).select.format(part=number, keys=number + 1) for number, (one, *_) in enumerate(touched))
    found: list[_Seen] = [{} for _ in touched]
    for number, key, version, row in ask(driver, " UNION ALL ".join(parts), *(keys for *_, keys in touched)):
        found[number][key] = (touched[number][0].from_json(row), version)
    return found


def _rows_locked(driver: Driver, touched: _Touched) -> list[_Seen]:
    return [
        {
            key: (projection.from_json(row), version)
            for _, key, version, row in ask(
                driver, _statements(projection).select.format(part=0, keys=1) + " ORDER BY 2 FOR UPDATE", keys
            )
        }
        for projection, _, keys in touched
    ]


def _changes_of(projection: Projection[Any], relevant: Sequence[Recorded[Any]], seen: _Seen) -> Iterator[Change]:
    touched = fold_into(projection, {key: row for key, (row, _) in seen.items()}, relevant)
    new = [row for key, row in touched.items() if row is not None and key not in seen]
    changed = {key: row for key, row in touched.items() if row is not None and key in seen and row != seen[key][0]}
    gone = {key: seen[key][1] for key, row in touched.items() if row is None and key in seen}
    statements = _statements(projection)
    if new:
        yield Change(projection.name, statements.insert, (as_json(projection, new),), len(new))
    if len(changed) == 1:
        ((key, row),) = changed.items()
        yield Change(projection.name, statements.update_one, (as_json(projection, [row])[1:-1], key, seen[key][1]), 1)
    elif changed:
        versions = _json({key: seen[key][1] for key in changed})
        rows = f'{{"rows":{as_json(projection, changed.values())},"seen":{versions}}}'
        yield Change(projection.name, statements.update, (rows,), len(changed))
    if gone:
        yield Change(projection.name, statements.delete, (_json(gone),), len(gone))


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


@dataclass(frozen=True)
class _Statements:
    """The SQL for the table of one read model."""

    table: str
    key: str
    fields: tuple[str, ...]

    @cached_property
    def select(self) -> str:
        """Return the query for rows under ${keys}, each with the version of it that was seen."""
        return (
            f'SELECT {{part}}, t."{self.key}", t.xmin::text, row_to_json(t) '
            f'FROM {self.table} t WHERE t."{self.key}" = ANY(${{keys}})'
        )

    @cached_property
    def insert(self) -> str:
        """Return the statement that inserts the rows of a JSON array."""
        fields = ", ".join(f'"{name}"' for name in self.fields)
        return (
            f"INSERT INTO {self.table} ({fields}) "
            f"SELECT {fields} FROM json_populate_recordset(NULL::{self.table}, CAST({{0}} AS json))"
        )

    @cached_property
    def update_one(self) -> str:
        """Return the statement that makes a row a JSON object if under its key it is still as it was seen."""
        return (
            f"UPDATE {self.table} t SET {self._assignments} "
            f"FROM json_populate_record(NULL::{self.table}, CAST({{0}} AS json)) r "
            f'WHERE t."{self.key}" = {{1}} AND t.xmin = CAST({{2}} AS xid)'
        )

    @cached_property
    def update(self) -> str:
        """Return the statement that updates those rows of a JSON object that are still as they were seen."""
        seen = "CAST({0} AS jsonb)->'seen'"
        return (
            f"UPDATE {self.table} t SET {self._assignments} "
            f"FROM jsonb_populate_recordset(NULL::{self.table}, CAST({{0}} AS jsonb)->'rows') r "
            f'WHERE t."{self.key}" = r."{self.key}" AND {self._among(seen)} '
            f'AND t.xmin::text = {seen}->>r."{self.key}"'
        )

    @cached_property
    def delete(self) -> str:
        """Return the statement that deletes those rows that are still as they were seen."""
        return (
            f"DELETE FROM {self.table} t USING jsonb_each_text(CAST({{0}} AS jsonb)) s "
            f'WHERE t."{self.key}" = s.key AND {self._among("CAST({0} AS jsonb)")} AND t.xmin::text = s.value'
        )

    @property
    def _assignments(self) -> str:
        return ", ".join(f'"{name}" = r."{name}"' for name in self.fields if name != self.key)

    def _among(self, seen: str) -> str:
        # Said a second time, as an array: of a JSON set the planner expects a hundred rows, and reads the whole table.
        return f't."{self.key}" = ANY(ARRAY(SELECT jsonb_object_keys({seen})))'


@lru_cache(maxsize=256)
def _made(table: str, key: str, fields: tuple[str, ...]) -> _Statements:
    return _Statements(f'{SCHEMA}."{table}"', key, fields)


def _statements(projection: Projection[Any]) -> _Statements:
    return _made(projection.name, projection.key, projection.row.__struct_fields__)
