"""The stored record of one event: its canonical bytes, its leaf hash, and the way back.

A private record is RFC 8785 JSON `{data, header, sealed}`. Its public leaf is RFC 8785 JSON
`{at, fields, id}`, where `fields` is one digest over a salted commitment per field, so that
the leaf tells nothing and every field can later be disclosed by itself. The leaf hash is that
of RFC 9162, section 2.1.1. It is final: after an erasure the commitments still stand in the record.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec

from qa_platform.kernel.event import Event, Recorded, stored_name
from qa_platform.kernel.sealed import Box, Sealed
from qa_platform.ledger.sealing import DataKey, KeyId, OpeningKeys, open_box, seal_field

Upcast = tuple[str, Callable[[dict[str, Any]], dict[str, Any]]]

_LARGEST_EXACT = 2**53 - 1
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_LONG_NUMBER = re.compile(rb"\d{16}")


class Unstorable(ValueError):
    """An event holds something that canonical JSON cannot say exactly: a bug, never shown."""


def canonical(value: Any) -> bytes:  # noqa: ANN401 -- any value that JSON can hold
    """Return RFC 8785 JSON of builtins; keys are ASCII and numbers integers, so sorting suffices."""
    return msgspec.json.encode(value, order="sorted")


def timestamp(at: datetime) -> str:
    """Return the one way an instant is written: UTC with microseconds (RFC 3339)."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


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


class _SealedField(msgspec.Struct, frozen=True, kw_only=True):
    subject: str
    purpose: str
    version: int
    nonce: bytes
    ciphertext: bytes
    key_commitment: str
    commit: str


class _Stored(msgspec.Struct, frozen=True, kw_only=True):
    header: Header
    data: msgspec.Raw
    sealed: dict[str, _SealedField]


_stored = msgspec.json.Decoder(_Stored)


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """An event ready to be inserted."""

    recorded: Recorded[Any]
    record: bytes
    leaf: bytes


def leaf_of(record: bytes | str) -> bytes:
    """Return the leaf hash of a stored record, made again from its bytes alone."""
    whole = msgspec.json.decode(record)
    return _leaf(whole["header"], whole["data"], {name: box["commit"] for name, box in whole["sealed"].items()})


def _leaf(header: Mapping[str, Any], data: Mapping[str, Any], sealed: Mapping[str, str]) -> bytes:
    commitments = commitments_of(header, data, sealed)
    fields = hashlib.sha256(canonical(commitments)).hexdigest()
    public = canonical({"at": header["at"], "fields": fields, "id": header["id"]})
    return hashlib.sha256(b"\x00" + public).digest()


def commitments_of(header: Mapping[str, Any], data: Mapping[str, Any], sealed: Mapping[str, str]) -> dict[str, str]:
    """Return the commitment of each field, by name (`header.at`, `data.title`, `sealed.name`), in hex."""
    salt = bytes.fromhex(header["salt"])
    clear = {f"header.{name}": value for name, value in header.items() if name != "salt"}
    clear |= {f"data.{name}": value for name, value in data.items()}
    found = {
        name: hashlib.sha256(
            b"commit/v1\0" + hmac.digest(salt, name.encode(), "sha256") + canonical([name, value])
        ).hexdigest()
        for name, value in clear.items()
    }
    return found | {f"sealed.{name}": commit for name, commit in sealed.items()}


@dataclass(frozen=True)
class _Shape:
    """How one event class is taken apart and put together again."""

    type: type[Event]
    name: str
    decoder: msgspec.json.Decoder[Any]
    sealed: dict[str, Any]
    fields: dict[str, Any]


def _shape(event_type: type[Event]) -> _Shape:
    hints = typing.get_type_hints(event_type)
    fields = {name: hints[name] for name in event_type.__struct_fields__}
    sealed = {name: inner for name, hint in fields.items() if (inner := _sealed_type(hint)) is not None}
    _refuse_floats(event_type, fields)
    return _Shape(event_type, stored_name(event_type), msgspec.json.Decoder(event_type), sealed, fields)


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


