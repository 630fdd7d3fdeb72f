from __future__ import annotations

import hashlib
import hmac
import json
import random
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_platform.app import ALL_DECIDERS
from qa_platform.kernel.event import Event, stored_name
from qa_platform.kernel.sealed import FORGOTTEN, Sealed, seal
from qa_platform.ledger.canonical import Unstorable, canonical, timestamp
from qa_platform.ledger.record import Codec, fresh_salt, leaf_of
from qa_platform.ledger.sealing import DataKey, SealBroken
from qa_platform.ledger.shape import Header
from tests.ledger.shelf import BookAdded, BookLent
from tests.strategies import anything

EVENTS = sorted({event for decider in ALL_DECIDERS for event in decider.events}, key=stored_name)
CODEC = Codec.of([*EVENTS, BookAdded, BookLent])
KEY_BYTES = bytes(range(32))
PEOPLE = ("p1", "p2")
PURPOSES = ("contact", "review", "conflict", "notes")


class _EveryKey(dict):
    """A key for everybody and every purpose."""

    def __missing__(self, pair):
        return DataKey(1, hashlib.sha256(KEY_BYTES + repr(pair).encode()).digest())


KEYS = _EveryKey()


def header(event, **changed) -> Header:
    name = stored_name(type(event))
    given = {
        "id": "0192f6c0-0000-7000-8000-000000000001",
        "stream": "shelf-a",
        "version": 1,
        "name": name,
        "at": timestamp(datetime(2026, 11, 24, 9, 0, tzinfo=UTC)),
        "actor": "tester",
        "case": "a",
        "cause": None,
        "salt": "00" * 32,
    }
    return Header(**(given | changed))


def opening(event) -> dict:
    sealed = [value for name in event.__struct_fields__ if isinstance(value := getattr(event, name), Sealed)]
    return {(one.subject, one.purpose, 1): KEYS[one.subject, one.purpose].key for one in sealed}


def without_boxes(event):
    values = {name: getattr(event, name) for name in event.__struct_fields__}
    bare = {
        name: msgspec.structs.replace(value, box=None) for name, value in values.items() if isinstance(value, Sealed)
    }
    return msgspec.structs.replace(event, **bare)


@pytest.mark.parametrize("event_type", EVENTS, ids=stored_name)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_every_event_comes_back_from_the_codec_as_it_went(event_type, data):
    event = data.draw(anything(event_type))

    written = CODEC.write(event, header(event, salt=fresh_salt()), KEYS)
    read = CODEC.read(written.record, written.leaf, keys=opening(event))

    assert without_boxes(read.event) == event
    assert read.digest == written.leaf.hex() == leaf_of(written.record).hex()


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**53) + 1, 2**53 - 1)
        | st.text(st.characters(exclude_categories=["Cs"])),
        lambda inner: st.lists(inner) | st.dictionaries(st.text("aZ_09", min_size=1), inner),
    )
)
def test_canonical_bytes_are_those_of_an_independent_rfc_8785(value):
    assert canonical(value) == rfc8785.dumps(value)


def test_a_record_and_its_leaf_are_made_as_published():
    """Made again by hand from trust's formula; the numbers must never change."""
    event = BookAdded(shelf="a", title="Emma")
    written = CODEC.write(event, header(event), {})

    record = json.loads(written.record)
    salt = bytes(32)
    clear = {f"header.{name}": value for name, value in record["header"].items() if name != "salt"}
    clear |= {f"data.{name}": value for name, value in record["data"].items()}
    fields = {
        name: hashlib.sha256(
            b"commit/v1\0" + hmac.digest(salt, name.encode(), "sha256") + rfc8785.dumps([name, value])
        ).hexdigest()
        for name, value in clear.items()
    }
    public = {
        "id": record["header"]["id"],
        "at": record["header"]["at"],
        "fields": hashlib.sha256(rfc8785.dumps(fields)).hexdigest(),
    }
    assert written.leaf == hashlib.sha256(b"\x00" + rfc8785.dumps(public)).digest()
    assert written.leaf.hex() == "f4e84c60c8cc03219ac7d93d919a0ff002a1b68f4a101ffffff9dc9a0ced276b"


