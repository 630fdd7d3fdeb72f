"""The stored record of one event: its canonical bytes, its leaf hash, and the way back.

A private record is RFC 8785 JSON `{data, header, sealed}`. Its public leaf is RFC 8785 JSON
`{at, fields, id}`, where `fields` is one digest over a salted commitment per field, so that
the leaf tells nothing and every field can later be disclosed by itself. The leaf hash is that
of RFC 9162, section 2.1.1. It is final: after an erasure the commitments still stand in the record.
"""

from __future__ import annotations

import secrets
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

import msgspec

from qa_platform.kernel.event import Event, Recorded, stored_name
from qa_platform.kernel.sealed import Box, Sealed
from qa_platform.ledger.canonical import Unstorable, canonical, encode, refuse_inexact
from qa_platform.ledger.leaf import Field, Salted, leaf_hash
from qa_platform.ledger.sealing import DataKey, KeyId, OpeningKeys, open_box, seal_field
from qa_platform.ledger.shape import Clear, Content, Head, Header, SealedField, Shape, StoredRecord, shape_of

# A row as it is read: the record, its leaf, its position if it has one, and its stored name.
Stored = tuple[bytes, bytes, int | None, str]

Upcast = tuple[str, Callable[[dict[str, Any]], dict[str, Any]]]

_stored = msgspec.json.Decoder(StoredRecord)


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """An event ready to be inserted."""

    header: Header
    recorded: Recorded[Any]
    record: bytes
    leaf: bytes


def leaf_of(record: bytes | str) -> bytes:
    """Return the leaf hash of a stored record, made again from its bytes alone."""
    whole = msgspec.json.decode(record)
    header = whole["header"]
    commitments = commitments_of(header, whole["data"], {name: box["commit"] for name, box in whole["sealed"].items()})
    return leaf_hash(canonical(header["at"]), canonical(header["id"]), canonical(commitments))


# Names of fields are few and come again with every record.
_field = lru_cache(maxsize=4096)(Field)


def commitments_of(header: Mapping[str, Any], data: Mapping[str, Any], sealed: Mapping[str, str]) -> dict[str, str]:
    """Return the commitment of each field, by name (`header.at`, `data.title`, `sealed.name`), in hex."""
    salted = Salted(bytes.fromhex(header["salt"]))
    clear = {f"header.{name}": value for name, value in header.items() if name != "salt"}
    clear |= {f"data.{name}": value for name, value in data.items()}
    found = {name: salted.commit(_field(name), canonical(value)) for name, value in clear.items()}
    return found | {f"sealed.{name}": commit for name, commit in sealed.items()}


_HEADER_FIELDS = tuple((name, Field(f"header.{name}")) for name in sorted(Header.__struct_fields__))
_SALT = dict(_HEADER_FIELDS)["salt"]


@dataclass
class Codec:
    """Turns events into records and records into events; knows every stored name there ever was."""

    shapes: dict[str, Shape] = field(default_factory=dict)
    upcasts: dict[str, Upcast] = field(default_factory=dict)

    @classmethod
    def of(cls, event_types: Iterable[type[Event]], upcasts: Mapping[str, Upcast] | None = None) -> Codec:
        """Return a codec for these event types; two types of one stored name are a bug."""
        codec = cls(upcasts=dict(upcasts or {}))
        for event_type in event_types:
            shape = shape_of(event_type)
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
        if shape.sealed:
            event, boxes = _seal(event, shape, header, keys)
        salted = Salted(bytes.fromhex(header.salt))
        committed: list[str] = []
        # Every value is encoded once, for the record and for its commitment alike.
        data = _object(salted, committed, event, (part for part in shape.parts if part[0] not in boxes))
        head = _object(salted, committed, header, _HEADER_FIELDS)
        sealed = {name: _stored_box(box) for name, box in sorted(boxes.items())}
        committed += [f'"sealed.{name}":"{box.commit}' for name, box in sorted(boxes.items())]
        record = b'{"data":%b,"header":%b,"sealed":%b}' % (data, head, canonical(sealed) if sealed else b"{}")
        refuse_inexact(record, data)
        _refuse_unreadable(shape, data, boxes)
        leaf = leaf_hash(encode(header.at), encode(header.id), f"""{{{'",'.join(committed)}"}}""".encode())
        return Written(header=header, recorded=_recorded(header, event, leaf, None), record=record, leaf=leaf)

    def read(
        self,
        record: bytes | str,
        leaf: bytes,
        position: int | None = None,
        keys: OpeningKeys | None = None,
        *,
        name: str | None = None,
    ) -> Recorded[Any]:
        """Return the recorded event; `keys` open its sealed fields, without them they stay closed.

        A caller that knows the stored name says it: most records are then decoded in one pass.
        """
        if name is None or name in self.upcasts:
            stored = _stored.decode(record)
            return _recorded(stored.header, self._event(stored, keys), leaf, position)
        shape = self.shapes[name]
        if shape.sealed:
            boxed = shape.boxed.decode(record)
            return _recorded(
                boxed.header, _assemble(shape, boxed.header, boxed.data, boxed.sealed, keys), leaf, position
            )
        whole = shape.clear.decode(record)
        return _recorded(whole.header, whole.data, leaf, position)

    def read_all(self, rows: Iterable[Stored]) -> list[Recorded[Any]]:
        """Return recorded events, their sealed fields closed: `read` for many, without a call for each."""
        clear, recorded = self._clear, Recorded
        found = []
        for record, leaf, position, name in rows:
            if (decode := clear.get(name)) is None:
                found.append(self.read(record, leaf, position, name=name))
                continue
            whole = decode(record)
            head = whole.header
            found.append(
                recorded(
                    id=head.id,
                    stream=head.stream,
                    version=head.version,
                    at=head.at,
                    actor=head.actor,
                    case_id=head.case,
                    cause=head.cause,
                    event=whole.data,
                    digest=leaf.hex(),
                    position=position,
                )
            )
        return found

    @cached_property
    def _clear(self) -> dict[str, Callable[[bytes | str], Clear[Any]]]:
        """Return how records of those types are decoded that seal nothing and were never another."""
        return {name: shape.clear.decode for name, shape in self._plain.items()}

    @cached_property
    def _content(self) -> dict[str, Callable[[bytes | str], Content[Any]]]:
        """Return how the events alone are decoded from such records."""
        return {name: shape.content.decode for name, shape in self._plain.items()}

    @property
    def _plain(self) -> dict[str, Shape]:
        return {name: shape for name, shape in self.shapes.items() if not shape.sealed and name not in self.upcasts}

    def event(self, record: bytes | str, name: str) -> Event:
        """Return the event alone, its sealed fields closed: what a fold needs."""
        if (decode := self._content.get(name)) is not None:
            return typing.cast("Event", decode(record).data)
        return self._event(_stored.decode(record), None)

    def _event(self, stored: StoredRecord, keys: OpeningKeys | None) -> Event:
        name, data = stored.header.name, stored.data
        if name in self.upcasts:
            name, data = self._upcast(name, data)
        shape = self.shapes[name]
        if stored.sealed:
            return _assemble(shape, stored.header, shape.unsealed.decode(data), stored.sealed, keys)
        return typing.cast("Event", shape.decoder.decode(data))

    def key_ids(self, record: bytes | str) -> set[KeyId]:
        """Return the keys that would open the sealed fields of a record."""
        sealed = _stored.decode(record).sealed
        return {(box.subject, box.purpose, box.version) for box in sealed.values()}

    def _upcast(self, name: str, data: msgspec.Raw) -> tuple[str, msgspec.Raw]:
        fields = msgspec.json.decode(data)
        while name in self.upcasts:
            name, lift = self.upcasts[name]
            fields = lift(fields)
        return name, msgspec.Raw(msgspec.json.encode(fields))


