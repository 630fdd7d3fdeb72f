"""The ledger: execute a command, read what happened.

One append is one transaction: read the streams, fold, decide, insert the events at the next
versions, queue them for the sequencer, project, commit. The unique (stream, version) is the
lock: of two writers of one version the slower one fails, reads again and decides again.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from qa_platform.kernel.decider import Decider
from qa_platform.kernel.event import Command, Event, StreamVersion, stored_name
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import Actor
from qa_platform.ledger import projection as projecting
from qa_platform.ledger import statements
from qa_platform.ledger.appending import append, hold, kept_answer
from qa_platform.ledger.keys import Keys
from qa_platform.ledger.observer import Observer, Unobserved
from qa_platform.ledger.outcome import Key, KeyReused, Outcome, StreamHole, StreamMoved
from qa_platform.ledger.projection import Projection
from qa_platform.ledger.reader import Reader
from qa_platform.ledger.record import Codec, Header, Upcast, Written, fresh_salt, timestamp

__all__ = ["Also", "Key", "KeyReused", "Ledger", "Outcome", "StreamHole", "StreamMoved"]

_ATTEMPTS = 10
_BATCHES_AT_ONCE = 50
_WAKE_EVERY_SECONDS = 0.02
_AGAIN = frozenset({"40001", "40P01"})  # serialization failure, deadlock
_UNIQUE = "23505"

Also = Callable[[Connection], object]


class _TryAgain(Exception):
    """The ground moved while deciding; decide again."""


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


class Ledger(Reader):
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
        observer: Observer | None = None,
    ) -> None:
        """Take the collaborators; a command of two deciders, or a decider without commands, is a bug."""
        self.engine = engine
        self.keys = keys
        self.clock = clock
        self.new_id = new_id
        self.projections = tuple(sorted(projections, key=lambda one: one.name))
        self.codec = Codec.of((event for decider in deciders for event in decider.events), upcasts)
        self._deciders = _by_command(deciders)
        self._observer: Observer = observer or Unobserved()
        self._woken = 0.0

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
        began = time.perf_counter()
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
                self._observer.moved()
                _pause(attempt)
        else:
            raise StreamMoved("Nothing was saved: too many people are changing this at once. Try again in a moment.")
        if outcome.recorded and not outcome.replayed:
            self._observer.appended(len(outcome.recorded), time.perf_counter() - began)
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
                self._append(connection, written)
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
            hold(connection, request.depends_on)
            stands = self._stands(connection, [request])
            self._check_pinned(request, stands)
            written, outcome = self._decide(connection, request, stands)
        except Rejected:
            # What refuses may be the work of the same request, sent twice and answered meanwhile.
            if (known := self.answered(connection, request.key)) is not None:
                return known
            raise
        self._append(connection, written, kept_answer(request.key, outcome, self.keys))
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

    def _append(self, connection: Connection, written: list[Written], answer: Mapping[str, Any] | None = None) -> None:
        if written or answer is not None:
            append(connection, written, answer)
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


def _pause(attempt: int) -> None:
    # Jitter, so that two writers who met once do not meet again at the same instant.
    time.sleep(random.uniform(0, 0.004 * (attempt + 1)))  # noqa: S311 -- no secret depends on it
