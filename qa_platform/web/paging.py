"""Pages of a list: by the last key seen, so that a page costs the same wherever it is."""

from __future__ import annotations

import base64
import json
import typing
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

import marshmallow as ma
import msgspec
import sqlalchemy as sa
from flask import request
from sqlalchemy.sql import operators

from qa_platform.kernel.rejected import Fault
from qa_platform.ledger.projection import Projection, Row
from qa_platform.web.errors import Problem
from qa_platform.web.json_body import check_text

DEFAULT_LIMIT = 30
LARGEST_LIMIT = 200
LONGEST_CURSOR = 2000

R = TypeVar("R", bound=Row)


class PageQuerySchema(ma.Schema):
    """How much of a list, and from where."""

    limit = ma.fields.Integer(
        load_default=DEFAULT_LIMIT,
        validate=ma.validate.Range(1, LARGEST_LIMIT),
        metadata={"description": "How many items at most"},
    )
    cursor = ma.fields.String(metadata={"description": "The `next` of the page before"})


def page(
    connection: sa.Connection,
    projection: Projection[R],
    select: sa.Select[Any],
    *,
    order_by: Sequence[sa.ColumnElement[Any]],
) -> dict[str, Any]:
    """Return the page that this request asks for: `{"items": [rows], "next": cursor or None}`.

    `order_by` are columns of the projection's table, or their `.desc()`; its key is added, so
    that the order is total. Reads `limit` and `cursor` from the query.
    """
    columns = [_Column.of(element) for element in order_by]
    if projection.key not in {column.name for column in columns}:
        columns.append(_Column.of(projection.table.c[projection.key]))
    limit = _limit()
    if text := request.args.get("cursor"):
        select = select.where(_after(columns, _opened(text, columns, projection.row)))
    # One row more than asked for tells whether there is a next page, without counting.
    rows = projection.rows(connection, select.order_by(*(column.ordering for column in columns)).limit(limit + 1))
    items = rows[:limit]
    return {"items": items, "next": _cursor(columns, items[-1]) if len(rows) > limit else None}


def paged(item: type[ma.Schema]) -> type[ma.Schema]:
    """Return the schema of a page of items."""
    name = item.__name__.removesuffix("Schema")
    schema = ma.Schema.from_dict(
        {
            "items": ma.fields.List(ma.fields.Nested(item), required=True),
            "next": ma.fields.String(
                required=True,
                allow_none=True,
                metadata={"description": "Send it back as `cursor` for the next page; null on the last"},
            ),
        },
        name=f"{name}Page",
    )
    schema.__module__ = item.__module__  # where it belongs, in the API's document too
    return schema


@dataclass(frozen=True)
class _Column:
    """A column of the order, and which way it runs."""

    name: str
    column: sa.Column[Any]
    descending: bool

    @classmethod
    def of(cls, element: sa.ColumnElement[Any]) -> _Column:
        if isinstance(element, sa.UnaryExpression):
            assert isinstance(element.element, sa.Column)  # noqa: S101 -- a mistake of ours, never of the one who asks
            return cls(element.element.name, element.element, element.modifier is operators.desc_op)
        assert isinstance(element, sa.Column)  # noqa: S101 -- as above
        return cls(element.name, element, descending=False)

    @property
    def ordering(self) -> sa.ColumnElement[Any]:
        # Spelt out, for the comparison below relies on it: nothing stands after everything.
        order: sa.UnaryExpression[Any] = self.column.desc() if self.descending else self.column.asc()
        return order.nulls_last()

    def beyond(self, value: object) -> sa.ColumnElement[bool]:
        if value is None:
            return sa.false()
        further = self.column < value if self.descending else self.column > value
        return sa.or_(further, self.column.is_(None)) if self.column.nullable else further

    def same(self, value: object) -> sa.ColumnElement[bool]:
        return self.column.is_(None) if value is None else self.column == value


def _after(columns: list[_Column], values: list[Any]) -> sa.ColumnElement[bool]:
    """Return what holds for the rows after a key: equal so far, then beyond."""
    return sa.or_(
        *(
            sa.and_(*(columns[j].same(values[j]) for j in range(i)), column.beyond(values[i]))
            for i, column in enumerate(columns)
        )
    )


def _limit() -> int:
    text = request.args.get("limit", str(DEFAULT_LIMIT))
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_LIMIT))) or not (
        1 <= int(text) <= LARGEST_LIMIT
    ):
        raise _invalid("limit", f"Ask for 1 to {LARGEST_LIMIT} items.")
    return int(text)


def _cursor(columns: list[_Column], row: Row) -> str:
    values = [_written(getattr(row, column.name)) for column in columns]
    text = json.dumps([[column.name for column in columns], values], ensure_ascii=True, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _written(value: object) -> str | int | bool | None:
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal() | date() | datetime():
            return value.isoformat() if isinstance(value, date) else str(value)
        case _:
            raise TypeError(f"a list cannot be ordered by {type(value).__name__!r}")


def _opened(text: str, columns: list[_Column], row: type[Row]) -> list[Any]:
    """Return the last key of the page before; whatever did not come from us in this order is refused."""
    try:
        opened = _decoded(text, columns, row)
    except (ValueError, TypeError, RecursionError):  # also broken base64, JSON and types
        raise _invalid("cursor", "This is not a cursor of this list. Start again without one.") from None
    for value in opened:
        if isinstance(value, str):
            check_text(value, "its cursor")
    return opened


def _decoded(text: str, columns: list[_Column], row: type[Row]) -> list[Any]:
    if len(text) > LONGEST_CURSOR:
        raise ValueError(text)
    padded = text.encode("ascii") + b"=" * (-len(text) % 4)
    names, values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    # The database's integers end there.
    if any(isinstance(value, int) and abs(value) >= 2**63 for value in values):
        raise ValueError(values)
    if names != [column.name for column in columns] or len(values) != len(columns):
        raise ValueError(names)
    types = typing.get_type_hints(row)
    return [msgspec.convert(value, types[name]) for name, value in zip(names, values, strict=True)]


def _invalid(field: str, message: str) -> Problem:
    return Problem(
        422, "invalid", f"The list was not read: its {field} is not usable. {message}", faults=(Fault(field, message),)
    )
