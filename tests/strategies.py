"""Any event, command or row: hypothesis strategies read off the types, as the codec reads them."""

from __future__ import annotations

import types
import typing
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Literal

import msgspec
from hypothesis import strategies as st

from qa_platform.kernel.sealed import Sealed, seal

_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
_PLAIN = {
    str: _TEXT,
    bool: st.booleans(),
    int: st.integers(-(2**53) + 1, 2**53 - 1),
    Decimal: st.decimals(-(10**6), 10**6, places=4, allow_nan=False, allow_infinity=False),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    Any: _TEXT,
    type(None): st.none(),
}


@cache
def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Return a strategy for a type hint."""
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint is msgspec.UnsetType:
        return st.just(msgspec.UNSET)
    if origin in (typing.Union, types.UnionType):
        return st.one_of([anything(part) for part in parts])
    if origin is typing.Annotated:
        return anything(parts[0])
    if origin is Literal:
        return st.sampled_from(parts)
    if origin is Sealed:
        return st.builds(seal, st.sampled_from(["p1", "p2"]), anything(parts[0]))
    if origin is tuple and parts[1:] == (...,):
        return st.lists(anything(parts[0]), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(st.text("abcdef_", min_size=1, max_size=5), anything(parts[1]), max_size=3)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        hints = typing.get_type_hints(hint)
        return st.builds(hint, **{name: anything(hints[name]) for name in hint.__struct_fields__})
    raise TypeError(f"no strategy for {hint!r}")