def test_a_leaf_tells_nothing_of_what_happened():
    """The same event twice, a different salt each: nothing about the leaves is the same."""
    event = BookAdded(shelf="a", title="Emma")
    leaves = {CODEC.write(event, header(event, salt=fresh_salt()), {}).leaf for _ in range(3)}
    assert len(leaves) == 3


@given(st.integers(0, 10**6), st.data())
def test_whatever_bit_of_a_record_changes_the_leaf_changes(seed, data):
    event = BookLent(shelf="a", title="Emma", reader=seal("p1", "Mei Ling"))
    written = CODEC.write(event, header(event), KEYS)
    record = json.loads(written.record)
    place = data.draw(st.sampled_from(["header", "data", "sealed"]))
    if place == "sealed":
        record["sealed"]["reader"]["commit"] = hashlib.sha256(str(seed).encode()).hexdigest()
    else:
        field = data.draw(st.sampled_from(sorted(set(record[place]) - {"salt"})))
        record[place][field] = f"{record[place][field]} altered {seed}"

    assert leaf_of(json.dumps(record)) != written.leaf


def test_personal_data_never_stands_in_clear_in_a_record():
    event = BookLent(
        shelf="a", title="Emma", reader=seal("p1", "canary-name"), contact=seal("p1", {"phone": "canary-phone"})
    )
    record = CODEC.write(event, header(event), KEYS).record

    assert b"canary" not in record


def test_a_sealed_field_opens_only_where_it_was_put():
    event = BookLent(shelf="a", title="Emma", reader=seal("p1", "Mei Ling"))
    written = CODEC.write(event, header(event), KEYS)
    moved = written.record.replace(b'"stream":"shelf-a"', b'"stream":"shelf-b"')

    with pytest.raises(SealBroken, match="does not open"):
        CODEC.read(moved, written.leaf, keys=opening(event))


def test_another_key_that_would_open_a_field_to_another_text_is_refused():
    event = BookLent(shelf="a", title="Emma", reader=seal("p1", "Mei Ling"))
    written = CODEC.write(event, header(event), KEYS)

    with pytest.raises(SealBroken, match="not the one that sealed"):
        CODEC.read(written.record, written.leaf, keys={("p1", "contact", 1): bytes(32)})


def test_without_its_key_a_field_is_forgotten_and_the_leaf_still_proves_the_record():
    event = BookLent(shelf="a", title="Emma", reader=seal("p1", "Mei Ling"))
    written = CODEC.write(event, header(event), KEYS)

    assert CODEC.read(written.record, written.leaf, keys={}).event.reader.value is FORGOTTEN
    assert leaf_of(written.record) == written.leaf


@pytest.mark.parametrize("title", ["a\0b", "\\\0", "x" * 10 + "\0"])
def test_a_nul_is_refused(title):
    event = BookAdded(shelf="a", title=title)
    with pytest.raises(Unstorable, match="NUL"):
        CODEC.write(event, header(event), {})


@pytest.mark.parametrize("title", ["\\u0000", "\\\\u0000", "a\\u0000b"])
def test_the_letters_of_an_escaped_nul_are_just_text(title):
    event = BookAdded(shelf="a", title=title)
    written = CODEC.write(event, header(event), {})
    assert CODEC.read(written.record, written.leaf).event == event


def test_an_integer_that_json_cannot_say_exactly_is_refused():
    class Counted(BookAdded, frozen=True, kw_only=True, tag="book.counted.v1"):
        count: int

    codec = Codec.of([Counted])
    event = Counted(shelf="a", title="Emma", count=2**53)
    with pytest.raises(Unstorable, match="larger than JSON"):
        codec.write(event, header(event), {})


@pytest.mark.parametrize(
    "event",
    [
        BookAdded(shelf="a", title=7),
        BookAdded(shelf="a", title="Emma", price="dear"),
        BookAdded(shelf="a", title="Emma", places=({"room": "x"},)),
        BookLent(shelf="a", title="Emma", reader="Mei Ling"),
    ],
)
def test_what_could_not_be_read_again_is_never_stored(event):
    """Once in its stream it would stop everybody who reads that stream, for ever."""
    with pytest.raises(Unstorable, match="could not be read"):
        CODEC.write(event, header(event), KEYS)


