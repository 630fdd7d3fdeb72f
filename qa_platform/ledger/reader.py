"""Reading the ledger: streams, cases, pages of the one order, and what is sealed in rows."""

from __future__ import annotations

import typing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine

from qa_platform.kernel.decider import Decider
from qa_platform.kernel.event import Recorded
from qa_platform.kernel.sealed import Sealed
from qa_platform.ledger import statements
from qa_platform.ledger.asking import Driver, Value, ask
from qa_platform.ledger.connections import directly, driver_of, failures_told, plain
from qa_platform.ledger.keys import Keys
from qa_platform.ledger.outcome import Key, KeyReused, Outcome, StoredOutcome
from qa_platform.ledger.projection import Row
from qa_platform.ledger.record import Codec, Stored
from qa_platform.ledger.sealing import open_box


class Reader:
    """What can be asked of a ledger; nothing is written through it."""

    engine: Engine
    keys: Keys
    codec: Codec

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection for read models; nothing is written through it."""
        with plain(self.engine).connect() as connection:
            yield connection

    def read_stream(self, stream: str, *, opened: bool = False) -> list[Recorded[Any]]:
        """Return the events of a stream, oldest first; `opened` opens what is sealed."""
        with self.reading() as connection:
            return self._decode(connection, self._ask(connection, statements.READ_STREAMS, [stream]), opened=opened)

    def read_case(
        self,
        case_id: str,
        *,
        until_position: int | None = None,
        until: datetime | None = None,
        opened: bool = False,
    ) -> list[Recorded[Any]]:
        """Return the events of a case by position, then those not yet sequenced (position None).

        With `until_position` or `until` only sequenced events count: up to that position, or up
        to the last position recorded at or before that instant.
        """
        with self.reading() as connection:
            rows = self._ask(connection, statements.READ_CASE, case_id)
            if until is not None:
                early = [position for *_, position, _, at in rows if position is not None and at <= until]
                last = max(early, default=-1)
                until_position = last if until_position is None else min(last, until_position)
            found = [row[:4] for row in rows]
            if until_position is not None:
                found = [row for row in found if row[2] is not None and row[2] <= until_position]
            return self._decode(connection, found, opened=opened)

    def read_positions(
        self, connection: Connection, start: int, limit: int, *, opened: bool = False
    ) -> list[Recorded[Any]]:
        """Return up to `limit` events from position `start` on, in the one order."""
        return self._decode(connection, self._ask(connection, statements.READ_POSITIONS, start, limit), opened=opened)

    def state(self, decider: Decider[Any, Any, Any], stream: str) -> tuple[Any, int]:
        """Return the folded state of a stream and its version (0: nothing happened yet)."""
        with directly(self.engine) as driver:
            return self._folded(driver, decider, stream)

    def _folded(self, driver: Driver, decider: Decider[Any, Any, Any], stream: str) -> tuple[Any, int]:
        state, version = decider.initial, 0
        evolve, event = decider.evolve, self.codec.event
        for version, name, record in ask(driver, statements.FOLD_STREAM, stream):  # noqa: B007 -- the last counts
            state = evolve(state, event(record, name))
        return state, version

    def open_rows(self, rows: Sequence[Any]) -> list[Any]:
        """Return rows of read models with their sealed fields opened, by one query for all keys."""
        boxes = [
            (index, name, value.box)
            for index, row in enumerate(rows)
            for name in row.__struct_fields__
            if isinstance(value := getattr(row, name), Sealed) and value.box is not None
        ]
        opened = list(rows)
        if not boxes:
            return opened
        with self.reading() as connection:
            keys = self.keys.for_reading(
                connection, ((box.subject, box.purpose, box.key_version) for _, _, box in boxes)
            )
        for index, name, box in boxes:
            inner = _sealed_type(type(opened[index]), name)
            value = msgspec.structs.replace(getattr(opened[index], name), value=open_box(box, keys, inner))
            opened[index] = msgspec.structs.replace(opened[index], **{name: value})
        return opened

    def _ask(self, connection: Connection, statement: str, *values: Value) -> list[tuple[Any, ...]]:
        driver = driver_of(connection)
        with failures_told(self.engine, driver, connection):
            return ask(driver, statement, *values)

    def _decode(self, connection: Connection, rows: Sequence[Stored], *, opened: bool) -> list[Recorded[Any]]:
        if not opened:
            return self.codec.read_all(rows)
        wanted = (key for record, *_ in rows for key in self.codec.key_ids(record))
        keys = self.keys.for_reading(connection, wanted)
        return [self.codec.read(record, leaf, position, keys, name=name) for record, leaf, position, name in rows]

    def answered(self, connection: Connection, key: Key | None) -> Outcome | None:
        """Return the first outcome under a key, None when there is none yet. Raises KeyReused."""
        driver = driver_of(connection)
        with failures_told(self.engine, driver, connection):
            return self.kept_answer(driver, key)

    def kept_answer(self, driver: Driver, key: Key | None) -> Outcome | None:
        """Return what `answered` does, on a connection of the driver."""
        if key is None:
            return None
        found = ask(driver, statements.ANSWERED, bytes.fromhex(key.scope))
        if not found:
            return None
        fingerprint, outcome = found[0]
        if fingerprint != self.keys.blind(key.fingerprint):
            raise KeyReused(
                "Nothing was saved: this idempotency key was used before with another request. Use a new key."
            )
        stored = msgspec.json.decode(outcome, type=StoredOutcome)
        wanted = {(stream, version) for stream, version in stored.events}
        rows = ask(driver, statements.READ_STREAMS, sorted({stream for stream, _ in wanted})) if wanted else []
        return Outcome(
            recorded=tuple(one for one in self.codec.read_all(rows) if (one.stream, one.version) in wanted),
            versions=stored.versions,
            answer=stored.answer,
            replayed=True,
        )


def _sealed_type(row_type: type[Row], name: str) -> Any:  # noqa: ANN401 -- a type hint
    hint = typing.get_type_hints(row_type)[name]
    for part in (hint, *typing.get_args(hint)):
        if typing.get_origin(part) is Sealed:
            return typing.get_args(part)[0]
    return Any
