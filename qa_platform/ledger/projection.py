"""Read models: one pure definition, applied inline, in batches, or in a rebuild."""

from __future__ import annotations

import hashlib
import inspect
import sys
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, cached_property
from typing import Any, Generic, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import JSONB

from qa_platform.kernel.event import Event, Recorded
from qa_platform.kernel.sealed import Sealed

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

    def from_json(self, row: bytes) -> R:
        """Return a row that the database told as JSON."""
        return self._decoder.decode(row)

    @cached_property
    def _decoder(self) -> msgspec.json.Decoder[R]:
        return msgspec.json.Decoder(self.row)

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


def as_json(projection: Projection[Any], rows: Iterable[Any]) -> str:
    """Return rows as a JSON array, as the database takes them."""
    plain = [projection.stored(row) for row in rows] if projection.sealed_fields else list(rows)
    return msgspec.json.encode(plain).decode()


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
