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
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from qa_platform.kernel.decider import Decider
from qa_platform.kernel.event import Command, Event, StreamVersion, stored_name
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import Actor
from qa_platform.ledger import statements
from qa_platform.ledger.appending import Answer, append, hold, kept_answer
from qa_platform.ledger.asking import Driver, ask
from qa_platform.ledger.canonical import timestamp
from qa_platform.ledger.changing import changes
from qa_platform.ledger.connections import directly, driver_of, failures_told
from qa_platform.ledger.keys import Keys
from qa_platform.ledger.observer import Observer, Unobserved
from qa_platform.ledger.outcome import Key, KeyReused, Outcome, StreamHole, StreamMoved
from qa_platform.ledger.projection import Projection
from qa_platform.ledger.reader import Reader
from qa_platform.ledger.record import Codec, Upcast, Written, fresh_salt
from qa_platform.ledger.shape import Header
from qa_platform.ledger.wakeup import call

__all__ = ["Also", "Key", "KeyReused", "Ledger", "Outcome", "StreamHole", "StreamMoved"]

_ATTEMPTS = 10
_BATCHES_AT_ONCE = 50
# Less than the sequencer lingers: whoever called it that recently finds it awake.
_WAKE_EVERY_SECONDS = 0.2
_AGAIN = frozenset({"40001", "40P01", "23505"})  # serialization failure, deadlock, unique violation

Also = Callable[[Connection], object]


class _NeedsTransaction(Exception):
    """One statement is not enough for what was decided."""


class _Request(msgspec.Struct, frozen=True, kw_only=True):
    """One atomic group of commands with what goes with it."""

    commands: tuple[Command, ...]
    actor: str
    cause: str | None = None
    expected_version: int | None = None
    key: Key | None = None
    depends_on: tuple[StreamVersion, ...] = ()
    answer: dict[str, Any] = {}


