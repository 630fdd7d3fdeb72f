"""The forms of a stored event: its header, its record as a whole, and each event class taken apart."""

from __future__ import annotations

import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar

import msgspec

from qa_platform.kernel.event import Event, stored_name
from qa_platform.kernel.sealed import Box, Sealed
from qa_platform.ledger.canonical import Unstorable
from qa_platform.ledger.leaf import Field

E = TypeVar("E")


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What the ledger says about an event; `salt` keeps the commitments from being guessed."""

    id: str
    stream: str
    version: int
    name: str
    at: str
    actor: str
    case: str | None
    cause: str | None
    salt: str


class SealedField(msgspec.Struct, frozen=True, kw_only=True):
    """A sealed field as a record holds it."""

    subject: str
    purpose: str
    version: int
    nonce: bytes
    ciphertext: bytes
    key_commitment: str
    commit: str


class StoredRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A whole record, of whatever event."""

    header: Header
    data: msgspec.Raw
    sealed: dict[str, SealedField]


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """Of the header what a Recorded tells; the rest is passed over without being made into objects."""

    id: str
    stream: str
    version: int
    at: datetime
    actor: str
    case: str | None
    cause: str | None


class Clear(msgspec.Struct, Generic[E], frozen=True, kw_only=True):
    """A record of an event type that seals nothing, decoded in one pass."""

    header: Head
    data: E


class Boxed(msgspec.Struct, Generic[E], frozen=True, kw_only=True):
    """A record of an event type that may seal something, decoded in one pass; `data` is what is in clear."""

    header: Head
    data: E
    sealed: dict[str, SealedField]


class Content(msgspec.Struct, Generic[E], frozen=True, kw_only=True):
    """The event alone, for a fold."""

    data: E


@dataclass(frozen=True)
class Shape:
    """How one event class is taken apart and put together again; `parts` in the order of canonical JSON."""

    type: type[Event]
    name: str
    decoder: msgspec.json.Decoder[Any]
    sealed: dict[str, Any]
    fields: dict[str, Any]
    parts: tuple[tuple[str, Field], ...]
    clear: msgspec.json.Decoder[Any]
    content: msgspec.json.Decoder[Any]
    unsealed: msgspec.json.Decoder[Any]
    boxed: msgspec.json.Decoder[Any]


@cache
def shape_of(event_type: type[Event]) -> Shape:
    """Return how an event class is stored. Raises Unstorable for one that JSON could not say exactly.

    A class does not change, so it is looked at once, however many ledgers a process opens.
    """
    hints = typing.get_type_hints(event_type)
    fields = {name: hints[name] for name in event_type.__struct_fields__}
    sealed = {name: inner for name, hint in fields.items() if (inner := _sealed_type(hint)) is not None}
    _refuse_floats(event_type, fields)
    if (
        event_type.__struct_encode_fields__ != event_type.__struct_fields__
        or event_type.__struct_config__.omit_defaults
    ):
        raise Unstorable(f"{event_type.__name__} renames or omits fields; a record says every field under its name")
    unsealed = _unsealed(event_type, fields, sealed)
    return Shape(
        type=event_type,
        name=stored_name(event_type),
        decoder=msgspec.json.Decoder(event_type),
        sealed=sealed,
        fields=fields,
        parts=tuple((name, Field(f"data.{name}")) for name in sorted(fields)),
        clear=msgspec.json.Decoder(Clear[event_type]),  # type: ignore[valid-type]  # known while running only
        content=msgspec.json.Decoder(Content[event_type]),  # type: ignore[valid-type]  # known while running only
        unsealed=msgspec.json.Decoder(unsealed),
        boxed=msgspec.json.Decoder(Boxed[unsealed]),  # type: ignore[valid-type]  # known while running only
    )


def _unsealed(event_type: type[Event], fields: Mapping[str, Any], sealed: Mapping[str, Any]) -> type[msgspec.Struct]:
    """Return a struct of the fields that stand in clear; what may be sealed stands there as null, or not at all."""
    clear = [(name, None if name in sealed else hint) for name, hint in fields.items()]
    return msgspec.defstruct(
        f"Unsealed{event_type.__name__}",
        [(name, typing.Union[hint, msgspec.UnsetType], msgspec.UNSET) for name, hint in clear],  # noqa: UP007 -- made here
        frozen=True,
    )


def _sealed_type(hint: Any) -> Any:  # noqa: ANN401 -- a type hint
    for part in (hint, *typing.get_args(hint)):
        if typing.get_origin(part) is Sealed:
            return typing.get_args(part)[0]
    return None


def _refuse_floats(event_type: type[Event], hints: Mapping[str, Any]) -> None:
    waiting: list[Any] = list(hints.values())
    seen: set[int] = set()
    while waiting:
        hint = waiting.pop()
        if id(hint) in seen:
            continue
        seen.add(id(hint))
        if hint is float:
            raise Unstorable(f"{event_type.__name__} holds a float; use Decimal or int")
        waiting.extend(typing.get_args(hint))
        if isinstance(hint, type) and issubclass(hint, msgspec.Struct) and hint not in (Sealed, Box):
            waiting.extend(typing.get_type_hints(hint).values())
