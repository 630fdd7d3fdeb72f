"""Read models: one pure definition, applied inline, in batches, or in a rebuild."""

from __future__ import annotations

import hashlib
import inspect
import sys
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, cached_property
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import JSONB

from qa_platform.kernel.event import Event, Recorded
from qa_platform.kernel.sealed import Sealed
from qa_platform.ledger.asking import Driver, ask

SCHEMA = "read_models"


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a read model; its fields become the table's columns.

    str, int, bool, Decimal, date and datetime (or None) become plain columns; everything
    else (tuples, dicts, structs, Sealed) becomes one jsonb column. A Sealed field keeps its
    box only: the table never holds personal data in clear.
    """


R = TypeVar("R", bound=Row)


@dataclass(frozen=True, kw_only=True)
class Projection(Generic[R]):
    """A read model: which events it listens to, which rows they touch, and what becomes of them.

    `keys` and `fold` are pure, look at the event and its own row only, and never at the value
    of a Sealed field. A row is fed by one stream, or its updates commute. `key` names the
    column that holds what `keys` returns.
    """

    name: str
    row: type[R]
    key: str
    events: tuple[type[Event], ...]
    keys: Callable[[Recorded[Any]], tuple[str, ...]]
    fold: Callable[[R | None, Recorded[Any]], R | None]
    indexes: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def table(self) -> sa.Table:
        """Return the live table, for queries."""
        return self.table_named(self.name)

    def table_named(self, name: str) -> sa.Table:
        """Return the table of this read model under another name, as a rebuild needs it."""
        columns = [
            sa.Column(field, kind, nullable=nullable, primary_key=field == self.key)
            for field, (kind, nullable) in self.columns.items()
        ]
        return sa.Table(name, sa.MetaData(schema=SCHEMA), *columns)

    @cached_property
    def columns(self) -> dict[str, tuple[sa.types.TypeEngine[Any], bool]]:
        """Return each column's type and whether it may be empty, from the row's fields."""
        hints = typing.get_type_hints(self.row)
        return {field: _column(hints[field]) for field in self.row.__struct_fields__}

    @cached_property
    def listens(self) -> frozenset[type[Event]]:
        """Return the event types as a set."""
        return frozenset(self.events)

    @cached_property
    def sealed_fields(self) -> dict[str, Any]:
        """Return the fields that hold sealed values, with the type of what is inside."""
        hints = typing.get_type_hints(self.row)
        return {
            field: typing.get_args(part)[0]
            for field in self.row.__struct_fields__
            for part in (hints[field], *typing.get_args(hints[field]))
            if typing.get_origin(part) is Sealed
        }

    @cached_property
    def code(self) -> str:
        """Return the hash of the code that makes the rows; another hash may mean other rows.

        It covers the module of the fold and all that it imports of this package below the
        ledger: a changed helper makes other rows too.
        """
        source = "\0".join(_source(name) for name in _rules_behind(self.fold.__module__))
        shape = [(name, str(kind), nullable) for name, (kind, nullable) in self.columns.items()]
        return hashlib.sha256(f"{source}\0{shape}\0{self.indexes}".encode()).hexdigest()

    def rows(self, connection: Connection, query: sa.Select[Any]) -> list[R]:
        """Return the rows that a query over `table` finds."""
        return [self.row_of(found) for found in connection.execute(query).mappings()]

    def find(self, connection: Connection, key: str) -> R | None:
        """Return the row under a key, or None."""
        found = connection.execute(sa.select(self.table).where(self.table.c[self.key] == key)).mappings().first()
        return None if found is None else self.row_of(found)

    def row_of(self, found: Mapping[Any, Any]) -> R:
        """Return a row of the database as a Row."""
        return msgspec.convert({field: found[field] for field in self.row.__struct_fields__}, self.row)

    def from_json(self, row: str) -> R:
        """Return a row that the database told as JSON."""
        return self._decoder.decode(row)

    @cached_property
    def _decoder(self) -> msgspec.json.Decoder[R]:
        return msgspec.json.Decoder(self.row)

    @cached_property
    def select_rows(self) -> str:
        """Return the query for rows under {keys}, each with the version of it that was seen."""
        return (
            f'SELECT {{part}}, t."{self.key}", t.xmin::text, row_to_json(t)::text '
            f'FROM {SCHEMA}."{self.name}" t WHERE t."{self.key}" = ANY(${{keys}})'
        )

    @cached_property
    def insert_rows(self) -> str:
        """Return the statement that inserts $rows."""
        fields = ", ".join(f'"{name}"' for name in self.columns)
        return (
            f'INSERT INTO {SCHEMA}."{self.name}" ({fields}) '
            f'SELECT {fields} FROM jsonb_populate_recordset(NULL::{SCHEMA}."{self.name}", CAST($rows AS jsonb))'
        )

    @cached_property
    def update_rows(self) -> str:
        """Return the statement that updates those of $rows that are still as they were seen."""
        fields = ", ".join(f'"{name}" = r."{name}"' for name in self.columns if name != self.key)
        seen = "CAST($rows AS jsonb)->'seen'"
        return (
            f'UPDATE {SCHEMA}."{self.name}" t SET {fields} '
            f"FROM jsonb_populate_recordset(NULL::{SCHEMA}.\"{self.name}\", CAST($rows AS jsonb)->'rows') r "
            f'WHERE t."{self.key}" = r."{self.key}" AND {self._among(seen)} '
            f'AND t.xmin::text = {seen}->>r."{self.key}"'
        )

    @cached_property
    def delete_rows(self) -> str:
        """Return the statement that deletes those rows that are still as they were seen."""
        return (
            f'DELETE FROM {SCHEMA}."{self.name}" t USING jsonb_each_text(CAST($rows AS jsonb)) s '
            f'WHERE t."{self.key}" = s.key AND {self._among("CAST($rows AS jsonb)")} AND t.xmin::text = s.value'
        )

    def _among(self, seen: str) -> str:
        # Said a second time, as an array: of a JSON set the planner expects a hundred rows, and reads the whole table.
        return f't."{self.key}" = ANY(ARRAY(SELECT jsonb_object_keys({seen})))'

    def stored(self, row: R) -> dict[str, Any]:
        """Return a row as JSON holds it; sealed values leave their box only."""
        closed = {
            name: msgspec.structs.replace(value, value=None)
            for name in self.sealed_fields
            if isinstance(value := getattr(row, name), Sealed)
        }
        plain = msgspec.structs.replace(row, **closed) if closed else row
        return typing.cast("dict[str, Any]", msgspec.to_builtins(plain))


def fold_into(projection: Projection[Any], rows: dict[str, Any], recorded: Iterable[Recorded[Any]]) -> dict[str, Any]:
    """Fold events into rows by key, in place; return what each touched key became (None: no row)."""
    touched: dict[str, Any] = {}
    for event in recorded:
        if type(event.event) not in projection.listens:
            continue
        for key in projection.keys(event):
            row = projection.fold(rows.get(key), event)
            touched[key] = row
            if row is None:
                rows.pop(key, None)
            else:
                rows[key] = row
    return touched


class Change(NamedTuple):
    """What becomes of some rows of one table: the statement, its parameter ($rows), and how many rows it must reach."""

    table: str
    statement: str
    rows: str
    reaches: int


def changes(
    driver: Driver, projections: Sequence[Projection[Any]], recorded: Sequence[Recorded[Any]], *, lock: bool
) -> list[Change]:
    """Return what these events change in the read models, for the statement that appends the events.

    Rows are read before and changed only if nobody changed them meanwhile. Whoever lost such a
    race once asks for `lock`: the rows are then held until the transaction ends, in one order
    everywhere (projections by name, rows by key), so that nobody waits in a circle.
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
    parts = (one.select_rows.format(part=number, keys=number + 1) for number, (one, *_) in enumerate(touched))
    found: list[_Seen] = [{} for _ in touched]
    for number, key, version, row in ask(driver, " UNION ALL ".join(parts), *(keys for *_, keys in touched)):
        found[number][key] = (touched[number][0].from_json(row), version)
    return found


