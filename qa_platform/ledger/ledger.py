"""The ledger: execute a command, read what happened.

One append is one transaction: read the streams, fold, decide, insert the events at the next
versions, queue them for the sequencer, project, commit. The unique (stream, version) is the
lock: of two writers of one version the slower one fails, reads again and decides again.
"""

from __future__ import annotations

import hashlib
import random
import time
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from qa_platform.kernel.decider import Decider
from qa_platform.kernel.event import Command, Event, Recorded, StreamVersion, stored_name
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import Actor
from qa_platform.kernel.sealed import Sealed
from qa_platform.ledger import projection as projecting
from qa_platform.ledger import statements
from qa_platform.ledger.keys import Keys
from qa_platform.ledger.projection import Projection, Row
from qa_platform.ledger.record import Codec, Header, Upcast, Written, fresh_salt, timestamp
from qa_platform.ledger.sealing import open_box

_ATTEMPTS = 10
_BATCHES_AT_ONCE = 50
_WAKE_EVERY_SECONDS = 0.02
_AGAIN = frozenset({"40001", "40P01"})  # serialization failure, deadlock
_UNIQUE = "23505"

Also = Callable[[Connection], object]


class StreamMoved(Rejected):
    """Somebody else wrote first, and the caller had pinned what it saw."""


class KeyReused(Rejected):
    """An idempotency key came back with another request than the first time."""


class StreamHole(RuntimeError):
    """An append would have left a hole in a stream: a bug, never shown."""


