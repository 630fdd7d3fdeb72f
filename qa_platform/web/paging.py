"""Pages of a list: by the last key seen, so that a page costs the same wherever it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import marshmallow as ma

from qa_platform.ledger.projection import Projection, Row

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Select

R = TypeVar("R", bound=Row)


def page(
    connection: Connection,
    projection: Projection[R],
    select: Select[Any],
    *,
    order_by: Sequence[ColumnElement[Any]],
) -> dict[str, Any]:
    """Return the page that this request asks for: `{"items": [rows], "next": cursor or None}`.

    `order_by` are columns of the projection's table, or their `.desc()`; its key is added, so
    that the order is total. Reads `limit` and `cursor` from the query.
    """
    raise NotImplementedError


def paged(item: type[ma.Schema]) -> type[ma.Schema]:
    """Return the schema of a page of items."""
    name = item.__name__.removesuffix("Schema")
    return ma.Schema.from_dict(
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