def _rows_locked(driver: Driver, touched: _Touched) -> list[_Seen]:
    return [
        {
            key: (projection.from_json(row), version)
            for _, key, version, row in ask(
                driver, projection.select_rows.format(part=0, keys=1) + " ORDER BY 2 FOR UPDATE", keys
            )
        }
        for projection, _, keys in touched
    ]


def _changes_of(projection: Projection[Any], relevant: Sequence[Recorded[Any]], seen: _Seen) -> Iterator[Change]:
    touched = fold_into(projection, {key: row for key, (row, _) in seen.items()}, relevant)
    new = [row for key, row in touched.items() if row is not None and key not in seen]
    changed = {key: row for key, row in touched.items() if row is not None and key in seen and row != seen[key][0]}
    gone = [key for key, row in touched.items() if row is None and key in seen]
    if new:
        yield Change(projection.name, projection.insert_rows, as_json(projection, new), len(new))
    if changed:
        versions = _json({key: seen[key][1] for key in changed})
        rows = f'{{"rows":{as_json(projection, changed.values())},"seen":{versions}}}'
        yield Change(projection.name, projection.update_rows, rows, len(changed))
    if gone:
        yield Change(projection.name, projection.delete_rows, _json({key: seen[key][1] for key in gone}), len(gone))


