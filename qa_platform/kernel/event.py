"""Events, commands and what the ledger says about a recorded event."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Generic, TypeVar

import msgspec

from qa_platform.kernel.visibility import Visibility


class Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="event"):
    """Something that happened; its tag is the stored name and outlives the class.

    Fields are flat: text, integers, booleans, Decimal, date, tuples and frozen structs of
    those, never floats. Personal data is `Sealed[...]`, always a whole field.
    """

    seen_by: ClassVar[Visibility]


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """Something that somebody asks for; already valid in shape."""


E = TypeVar("E", bound=Event, covariant=True)


class StreamVersion(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A stream as it stood: after its event number `version` (0: before the first)."""

    stream: str
    version: int


class Recorded(msgspec.Struct, Generic[E], frozen=True, kw_only=True):
    """An event with what the ledger recorded about it.

    `position` is its place in the one order, from 0; None while it has not been sequenced.
    `digest` is the leaf hash in hex: it binds whoever quotes it to these exact bytes.
    """

    id: str
    stream: str
    version: int
    at: datetime
    actor: str
    case_id: str | None
    cause: str | None
    event: E
    digest: str
    position: int | None = None


def stored_name(event_type: type[Event]) -> str:
    """Return the name under which events of a type are stored."""
    return str(event_type.__struct_config__.tag)