def fresh_salt() -> str:
    """Return 256 random bits in hex."""
    return secrets.token_hex(32)


def _object(salted: Salted, committed: list[str], holder: msgspec.Struct, parts: Iterable[tuple[str, Field]]) -> bytes:
    """Return the canonical JSON of some fields of a struct, and add the commitment of each to `committed`."""
    members: list[bytes] = []
    for name, part in parts:
        value = getattr(holder, name)
        if value is msgspec.UNSET:
            continue
        text = encode(value)
        members.append(part.member + text)
        # The salt would open all commitments; a receipt hands out the keys of single fields instead.
        if part is not _SALT:
            committed.append(part.committed + salted.commit(part, text))
    return b"{%b}" % b",".join(members)


def _recorded(header: Header | Head, event: Event, leaf: bytes, position: int | None) -> Recorded[Any]:
    return Recorded(
        id=header.id,
        stream=header.stream,
        version=header.version,
        at=header.at if isinstance(header.at, datetime) else datetime.fromisoformat(header.at),
        actor=header.actor,
        case_id=header.case,
        cause=header.cause,
        event=event,
        digest=leaf.hex(),
        position=position,
    )


def _seal(
    event: Event, shape: Shape, header: Header, keys: Mapping[tuple[str, str], DataKey]
) -> tuple[Event, dict[str, Box]]:
    """Return the event with closed boxes beside its values, and the boxes."""
    boxes: dict[str, Box] = {}
    carried: dict[str, Any] = {}
    for name in shape.sealed:
        value = getattr(event, name)
        if not isinstance(value, Sealed):
            continue
        key = keys[value.subject, value.purpose]
        boxes[name] = seal_field(value, key, event=header.id, stream=header.stream, field=name)
        carried[name] = msgspec.structs.replace(value, box=boxes[name])
    return msgspec.structs.replace(event, **carried), boxes


def _stored_box(box: Box) -> dict[str, Any]:
    stored = SealedField(
        subject=box.subject,
        purpose=box.purpose,
        version=box.key_version,
        nonce=box.nonce,
        ciphertext=box.ciphertext,
        key_commitment=box.key_commitment,
        commit=box.commit,
    )
    return typing.cast("dict[str, Any]", msgspec.to_builtins(stored))


def _assemble(
    shape: Shape,
    header: Header | Head,
    unsealed: msgspec.Struct,
    sealed: Mapping[str, SealedField],
    keys: OpeningKeys | None,
) -> Event:
    values = {name: value for name in shape.fields if (value := getattr(unsealed, name)) is not msgspec.UNSET}
    for name, inner in sealed.items():
        box = Box(
            event=header.id,
            stream=header.stream,
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


def _refuse_unreadable(shape: Shape, data: bytes, boxes: Mapping[str, Box]) -> None:
    # A struct takes any value when it is made, but the reader is strict: what it refuses
    # would stand in its stream for ever, and nothing could pass it.
    try:
        if boxes:
            shape.unsealed.decode(data)
        else:
            shape.decoder.decode(data)
    except (msgspec.ValidationError, TypeError) as refused:
        raise Unstorable(f"an event could not be read again: {refused}") from refused