def as_json(projection: Projection[Any], rows: Iterable[Any]) -> str:
    """Return rows as a JSON array, as the database takes them."""
    return _json([projection.stored(row) for row in rows] if projection.sealed_fields else list(rows))


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


# What only carries rows about; a change there is not a change of rules.
_CARRIERS = ("ledger", "web", "trust")


@cache
def _rules_behind(module: str) -> tuple[str, ...]:
    """Return a module and every module of its package that it takes something from, in order."""
    package = module.partition(".")[0]
    found, waiting = set[str](), [module]
    while waiting:
        name = waiting.pop()
        if name in found or name.partition(".")[0] != package or name.split(".")[1:2] in ([one] for one in _CARRIERS):
            continue
        found.add(name)
        for value in vars(sys.modules[name]).values():
            origin = value.__name__ if inspect.ismodule(value) else getattr(value, "__module__", None)
            if isinstance(origin, str) and origin in sys.modules:
                waiting.append(origin)
    return tuple(sorted(found))


@cache
def _source(module: str) -> str:
    return inspect.getsource(sys.modules[module])


_PLAIN: tuple[tuple[type, sa.types.TypeEngine[Any]], ...] = (
    (bool, sa.Boolean()),
    (int, sa.BigInteger()),
    (str, sa.Text(collation="C")),
    (Decimal, sa.Numeric()),
    (datetime, sa.DateTime(timezone=True)),
    (date, sa.Date()),
)


def _column(hint: Any) -> tuple[sa.types.TypeEngine[Any], bool]:  # noqa: ANN401 -- a type hint
    parts = typing.get_args(hint) if typing.get_origin(hint) in (typing.Union, types.UnionType) else (hint,)
    nullable = type(None) in parts
    solid = [_plain_type(part) for part in parts if part is not type(None)]
    if len(solid) == 1 and isinstance(solid[0], type):
        if issubclass(solid[0], Enum):
            return sa.Text(collation="C"), nullable
        for plain, kind in _PLAIN:
            if issubclass(solid[0], plain):
                return kind, nullable
    return JSONB(none_as_null=True), nullable


def _plain_type(part: Any) -> Any:  # noqa: ANN401 -- a type hint
    """Return the type that the values of a Literal share; anything else as it is."""
    values = {type(value) for value in typing.get_args(part)} if typing.get_origin(part) is typing.Literal else ()
    return values.pop() if len(values) == 1 else part
