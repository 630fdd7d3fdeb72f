"""The one way in which values are written: canonical JSON (RFC 8785), and what it cannot say exactly."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import msgspec

_LARGEST_EXACT = 2**53 - 1
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
# Every digit becomes a 0 and all else a blank: sixteen in a row are then found four times as fast as by a pattern.
_DIGITS = bytes(ord("0") if byte in b"0123456789" else ord(" ") for byte in range(256))
_LONG_NUMBER = b"0" * 16


class Unstorable(ValueError):
    """An event holds something that canonical JSON cannot say exactly: a bug, never shown."""


encode = msgspec.json.Encoder(order="sorted").encode


def canonical(value: Any) -> bytes:  # noqa: ANN401 -- any value that JSON can hold
    """Return RFC 8785 JSON of builtins; keys are ASCII and numbers integers, so sorting suffices."""
    return encode(value)


def timestamp(at: datetime) -> str:
    """Return the one way an instant is written: UTC with microseconds (RFC 3339)."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def refuse_inexact(record: bytes, data: bytes) -> None:
    """Raise Unstorable if a record, or its data, holds what another reader of JSON would take for something else."""
    # Both searches are cheap filters in C; the walk is only for the rare record they let through.
    if b"\\u0000" in record and _NUL.search(record):
        raise Unstorable("an event holds a NUL character; the schema should have refused it")
    if _LONG_NUMBER in data.translate(_DIGITS):
        _refuse_large(msgspec.json.decode(data))


def _refuse_large(value: Any) -> None:  # noqa: ANN401 -- builtins
    if isinstance(value, int) and abs(value) > _LARGEST_EXACT:
        raise Unstorable(f"an event holds the integer {value}, larger than JSON can say exactly")
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _refuse_large(part)
