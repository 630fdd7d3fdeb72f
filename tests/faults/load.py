"""Clients at work: many threads, own courses and contended ones, and no outcome left unknown."""

from __future__ import annotations

import random
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.faults import drafts
from tests.faults.journal import Ask, Journal, Receipt
from tests.faults.stack import Stack
from tests.faults.wire import LOST, Answer, Wire

_CONTENDED = 3
# A stream is read whole for each command: an old one would make the load slow, and prove nothing more.
_CHANGES_OF_ONE = 120
_LONGEST_PAUSE_SECONDS = 1.0
_SERVER_ERROR = 500


class Load:
    """Some clients that work until `finish`; the journal says what they asked and were told.

    `careless` clients repeat a command under a new key when they do not know what became of it:
    that is a mistake, and the verdict must see it.
    """

    def __init__(self, stack: Stack, journal: Path, *, clients: int = 6, seed: int = 0, careless: bool = False) -> None:
        self.stack = stack
        self.path = journal
        self.careless = careless
        self.leaves = 0.3 if careless else 0.03  # how often somebody hangs up before the answer
        self.closing = threading.Event()
        self.given_up = threading.Event()
        self.journal = Journal(journal)
        self._lock = threading.Lock()
        self._contended: list[_Contended] = []
        self._clients = [_Client(self, random.Random(f"{seed}-{n}")) for n in range(clients)]
        self._failures: list[BaseException] = []
        self._yes = 0

    def __enter__(self) -> Self:
        """Let the clients begin."""
        for client in self._clients:
            client.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the clients at once, unless `finish` has."""
        self.given_up.set()
        self._join(0.0)
        self.journal.close()

    def finish(self, within_seconds: float = 60.0) -> None:
        """Let every client settle what it has in hand, and stop; what is open then stays unresolved."""
        self.closing.set()
        self._join(within_seconds)
        self.given_up.set()
        self._join(30.0)
        for failure in self._failures:
            raise failure

    def work(self, seconds: float, answers: int, *, at_most_seconds: float = 30.0) -> None:
        """Wait so long, and until so many more commands were acknowledged: a fault must meet people at work."""
        enough, deadline = self._yes + answers, time.monotonic() + at_most_seconds
        time.sleep(seconds)
        while self._yes < enough and time.monotonic() < deadline:
            time.sleep(0.02)

    def acknowledged(self) -> None:
        """Count one more command that was acknowledged."""
        with self._lock:
            self._yes += 1

    def contended(self, chance: random.Random) -> _Contended | None:
        """Return a submission that several clients change at once; None where another one is wanted."""
        with self._lock:
            self._contended = [one for one in self._contended if one.changes < _CHANGES_OF_ONE]
            return chance.choice(self._contended) if len(self._contended) == _CONTENDED else None

    def offer(self, submission_id: str, version: int) -> None:
        """Let other clients change a submission too."""
        with self._lock:
            if len(self._contended) < _CONTENDED:
                self._contended.append(_Contended(submission_id, version))

    def failed(self, failure: BaseException) -> None:
        """Keep a mistake of the harness itself, for `finish` to raise."""
        self._failures.append(failure)

    def _join(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        for client in self._clients:
            client.join(max(deadline - time.monotonic(), 0.0))


class _Contended:
    """A submission that several clients change; the version is what somebody last saw."""

    def __init__(self, submission_id: str, version: int) -> None:
        self.submission_id = submission_id
        self.version = version
        self.changes = 0


class _Client(threading.Thread):
    """One client: now a course of its own from draft to its end, now changes of what others change too."""

    def __init__(self, load: Load, chance: random.Random) -> None:
        super().__init__(daemon=True)
        self._load = load
        self._chance = chance
        self._wire = Wire(load.stack.base_url)

    def run(self) -> None:
        """Work until the load closes."""
        try:
            while not self._load.closing.is_set():
                shared = self._load.contended(self._chance)
                if shared is not None and self._chance.random() < 0.5:
                    self._quarrel(shared)
                else:
                    self._live(offer=shared is None)
        except _Stopped:
            pass
        except BaseException as failure:  # noqa: BLE001 -- whatever it was, it must not pass for a quiet load
            self._load.failed(failure)
        finally:
            self._wire.close()

    def _quarrel(self, shared: _Contended) -> None:
        for _ in range(4):
            shared.changes += 1
            pinned = shared.version if self._chance.random() < 0.4 else None
            ask = (
                drafts.change(shared.submission_id, pinned)
                if self._chance.random() < 0.8
                else drafts.name(shared.submission_id)
            )
            if receipt := self._ask(ask):
                shared.version = receipt.version

    def _live(self, *, offer: bool) -> None:
        ask, people = drafts.draft(self._load.stack.provider_id)
        drafted = self._ask(ask)
        if drafted is None:
            return
        submission_id = drafted.stream.removeprefix("submission-")
        if offer:
            self._load.offer(submission_id, drafted.version)
            return
        version = drafted.version
        for _ in range(self._chance.randint(0, 3)):
            pinned = version if self._chance.random() < 0.5 else None
            if receipt := self._ask(drafts.change(submission_id, pinned)):
                version = receipt.version
        self._close(submission_id, people)

    def _close(self, submission_id: str, people: tuple[str, ...]) -> None:
        if self._chance.random() < 0.3:
            self._ask(drafts.withdraw(submission_id))
            return
        for subject in people:
            self._ask(drafts.name(submission_id, subject))
        if self._ask(drafts.lodge(submission_id)) and self._chance.random() < 0.7:
            self._ask(drafts.accept(submission_id))

    def _ask(self, ask: Ask) -> Receipt | None:
        """Ask until there is a definite answer; return the receipt, None for a refusal."""
        if self._load.closing.is_set() and ask.kind in {"draft", "change"}:
            raise _Stopped
        attempt = 0
        while True:
            attempt += 1
            answer = self._attempt(ask, attempt)
            if answer is not None:
                receipt = _receipt(answer)
                if receipt is not None and self._chance.random() < 0.03:
                    self._attempt(ask, attempt + 1)  # a duplicate that the network delivers late
                return receipt
            if self._load.given_up.wait(self._chance.uniform(0, min(0.05 * 2**attempt, _LONGEST_PAUSE_SECONDS))):
                raise _Stopped
            if self._load.careless:
                ask = drafts.renewed(ask)

    def _attempt(self, ask: Ask, attempt: int) -> Answer | None:
        journal = self._load.journal
        headers = {"Idempotency-Key": ask.key}
        if ask.if_match is not None:
            headers["If-Match"] = f'"{ask.if_match}"'
        request = (ask.method, ask.path, self._load.stack.tokens[ask.who].token, ask.body, headers)
        journal.tries(ask, attempt)
        if attempt == 1 and self._chance.random() < self._load.leaves:
            self._wire.send_and_leave(*request)
            journal.unknown(ask, attempt, "left before the answer")
            return None
        try:
            answer = self._wire.ask(*request)
        except LOST as failure:
            journal.unknown(ask, attempt, type(failure).__name__)
            return None
        if answer.status >= _SERVER_ERROR:
            journal.unknown(ask, attempt, str(answer.status))
            return None
        receipt = _receipt(answer)
        journal.answered(ask, attempt, answer.status, receipt)
        if receipt is not None:
            self._load.acknowledged()
        return answer


class _Stopped(Exception):
    """The load is over."""


def _receipt(answer: Answer) -> Receipt | None:
    if answer.status >= 300:
        return None
    return Receipt(answer.body["stream"], answer.body["version"], tuple(answer.body["events"]))