@dataclass
class Codec:
    """Turns events into records and records into events; knows every stored name there ever was."""

    shapes: dict[str, _Shape] = field(default_factory=dict)
    upcasts: dict[str, Upcast] = field(default_factory=dict)

    @classmethod
    def of(cls, event_types: Iterable[type[Event]], upcasts: Mapping[str, Upcast] | None = None) -> Codec:
        """Return a codec for these event types; two types of one stored name are a bug."""
        codec = cls(upcasts=dict(upcasts or {}))
        for event_type in event_types:
            shape = _shape(event_type)
            known = codec.shapes.setdefault(shape.name, shape)
            if known.type is not event_type:
                raise Unstorable(f"two events are both named {shape.name!r}")
        return codec

    def subjects(self, event: Event) -> set[tuple[str, str]]:
        """Return the (person, purpose) pairs whose keys the event needs to be written."""
        shape = self.shapes[stored_name(type(event))]
        values = (getattr(event, name) for name in shape.sealed)
        return {(value.subject, value.purpose) for value in values if isinstance(value, Sealed)}

    def write(self, event: Event, header: Header, keys: Mapping[tuple[str, str], DataKey]) -> Written:
        """Return the record and leaf of an event; its Sealed fields are sealed on the way."""
        shape = self.shapes[header.name]
        boxes: dict[str, Box] = {}
        plain = event
        if shape.sealed:
            event, plain, boxes = _seal(event, shape, header, keys)
        data = msgspec.to_builtins(plain)
        del data["event"]
        for name in boxes:
            del data[name]
        head = msgspec.structs.asdict(header)
        sealed = {name: _stored_box(box) for name, box in boxes.items()}
        record = canonical({"data": data, "header": head, "sealed": sealed})
        _refuse_inexact(record, data)
        self._refuse_unreadable(record)
        leaf = _leaf(head, data, {name: box.commit for name, box in boxes.items()})
        return Written(recorded=_recorded(header, event, leaf, None), record=record, leaf=leaf)

    def read(
        self, record: bytes | str, leaf: bytes, position: int | None = None, keys: OpeningKeys | None = None
    ) -> Recorded[Any]:
        """Return the recorded event; `keys` open its sealed fields, without them they stay closed."""
        stored = _stored.decode(record)
        header = stored.header
        name, data = header.name, stored.data
        if name in self.upcasts:
            name, data = self._upcast(name, data)
        shape = self.shapes[name]
        event = _assemble(shape, stored, data, keys) if stored.sealed else shape.decoder.decode(data)
        return _recorded(header, event, leaf, position)

    def key_ids(self, record: bytes | str) -> set[KeyId]:
        """Return the keys that would open the sealed fields of a record."""
        sealed = _stored.decode(record).sealed
        return {(box.subject, box.purpose, box.version) for box in sealed.values()}

    def _refuse_unreadable(self, record: bytes) -> None:
        # A struct takes any value when it is made, but the reader is strict: what it refuses
        # would stand in its stream for ever, and nothing could pass it.
        try:
            self.read(record, b"")
        except (msgspec.ValidationError, TypeError) as refused:
            raise Unstorable(f"an event could not be read again: {refused}") from refused

    def _upcast(self, name: str, data: msgspec.Raw) -> tuple[str, msgspec.Raw]:
        fields = msgspec.json.decode(data)
        while name in self.upcasts:
            name, lift = self.upcasts[name]
            fields = lift(fields)
        return name, msgspec.Raw(msgspec.json.encode(fields))


def fresh_salt() -> str:
    """Return 256 random bits in hex."""
    return secrets.token_hex(32)


def _recorded(header: Header, event: Event, leaf: bytes, position: int | None) -> Recorded[Any]:
    return Recorded(
        id=header.id,
        stream=header.stream,
        version=header.version,
        at=datetime.fromisoformat(header.at),
        actor=header.actor,
        case_id=header.case,
        cause=header.cause,
        event=event,
        digest=leaf.hex(),
        position=position,
    )


def _seal(
    event: Event, shape: _Shape, header: Header, keys: Mapping[tuple[str, str], DataKey]
) -> tuple[Event, Event, dict[str, Box]]:
    """Return the event with closed boxes beside its values, a copy without values, and the boxes."""
    boxes: dict[str, Box] = {}
    carried: dict[str, Any] = {}
    emptied: dict[str, Any] = {}
    for name in shape.sealed:
        value = getattr(event, name)
        if not isinstance(value, Sealed):
            continue
        key = keys[value.subject, value.purpose]
        boxes[name] = seal_field(value, key, event=header.id, stream=header.stream, field=name)
        carried[name] = msgspec.structs.replace(value, box=boxes[name])
        emptied[name] = None
    return msgspec.structs.replace(event, **carried), msgspec.structs.replace(event, **emptied), boxes


def _stored_box(box: Box) -> dict[str, Any]:
    stored = _SealedField(
        subject=box.subject,
        purpose=box.purpose,
        version=box.key_version,
        nonce=box.nonce,
        ciphertext=box.ciphertext,
        key_commitment=box.key_commitment,
        commit=box.commit,
    )
    return typing.cast("dict[str, Any]", msgspec.to_builtins(stored))


def _assemble(shape: _Shape, stored: _Stored, data: msgspec.Raw, keys: OpeningKeys | None) -> Event:
    clear = msgspec.json.decode(data)
    values: dict[str, Any] = {
        name: msgspec.convert(clear[name], shape.fields[name], strict=False) for name in clear if name in shape.fields
    }
    for name, inner in stored.sealed.items():
        box = Box(
            event=stored.header.id,
            stream=stored.header.stream,
            field=name,
            subject=inner.subject,
            purpose=inner.purpose,
            key_version=inner.version,
            nonce=inner.nonce,
            ciphertext=inner.ciphertext,
            key_commitment=inner.key_commitment,
            commit=inner.commit,
        )
        value = None if keys is None else open_box(box, keys, shape.sealed[name])
        values[name] = Sealed(subject=box.subject, value=value, purpose=box.purpose, box=box)
    return shape.type(**values)


def _refuse_inexact(record: bytes, data: Any) -> None:  # noqa: ANN401 -- builtins
    # Both searches are cheap filters in C; the walk is only for the rare record they let through.
    if b"\\u0000" in record and _NUL.search(record):
        raise Unstorable("an event holds a NUL character; the schema should have refused it")
    if _LONG_NUMBER.search(record):
        _refuse_large(data)


def _refuse_large(value: Any) -> None:  # noqa: ANN401 -- builtins
    if isinstance(value, int) and abs(value) > _LARGEST_EXACT:
        raise Unstorable(f"an event holds the integer {value}, larger than JSON can say exactly")
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _refuse_large(part)
