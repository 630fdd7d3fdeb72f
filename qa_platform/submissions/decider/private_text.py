"""Personal data in what others will read: refused on saving, so that it never gets into an event."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect

from qa_platform.kernel.personal_data import find_personal_data
from qa_platform.kernel.rejected import Fault

_SUSPICIOUS = re.compile(r"[\d@\uff20\ufe6b]")
_DASHES = re.compile(r"[‐-―−]")  # noqa: RUF001 -- pasted numbers come with every kind of dash
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_PSEUDONYM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def personal_data(text: str) -> tuple[str, ...]:
    """Return what looks like personal data in a text, whatever dashes, digits and blanks it is written with."""
    # Most texts hold neither a digit nor an @, and there are many texts.
    if not _SUSPICIOUS.search(text):
        return ()
    plain = _INVISIBLE.sub("", _DASHES.sub("-", unicodedata.normalize("NFKC", text)))
    return find_personal_data(plain)


def is_pseudonym(subject: str) -> bool:
    """Return whether a text is a UUID, as pseudonyms are; anything else might tell who it is."""
    return _PSEUDONYM.fullmatch(subject) is not None


def personal_data_faults(part: msgspec.Struct) -> Iterator[Fault]:
    """Say where a course, a change to it, or a part of it holds personal data."""
    for path, text, kind in _texts(part, ""):
        if kind == "subject":
            if not is_pseudonym(text):
                yield Fault(path, "A person is told by a random pseudonym here; give the name under people.")
            continue
        yield from text_faults(path, text, numbers=kind in {"text", "code"})


def text_faults(path: str, text: str | None, *, numbers: bool = True) -> Iterator[Fault]:
    """Say what in one text is personal data; without `numbers` an address is looked for, but no number.

    Registers and links have numbers of their own, which look like those of identity cards.
    """
    for found in personal_data(text or ""):
        if numbers or "@" in found:
            yield Fault(
                path,
                f"“{found}” looks like an identity-card number, an e-mail address or a telephone number: take it out, "
                "for this text is read by others.",
            )


class _Spot(msgspec.Struct, frozen=True):
    """A field where text can stand: in itself, in its items, or in the parts that it holds."""

    name: str
    kind: str
    many: bool
    part: bool


@cache
def _spots(part: type[msgspec.Struct]) -> tuple[_Spot, ...]:
    shape = inspect.type_info(part)
    found = (_spot(field.name, field.type, "text", many=False) for field in getattr(shape, "fields", ()))
    return tuple(spot for spot in found if spot is not None)


def _spot(name: str, shape: inspect.Type, kind: str, *, many: bool) -> _Spot | None:
    match shape:
        case inspect.Metadata():
            return _spot(name, shape.type, (shape.extra or {}).get("kind", kind), many=many)
        case inspect.UnionType():
            # A field is one type or nothing.
            solid = next(member for member in shape.types if not isinstance(member, inspect.NoneType))
            return _spot(name, solid, kind, many=many)
        case inspect.VarTupleType():
            return _spot(name, shape.item_type, kind, many=True)
        case inspect.StructType() | inspect.StrType():
            return _Spot(name, kind, many, isinstance(shape, inspect.StructType))
        case _:
            return None


def _texts(part: msgspec.Struct, path: str) -> Iterator[tuple[str, str, str]]:
    for spot in _spots(type(part)):
        value = getattr(part, spot.name)
        if value is None or value is msgspec.UNSET:
            continue
        where = path + spot.name
        items: list[tuple[str, Any]] = (
            [(f"{where}.{index}", item) for index, item in enumerate(value)] if spot.many else [(where, value)]
        )
        for place, item in items:
            if spot.part:
                yield from _texts(item, f"{place}.")
            else:
                yield place, item, spot.kind
