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

_DASHES = re.compile(r"[‐-―−]")  # noqa: RUF001 -- pasted numbers come with every kind of dash
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
_PSEUDONYM = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def personal_data(text: str) -> tuple[str, ...]:
    """Return what looks like personal data in a text, whatever dashes, digits and blanks it is written with."""
    plain = _INVISIBLE.sub("", _DASHES.sub("-", unicodedata.normalize("NFKC", text)))
    return find_personal_data(plain)


def personal_data_faults(part: msgspec.Struct) -> Iterator[Fault]:
    """Say where a course, a change to it, or a part of it holds personal data."""
    for path, text, kind in _texts(part, _shape(type(part)), "", "text"):
        if kind == "subject":
            if not _PSEUDONYM.fullmatch(text):
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


@cache
def _shape(part: type[msgspec.Struct]) -> inspect.Type:
    return inspect.type_info(part)


def _texts(value: Any, shape: inspect.Type, path: str, kind: str) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401 -- whatever a part holds
    if value is None or value is msgspec.UNSET:
        return
    match shape:
        case inspect.Metadata():
            yield from _texts(value, shape.type, path, (shape.extra or {}).get("kind", kind))
        case inspect.UnionType():
            for member in shape.types:
                if not isinstance(member, inspect.NoneType):
                    yield from _texts(value, member, path, kind)
        case inspect.StructType():
            for field in shape.fields:
                inner = f"{path}.{field.name}" if path else field.name
                yield from _texts(getattr(value, field.name), field.type, inner, "text")
        case inspect.VarTupleType():
            for index, item in enumerate(value):
                yield from _texts(item, shape.item_type, f"{path}.{index}", kind)
        case inspect.StrType():
            yield path, value, kind
        case _:
            pass