def test_an_event_type_with_a_float_is_refused_at_start():
    class Weighed(BookAdded, frozen=True, kw_only=True, tag="book.weighed.v1"):
        weight: tuple[float, ...]

    with pytest.raises(Unstorable, match="float"):
        Codec.of([Weighed])


def test_two_event_types_of_one_stored_name_are_refused_at_start():
    class Twin(BookAdded, frozen=True, kw_only=True, tag="book.added.v1"):
        pass

    with pytest.raises(Unstorable, match="both named"):
        Codec.of([BookAdded, Twin])


def test_an_old_version_is_upcast_on_reading_through_every_version_between():
    old = Codec.of([BookAdded])
    event = BookAdded(shelf="a", title="Emma")
    written = old.write(event, header(event), {})

    class BookAddedV3(Event, frozen=True, kw_only=True, tag="book.added.v3"):
        seen_by = BookAdded.seen_by

        shelf: str
        headline: str
        copies: int

    def second(fields: dict) -> dict:
        return {"shelf": fields["shelf"], "headline": fields["title"]}

    newer = Codec.of(
        [BookAddedV3],
        {
            "book.added.v1": ("book.added.v2", second),
            "book.added.v2": ("book.added.v3", lambda fields: fields | {"copies": 1}),
        },
    )
    read = newer.read(written.record, written.leaf)
    assert read.event == BookAddedV3(shelf="a", headline="Emma", copies=1)
    assert read.digest == leaf_of(written.record).hex()


# --- the golden file: one stored record of each version of each event, for ever

GOLDEN = Path(__file__).with_name("golden_events.json")


def golden_lines() -> dict[str, dict]:
    lines = [json.loads(line) for line in GOLDEN.read_text(encoding="ascii").split("\n") if line.strip()]
    return {line["name"]: line for line in lines}


def test_every_event_that_can_be_stored_has_its_golden_line():
    """Add one with `python -m tests.ledger.test_record`; lines are only ever added."""
    assert set(golden_lines()) >= {stored_name(event) for event in EVENTS}


@pytest.mark.parametrize("name", sorted(golden_lines()) if GOLDEN.exists() else [])
def test_a_stored_event_keeps_its_meaning(name):
    line = golden_lines()[name]
    record = json.dumps(line["record"])

    read = CODEC.read(record, bytes.fromhex(line["leaf"]), keys=_EveryOpening())

    assert leaf_of(record).hex() == line["leaf"]
    assert json.loads(msgspec.json.encode(without_boxes(read.event))) == line["means"]


class _EveryOpening(dict):
    def get(self, key, default=None):
        subject, purpose, _version = key
        return KEYS[subject, purpose].key


def _write_missing_lines() -> None:
    """Append a golden line for each event that has none; the ones there are never touched."""
    known = golden_lines() if GOLDEN.exists() else {}
    with GOLDEN.open("a", encoding="ascii") as file:
        for event_type in EVENTS:
            if stored_name(event_type) in known:
                continue
            event = _telling_example(event_type)
            written = CODEC.write(event, header(event, salt=fresh_salt()), KEYS)
            line = {
                "name": stored_name(event_type),
                "leaf": written.leaf.hex(),
                "means": json.loads(msgspec.json.encode(event)),
                "record": json.loads(written.record),
            }
            file.write(json.dumps(line, sort_keys=True) + "\n")


def _telling_example(event_type):
    """Return the example of many in which most fields say something."""
    found = []

    @settings(max_examples=60, database=None, derandomize=True, deadline=None)
    @given(anything(event_type))
    def collect(event):
        found.append((len(msgspec.json.encode(event)), random.random(), event))

    collect()
    sizes = sorted(found, key=lambda one: one[:2])
    return sizes[len(sizes) * 9 // 10][2]


if __name__ == "__main__":
    _write_missing_lines()