class _Stand(msgspec.Struct):
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
                outcome = self._attempt(request, attempt, also)
                break
            except DBAPIError as failure:
                if not _moved(failure):
                    raise
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

    def rehearse(self, batches: Sequence[Sequence[Command]], actor: Actor | str) -> list[Outcome | Rejected]:
        """Decide batches one after the other as if they were executed, and record nothing.

        Returns one answer per batch, in order. What is decided later may differ: whoever relies on
        the answers names the versions of the streams before them in `depends_on`.
        """
        name = actor if isinstance(actor, str) else actor.name
        requests = [_Request(commands=tuple(batch), actor=name) for batch in batches]
        with self.engine.connect() as connection, failures_told(self.engine, driver_of(connection), connection):
            stands = self._stands(driver_of(connection), requests, afresh=True)
            answers: list[Outcome | Rejected] = []
            for request in requests:
                try:
                    answers.append(self._decide(connection, request, stands)[1])
                except Rejected as refusal:
                    answers.append(refusal)
            connection.rollback()
        return answers

    def _attempt_many(self, requests: list[_Request]) -> list[Outcome | Rejected]:
        try:
            with self._writing() as connection:
                driver = driver_of(connection)
                stands = self._stands(driver, requests)
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
                self._append(driver, written)
                return answers
        except DBAPIError as failure:
            if not _moved(failure):
                raise
            # One of the streams moved: let each batch settle its own quarrel.
            return [self._alone(request) for request in requests]

    def _alone(self, request: _Request) -> Outcome | Rejected:
        try:
            return self.execute_together(request.commands, actor=request.actor, cause=request.cause)
        except Rejected as refusal:
            return refusal

    def _attempt(self, request: _Request, attempt: int, also: Also | None) -> Outcome:
        if not attempt and also is None and not request.depends_on:
            with suppress(_NeedsTransaction):
                return self._in_one_statement(request)
        with self._writing() as connection:
            outcome = self._in_a_transaction(connection, request, attempt)
            if also is not None and not outcome.replayed:
                also(connection)
        return outcome

    def _in_one_statement(self, request: _Request) -> Outcome:
        with directly(self.engine) as driver:
            try:
                stands = self._stands(driver, [request])
                self._check_pinned(request, stands)
                written, outcome = self._decide(None, request, stands)
            except Rejected:
                if (known := self.kept_answer(driver, request.key)) is not None:
                    return known
                if request.expected_version == 0:
                    raise _NeedsTransaction from None
                raise
            # Where nothing will be inserted, nothing notices a stream that was taken to be new and is not.
            if not written and request.expected_version == 0:
                raise _NeedsTransaction
            self._append(driver, written, kept_answer(request.key, outcome, self.keys))
        return outcome

    def _in_a_transaction(self, connection: Connection, request: _Request, attempt: int) -> Outcome:
        driver = driver_of(connection)
        if attempt:
            # Who lost once waits in line before reading, so that a busy stream starves nobody.
            streams = sorted({self._decider(command).stream(command) for command in request.commands})
            ask(driver, statements.QUEUE_FOR_STREAMS, streams)
        if (known := self.kept_answer(driver, request.key)) is not None:
            return known
        try:
            hold(connection, request.depends_on)
            stands = self._stands(driver, [request], afresh=True)
            self._check_pinned(request, stands)
            written, outcome = self._decide(connection, request, stands)
        except Rejected:
            # What refuses may be the work of the same request, sent twice and answered meanwhile.
            if (known := self.kept_answer(driver, request.key)) is not None:
                return known
            raise
        self._append(driver, written, kept_answer(request.key, outcome, self.keys), lock=attempt > 0)
        return outcome

    def _decide(
        self, connection: Connection | None, request: _Request, stands: dict[str, _Stand]
    ) -> tuple[list[Written], Outcome]:
        """Return what follows from a request; `stands` move on only if nothing is refused.

        Without a transaction nothing can be sealed, for a new key must come and go with its event.
        """
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
        people = {pair for event, *_ in decided for pair in self.codec.subjects(event)}
        if people and connection is None:
            raise _NeedsTransaction
        keys = self.keys.for_writing(connection, people) if connection is not None else {}
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

    def _append(
        self, driver: Driver, written: list[Written], answer: Answer | None = None, *, lock: bool = False
    ) -> None:
        if written or answer is not None:
            recorded = [one.recorded for one in written]
            append(driver, written, changes(driver, self.projections, recorded, lock=lock), answer)

    def _stands(self, driver: Driver, requests: Sequence[_Request], *, afresh: bool = False) -> dict[str, _Stand]:
        """Return every stream of the requests, folded; a stream that is said to be new is not read at first."""
        deciders = {
            decider.stream(command): decider
            for request in requests
            for command in request.commands
            for decider in [self._decider(command)]
        }
        stands = {stream: _Stand(decider.initial, 0) for stream, decider in deciders.items()}
        if len(stands) == 1:
            # If it is not new, its first version is taken, and the next attempt reads.
            if requests[0].expected_version == 0 and not afresh:
                return stands
            ((stream, decider),) = deciders.items()
            return {stream: _Stand(*self._folded(driver, decider, stream))}
        for stream, version, name, record in ask(driver, statements.FOLD_STREAMS, sorted(stands)):
            stand = stands[stream]
            stand.state = deciders[stream].evolve(stand.state, self.codec.event(record, name))
            stand.version = version
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
        with (
            self.engine.begin() as connection,
            failures_told(self.engine, driver_of(connection), connection),
        ):
            yield connection

    def _wake(self) -> None:
        now = time.monotonic()
        if now - self._woken < _WAKE_EVERY_SECONDS:
            return
        self._woken = now
        # It is a hint: what is committed must not be told as failed, and who polls finds it all the same.
        with suppress(DBAPIError, PoolTimeout), directly(self.engine) as driver:
            call(driver, "events_pending")


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


def _moved(failure: DBAPIError) -> bool:
    """Tell whether the ground moved while deciding: another attempt may do."""
    return getattr(failure.orig, "sqlstate", None) in _AGAIN


def _pause(attempt: int) -> None:
    # Jitter, so that two writers who met once do not meet again at the same instant.
    time.sleep(random.uniform(0, 0.004 * (attempt + 1)))  # noqa: S311 -- no secret depends on it