class _TryAgain(Exception):
    """The ground moved while deciding; decide again."""


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """An idempotency key in its scope; `fingerprint` is the hex SHA-256 of the whole request."""

    actor: str
    route: str
    key: str
    fingerprint: str

    @property
    def scope(self) -> str:
        """Return what makes this key unique, in hex."""
        return hashlib.sha256(f"{self.actor}\0{self.route}\0{self.key}".encode()).hexdigest()


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a command came to: its events, where each stream now stands, and the first answer.

    `versions` holds every stream that was asked, also one that did not change. `replayed`
    tells that an idempotency key had been answered before and nothing was appended now.
    """

    recorded: tuple[Recorded[Any], ...]
    versions: dict[str, int]
    answer: dict[str, Any] = {}
    replayed: bool = False


class _StoredOutcome(msgspec.Struct, frozen=True, kw_only=True):
    events: list[tuple[str, int]]
    versions: dict[str, int]
    answer: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class _Request:
    """One atomic group of commands with what goes with it."""

    commands: tuple[Command, ...]
    actor: str
    cause: str | None = None
    expected_version: int | None = None
    key: Key | None = None
    depends_on: tuple[StreamVersion, ...] = ()
    answer: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class _Stand:
    """A stream while a request is being decided."""

    state: Any
    version: int


class Ledger:
    """The event store of one database."""

    def __init__(
        self,
        engine: Engine,
        *,
        deciders: Sequence[Decider[Any, Any, Any]],
        projections: Sequence[Projection[Any]],
        keys: Keys,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        upcasts: Mapping[str, Upcast] | None = None,
    ) -> None:
        """Take the collaborators; a command of two deciders, or a decider without commands, is a bug."""
        self.engine = engine
        self.keys = keys
        self.clock = clock
        self.new_id = new_id
        self.projections = tuple(sorted(projections, key=lambda one: one.name))
        self.codec = Codec.of((event for decider in deciders for event in decider.events), upcasts)
        self._deciders = _by_command(deciders)
        self._woken = 0.0

    # --- writing

    def execute(
        self,
        command: Command,
        *,
        actor: Actor | str,
        expected_version: int | None = None,
        key: Key | None = None,
        cause: str | None = None,
        depends_on: Sequence[StreamVersion] = (),
        answer: Mapping[str, Any] | None = None,
        also: Also | None = None,
    ) -> Outcome:
        """Decide a command and append what follows; see execute_together."""
        return self.execute_together(
            [command],
            actor=actor,
            expected_version=expected_version,
            key=key,
            cause=cause,
            depends_on=depends_on,
            answer=answer,
            also=also,
        )

    def execute_together(
        self,
        commands: Sequence[Command],
        *,
        actor: Actor | str,
        expected_version: int | None = None,
        key: Key | None = None,
        cause: str | None = None,
        depends_on: Sequence[StreamVersion] = (),
        answer: Mapping[str, Any] | None = None,
        also: Also | None = None,
    ) -> Outcome:
        """Decide several commands, of one stream or many, and append all that follows or nothing.

        `expected_version` pins the stream of the first command, `depends_on` other streams that
        the decision rests on: if one has moved, StreamMoved is raised. With a `key` the first
        outcome is kept with `answer` and given again; KeyReused if the request is another one.
        `also` runs in the same transaction. Refusals raise Rejected and leave nothing behind.
        """
        request = _Request(
            commands=tuple(commands),
            actor=actor if isinstance(actor, str) else actor.name,
            cause=cause,
            expected_version=expected_version,
            key=key,
            depends_on=tuple(depends_on),
            answer=dict(answer or {}),
        )
        for attempt in range(_ATTEMPTS):
            try:
                with self._writing() as connection:
                    if attempt:
                        self._queue_for(connection, request)
                    outcome = self._attempt(connection, request)
                    if also is not None and not outcome.replayed:
                        also(connection)
                break
            except _TryAgain:
                _pause(attempt)
        else:
            raise StreamMoved("Nothing was saved: too many people are changing this at once. Try again in a moment.")
        if outcome.recorded and not outcome.replayed:
            self._wake()
        return outcome

    def execute_many(
        self, batches: Iterable[Sequence[Command]], *, actor: Actor | str, cause: str | None = None
    ) -> list[Outcome | Rejected]:
        """Decide many independent batches, hundreds of events a statement; each is atomic by itself.

        Returns one answer per batch, in order: its outcome, or the refusal that kept it out.
        """
        name = actor if isinstance(actor, str) else actor.name
        requests = [_Request(commands=tuple(batch), actor=name, cause=cause) for batch in batches]
        answers: list[Outcome | Rejected] = []
        for start in range(0, len(requests), _BATCHES_AT_ONCE):
            answers += self._attempt_many(requests[start : start + _BATCHES_AT_ONCE])
        if any(isinstance(answer, Outcome) and answer.recorded for answer in answers):
            self._wake()
        return answers

    def _attempt_many(self, requests: list[_Request]) -> list[Outcome | Rejected]:
        try:
            with self._writing() as connection:
                stands = self._stands(connection, requests)
                answers: list[Outcome | Rejected] = []
                written: list[Written] = []
                for request in requests:
                    try:
                        events, outcome_of = self._decide(connection, request, stands)
                    except Rejected as refusal:
                        answers.append(refusal)
                        continue
                    written += events
                    answers.append(outcome_of)
                self._append(connection, written, None)
                return answers
        except _TryAgain:
            # One of the streams moved: let each batch settle its own quarrel.
            return [self._alone(request) for request in requests]

    def _alone(self, request: _Request) -> Outcome | Rejected:
        try:
            return self.execute_together(request.commands, actor=request.actor, cause=request.cause)
        except Rejected as refusal:
            return refusal

    def _queue_for(self, connection: Connection, request: _Request) -> None:
        # Who lost once waits in line before reading, so that a busy stream starves nobody.
        streams = sorted({self._decider(command).stream(command) for command in request.commands})
        connection.execute(statements.QUEUE_FOR_STREAMS, {"streams": streams})

    def _attempt(self, connection: Connection, request: _Request) -> Outcome:
        if (known := self.answered(connection, request.key)) is not None:
            return known
        try:
            self._hold_dependencies(connection, request.depends_on)
            stands = self._stands(connection, [request])
            self._check_pinned(request, stands)
            written, outcome = self._decide(connection, request, stands)
        except Rejected:
            # What refuses may be the work of the same request, sent twice and answered meanwhile.
            if (known := self.answered(connection, request.key)) is not None:
                return known
            raise
        self._append(connection, written, self._answer_row(request, outcome))
        return outcome

    def _decide(
        self, connection: Connection, request: _Request, stands: dict[str, _Stand]
    ) -> tuple[list[Written], Outcome]:
        """Return what follows from a request; `stands` move on only if nothing is refused."""
        moved: dict[str, _Stand] = {}
        decided: list[tuple[Event, str, int, str | None]] = []
        for command in request.commands:
            decider = self._decider(command)
            stream = decider.stream(command)
            stand = moved.setdefault(stream, _Stand(stands[stream].state, stands[stream].version))
            for event in decider.decide(command, stand.state):
                stand.version += 1
                stand.state = decider.evolve(stand.state, event)
                decided.append((event, stream, stand.version, decider.case(command)))
        keys = self.keys.for_writing(connection, (pair for event, *_ in decided for pair in self.codec.subjects(event)))
        at = timestamp(self.clock())
        written = [
            self.codec.write(
                event,
                Header(
                    id=self.new_id(),
                    stream=stream,
                    version=version,
                    name=stored_name(type(event)),
                    at=at,
                    actor=request.actor,
                    case=case,
                    cause=request.cause,
                    salt=fresh_salt(),
                ),
                keys,
            )
            for event, stream, version, case in decided
        ]
        stands.update(moved)
        versions = {stream: stand.version for stream, stand in moved.items()}
        recorded = tuple(one.recorded for one in written)
        return written, Outcome(recorded=recorded, versions=versions, answer=dict(request.answer))

    def _append(self, connection: Connection, written: list[Written], answer: dict[str, Any] | None) -> None:
        if not written and answer is None:
            return
        inserted = connection.scalar(
            statements.APPEND,
            {"batch": _batch(written), "answers": msgspec.json.encode([answer] if answer else []).decode()},
        )
        if inserted != len(written):
            raise StreamHole(f"{len(written)} events were to be inserted and {inserted} had a predecessor")
        projecting.apply(connection, self.projections, [one.recorded for one in written])

    def _stands(self, connection: Connection, requests: Sequence[_Request]) -> dict[str, _Stand]:
        deciders = {
            decider.stream(command): decider
            for request in requests
            for command in request.commands
            for decider in [self._decider(command)]
        }
        stands = {stream: _Stand(decider.initial, 0) for stream, decider in deciders.items()}
        for row in connection.execute(statements.READ_STREAMS, {"streams": sorted(stands)}):
            recorded = self.codec.read(row.record, row.leaf)
            stand = stands[recorded.stream]
            stand.state = deciders[recorded.stream].evolve(stand.state, recorded.event)
            stand.version = recorded.version
        return stands

    def _check_pinned(self, request: _Request, stands: Mapping[str, _Stand]) -> None:
        if request.expected_version is None:
            return
        first = request.commands[0]
        stand = stands[self._decider(first).stream(first)]
        if stand.version != request.expected_version:
            raise StreamMoved(
                f"Nothing was saved: this was changed meanwhile (it is now at version {stand.version}, "
                f"you had seen version {request.expected_version}). Look at it again, then repeat your change."
            )

    def _hold_dependencies(self, connection: Connection, depends_on: Sequence[StreamVersion]) -> None:
        if not depends_on:
            return
        streams = sorted({one.stream for one in depends_on})
        # Shared locks first, in a statement of their own: the check below must see whoever held them.
        connection.execute(statements.HOLD_STREAMS, {"streams": streams})
        versions = dict.fromkeys(streams, 0)
        for row in connection.execute(statements.STREAM_VERSIONS, {"streams": streams}):
            versions[row.stream] = row.version
        if any(versions[one.stream] != one.version for one in depends_on):
            raise StreamMoved(
                "Nothing was saved: what this rests on was changed meanwhile. Look at it again, then repeat your step."
            )

    def answered(self, connection: Connection, key: Key | None) -> Outcome | None:
        """Return the first outcome under a key, None when there is none yet. Raises KeyReused."""
        if key is None:
            return None
        row = connection.execute(statements.ANSWERED, {"scope": key.scope}).first()
        if row is None:
            return None
        if row.fingerprint != self.keys.blind(key.fingerprint):
            raise KeyReused(
                "Nothing was saved: this idempotency key was used before with another request. Use a new key."
            )
        stored = msgspec.json.decode(row.outcome, type=_StoredOutcome)
        streams = sorted({stream for stream, _ in stored.events})
        wanted = {(stream, version) for stream, version in stored.events}
        rows = connection.execute(statements.READ_STREAMS, {"streams": streams}) if streams else ()
        recorded = [self.codec.read(row.record, row.leaf) for row in rows]
        return Outcome(
            recorded=tuple(one for one in recorded if (one.stream, one.version) in wanted),
            versions=stored.versions,
            answer=stored.answer,
            replayed=True,
        )

    def _answer_row(self, request: _Request, outcome: Outcome) -> dict[str, Any] | None:
        if request.key is None:
            return None
        return {
            "scope": request.key.scope,
            "fingerprint": self.keys.blind(request.key.fingerprint),
            "outcome": {
                "events": [(one.stream, one.version) for one in outcome.recorded],
                "versions": outcome.versions,
                "answer": outcome.answer,
            },
        }

    def _decider(self, command: Command) -> Decider[Any, Any, Any]:
        return self._deciders[type(command)]

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        try:
            with self.engine.begin() as connection:
                yield connection
        except DBAPIError as failure:
            state = getattr(failure.orig, "sqlstate", None)
            if state in _AGAIN or (isinstance(failure, IntegrityError) and state == _UNIQUE):
                raise _TryAgain from failure
            raise

    def _wake(self) -> None:
        now = time.monotonic()
        if now - self._woken < _WAKE_EVERY_SECONDS:
            return
        self._woken = now
        # Inside the append NOTIFY would hold one lock for the whole cluster over the flush. It is a
        # hint: what is committed must not be told as failed, and who polls finds it all the same.
        with (
            suppress(DBAPIError, PoolTimeout),
            self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        ):
            connection.execute(statements.WAKE)

    # --- reading

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection for read models; nothing is written through it."""
        with self.engine.connect() as connection:
            yield connection

    def read_stream(self, stream: str, *, opened: bool = False) -> list[Recorded[Any]]:
        """Return the events of a stream, oldest first; `opened` opens what is sealed."""
        with self.reading() as connection:
            rows = connection.execute(statements.READ_STREAMS, {"streams": [stream]}).all()
            return self._decode(connection, rows, opened=opened)

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
            rows = connection.execute(statements.READ_CASE, {"case": case_id}).all()
            if until is not None:
                early = [row.position for row in rows if row.position is not None and row.recorded_at <= until]
                last = max(early, default=-1)
                until_position = last if until_position is None else min(last, until_position)
            if until_position is not None:
                rows = [row for row in rows if row.position is not None and row.position <= until_position]
            return self._decode(connection, rows, opened=opened)

    def read_positions(
        self, connection: Connection, start: int, limit: int, *, opened: bool = False
    ) -> list[Recorded[Any]]:
        """Return up to `limit` events from position `start` on, in the one order."""
        rows = connection.execute(statements.READ_POSITIONS, {"start": start, "limit": limit}).all()
        return self._decode(connection, rows, opened=opened)

    def state(self, decider: Decider[Any, Any, Any], stream: str) -> tuple[Any, int]:
        """Return the folded state of a stream and its version (0: nothing happened yet)."""
        state, version = decider.initial, 0
        for recorded in self.read_stream(stream):
            state, version = decider.evolve(state, recorded.event), recorded.version
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

    def _decode(self, connection: Connection, rows: Sequence[Any], *, opened: bool) -> list[Recorded[Any]]:
        keys = None
        if opened:
            wanted = (key for row in rows for key in self.codec.key_ids(row.record))
            keys = self.keys.for_reading(connection, wanted)
        return [self.codec.read(row.record, row.leaf, row.position, keys) for row in rows]


