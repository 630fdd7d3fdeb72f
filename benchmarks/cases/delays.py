"""From an event's command to its position, and to a subscriber, at a steady 500 events a second from 16 writers."""

from __future__ import annotations

import random
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

import psycopg
import sqlalchemy as sa

from benchmarks.crew import fresh, middle
from benchmarks.dogs import ACTOR, RegisterDog, kennel, new_id
from benchmarks.results import Line, Series, limit
from benchmarks.sequencing import sequencing
from benchmarks.server import plain
from benchmarks.stage import Stage
from qa_platform.kernel.event import Recorded
from qa_platform.ledger.subscription import Subscription
from qa_platform.ledger.wakeup import listening

_WRITERS = 16
_RATE = 500.0
_REACH_MILLISECONDS = 50.0
_ROUND_IN_SECONDS = 3
_POLL_SECONDS = 0.05
_IDLE_SECONDS = 0.2
_WARMING_EVENTS = 10

# An event's id, when its command was given, and when the command had returned.
Written = list[tuple[str, float, float]]
Seen = dict[str, float]


def measure(stage: Stage) -> list[Line]:
    """Return the delays of each round: of its slowest hundredth, and of its middle."""
    seconds = stage.seconds * _ROUND_IN_SECONDS
    with stage.server.ledger("ours") as database, sequencing(database.application_url) as sequencer, sequencer.awake():
        writers = [_Process(_write, database.application_url) for _ in range(_WRITERS)]
        watchers = [_Process(watch, database.application_url) for watch in (_observe, _subscribe)]
        try:
            _round(writers, watchers, _WARMING_EVENTS * _WRITERS / _RATE)
            rounds = [_round(writers, watchers, seconds) for _ in range(stage.rounds)]
        finally:
            for process in writers + watchers:
                process.end()
    return [
        _line("event to position", [(written, seen) for written, seen, _ in rounds], seconds),
        _line("event to subscriber", [(written, seen) for written, _, seen in rounds], seconds),
    ]


class _Failed(NamedTuple):
    """What a process sends when it fails."""

    how: str


class _Process:
    """A process with a pipe to it."""

    def __init__(self, work: Callable[[str, Connection], None], url: str) -> None:
        self.pipe, there = fresh.Pipe()
        self._process = fresh.Process(target=_told, args=(work, url, there), daemon=True)
        self._process.start()
        there.close()

    def end(self) -> None:
        self._process.kill()
        self._process.join()

    def answer(self) -> Any:  # noqa: ANN401 -- what its work sends
        answer = self.pipe.recv()
        if isinstance(answer, _Failed):
            raise TypeError(f"a process failed:\n{answer.how}")
        return answer


def _told(work: Callable[[str, Connection], None], url: str, pipe: Connection) -> None:
    try:
        work(url, pipe)
    except EOFError:
        return
    except BaseException:  # noqa: BLE001 -- whatever it was, it is told where it can be read
        pipe.send(_Failed(traceback.format_exc()))


def _round(writers: list[_Process], watchers: list[_Process], seconds: float) -> tuple[Written, Seen, Seen]:
    for writer in writers:
        writer.pipe.send("ready?")
    for writer in writers:
        writer.answer()
    began = time.monotonic() + 0.2
    for writer in writers:
        writer.pipe.send((began, seconds))
    written = [one for writer in writers for one in writer.answer()]
    seen = [_all_seen(watcher, len(written)) for watcher in watchers]
    return written, seen[0], seen[1]


def _all_seen(watcher: _Process, expected: int) -> Seen:
    seen: Seen = {}
    deadline = time.monotonic() + 30
    while len(seen) < expected:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{expected - len(seen)} of {expected} events were never seen")
        watcher.pipe.send("what did you see?")
        seen |= watcher.answer()
        time.sleep(0.1)
    return seen


def _write(url: str, pipe: Connection) -> None:
    ledger = kennel(url)
    apart = _WRITERS / _RATE
    while pipe.recv():
        pipe.send("ready")
        began, seconds = pipe.recv()
        written: Written = []
        # Writers do not keep step: each begins at a moment of its own.
        due = began + random.uniform(0, apart)  # noqa: S311 -- a load
        while due < began + seconds:
            time.sleep(max(0.0, due - time.monotonic()))
            asked = time.monotonic()
            outcome = ledger.execute(RegisterDog(dog=new_id()), actor=ACTOR, expected_version=0)
            written.append((outcome.recorded[0].id, asked, time.monotonic()))
            due += apart
        pipe.send(written)


def _observe(url: str, pipe: Connection) -> None:
    """Note when each event has a position that another process can read."""
    seen: Seen = {}
    at = 0
    with psycopg.connect(plain(url), autocommit=True, prepare_threshold=0) as connection:
        connection.execute("LISTEN events_sequenced")
        while True:
            rows = connection.execute(_PLACED, [at]).fetchall()
            now = time.monotonic()
            seen.update((str(event_id), now) for (event_id,) in rows)
            at += len(rows)
            if pipe.poll():
                pipe.recv()
                pipe.send(seen)
                seen = {}
            for _ in connection.notifies(timeout=_POLL_SECONDS, stop_after=1):
                pass


def _subscribe(url: str, pipe: Connection) -> None:
    """Note when a subscription hands each event to its handler, in a loop as the worker's."""
    seen: Seen = {}

    def handle(_connection: sa.Connection, recorded: list[Recorded[Any]]) -> None:
        now = time.monotonic()
        seen.update((one.id, now) for one in recorded)

    ledger = kennel(url, connections=4)
    subscription = Subscription(ledger, "benchmark", new_id(), lease_seconds=600)
    with listening(ledger.engine, "events_sequenced") as sequenced:
        while True:
            if not subscription.step(handle):
                sequenced.wait(_IDLE_SECONDS)
            if pipe.poll():
                pipe.recv()
                pipe.send(seen)
                seen.clear()


def _line(name: str, rounds: list[tuple[Written, Seen]], seconds: float) -> Line:
    slowest = Series(who="ours", figures=[_percentile(_delays(*one), 99) for one in rounds])
    halves = Series(who="ours", figures=[_percentile(_delays(*one), 50) for one in rounds])
    after = [_percentile(_delays(*one, since_return=True), 99) for one in rounds]
    rate = sum(len(written) for written, _ in rounds) / (len(rounds) * seconds)
    note = (
        f"p50 {halves.median:.1f} ms; counted from the call of the command, so the append itself is in it; "
        f"counted from its return p99 is {middle(after):.1f} ms; {rate:.0f} events a second came"
    )
    return Line(
        name=f"{name}, {_WRITERS} writers, p99",
        unit="ms",
        series=[slowest],
        verdicts=[limit(slowest.median, _REACH_MILLISECONDS, "ms")],
        notes=[note],
    )


def _delays(written: Written, seen: Seen, *, since_return: bool = False) -> list[float]:
    return sorted(1000 * (seen[event] - (done if since_return else asked)) for event, asked, done in written)


def _percentile(ordered: list[float], percent: int) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


_PLACED = """
SELECT e.event_id FROM ledger.positions p JOIN ledger.events e ON e.id = p.id WHERE p.position >= %s ORDER BY p.position
"""
