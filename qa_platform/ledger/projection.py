"""Read models: one pure definition, applied inline, in batches, or in a rebuild."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec

from qa_platform.kernel.event import Event, Recorded


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