def _by_command(deciders: Sequence[Decider[Any, Any, Any]]) -> dict[type[Command], Decider[Any, Any, Any]]:
    found: dict[type[Command], Decider[Any, Any, Any]] = {}
    for decider in deciders:
        if not decider.commands:
            raise ValueError(f"the decider of {decider.events!r} has no commands")
        for command in decider.commands:
            if command in found:
                raise ValueError(f"{command.__name__} has two deciders")
            found[command] = decider
    return found


def _batch(written: Sequence[Written]) -> str:
    here = {(one.recorded.stream, one.recorded.version) for one in written}
    rows = [
        {
            "n": n,
            "event_id": one.recorded.id,
            "stream": one.recorded.stream,
            "version": one.recorded.version,
            "name": stored_name(type(one.recorded.event)),
            "record": msgspec.Raw(one.record),
            "leaf": one.leaf.hex(),
            "case_id": one.recorded.case_id,
            "actor": one.recorded.actor,
            "recorded_at": timestamp(one.recorded.at),
            "cause": one.recorded.cause,
            "follows": (one.recorded.stream, one.recorded.version - 1) in here,
        }
        for n, one in enumerate(written)
    ]
    return msgspec.json.encode(rows).decode()


def _sealed_type(row_type: type[Row], name: str) -> Any:  # noqa: ANN401 -- a type hint
    hint = typing.get_type_hints(row_type)[name]
    for part in (hint, *typing.get_args(hint)):
        if typing.get_origin(part) is Sealed:
            return typing.get_args(part)[0]
    return Any


def _pause(attempt: int) -> None:
    # Jitter, so that two writers who met once do not meet again at the same instant.
    time.sleep(random.uniform(0, 0.004 * (attempt + 1)))  # noqa: S311 -- no secret depends on it
