"""Rebuild all read models of the platform from a million events."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from multiprocessing.connection import Connection

import msgspec

from benchmarks.crew import Crew
from benchmarks.demo import play
from benchmarks.profiling import recorded, summarise
from benchmarks.results import Line, Series, Verdict, floor
from benchmarks.server import Database
from benchmarks.stage import Stage
from qa_platform import app
from qa_platform.ledger.rebuild import rebuild_all, rebuild_stale
from qa_platform.ledger.tables import open_engine

_spawn = multiprocessing.get_context("spawn")
_EVENTS = 1_000_000
_QUARTER = 4
_CASES = 60
_REACH = 15_000.0
_LONG_SECONDS = 120.0
_MOST_ROUNDS = 3
# Four times the events may cost a tenth more memory and still be called flat.
_FLAT = 1.1
_PROFILE = "ours-rebuilding"
_LONGEST_PROFILE_SECONDS = 300


class Rebuilt(msgspec.Struct, frozen=True, kw_only=True):
    """What one rebuild took."""

    seconds: float
    peak_megabytes: float
    idle_megabytes: float


def measure(stage: Stage) -> list[Line]:
    """Return the rate, and the memory at a quarter of the events and at all of them."""
    events = stage.sized(_EVENTS)
    with stage.server.ledger("demo") as played, stage.server.ledger("ours") as database:
        stage.tell("simulating an agency")
        demo = play(played, max(10, stage.sized(_CASES)))
        _make_read_models(database)
        stage.tell(f"repeating its {len(demo):,} events up to {events // _QUARTER:,}")
        few = demo.fill(database, events // _QUARTER)
        stage.server.tidy(database)
        stage.tell(f"rebuilding from {few:,}")
        early = _rebuild(database)
        stage.tell(f"repeating up to {events:,}")
        many = demo.fill(database, events)
        stage.server.tidy(database)
        stage.tell(f"rebuilding from {many:,}")
        late = _rebuild_again(stage, database)
    return [_rate(many, late), _memory(few, early, many, late)]


def _rate(many: int, late: list[Rebuilt]) -> Line:
    rates = Series(who="ours", figures=[many / one.seconds for one in late])
    return Line(
        name=f"rebuild of {len(app.ALL_PROJECTIONS)} read models from {many:,} events",
        unit="events/s",
        series=[rates],
        verdicts=[floor(rates.median, _REACH, "events/s")],
        notes=[f"seconds of each rebuild: {', '.join(f'{one.seconds:.1f}' for one in late)}"],
    )


def _memory(few: int, early: Rebuilt, many: int, late: list[Rebuilt]) -> Line:
    growth = max(one.peak_megabytes for one in late) / early.peak_megabytes
    verdict = Verdict(
        measured=f"{growth:.2f} times the peak at {few:,}", reach=f"≤ {_FLAT} times (flat)", reached=growth <= _FLAT
    )
    return Line(
        name=f"peak memory of a rebuild from {many:,} events",
        unit="MB",
        series=[
            Series(who="ours", figures=[one.peak_megabytes for one in late]),
            Series(who=f"ours at {few:,}", figures=[early.peak_megabytes]),
        ],
        verdicts=[verdict],
        notes=[f"the process held {early.idle_megabytes:.0f} MB before it began"],
    )


def _rebuild_again(stage: Stage, database: Database) -> list[Rebuilt]:
    found: list[Rebuilt] = []
    while len(found) < min(stage.rounds, _MOST_ROUNDS) and sum(one.seconds for one in found) < _LONG_SECONDS:
        found.append(_rebuild(database))
    return found


def _rebuild(database: Database) -> Rebuilt:
    here, there = _spawn.Pipe()
    process = _spawn.Process(target=_work, args=(database.application_url, there), daemon=True)
    process.start()
    there.close()
    recording = recorded(process.pid or 0, _PROFILE, _LONGEST_PROFILE_SECONDS) if Crew.profiled else None
    try:
        rebuilt = here.recv()
    except EOFError:
        raise RuntimeError("the rebuilding process ended before it was done; what it said stands above") from None
    process.join()
    if recording is not None:
        recording.wait()
        summarise(_PROFILE)
    assert isinstance(rebuilt, Rebuilt)
    return rebuilt


def _work(url: str, pipe: Connection) -> None:
    ledger = app.open_ledger(open_engine(url), bytes(range(32)))
    idle = _peak_megabytes()
    began = time.perf_counter()
    rebuild_all(ledger, app.ALL_PROJECTIONS)
    pipe.send(Rebuilt(seconds=time.perf_counter() - began, peak_megabytes=_peak_megabytes(), idle_megabytes=idle))


def _peak_megabytes() -> float:
    # Linux counts in KiB, macOS in bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def _make_read_models(database: Database) -> None:
    ledger = app.open_ledger(open_engine(database.application_url), bytes(range(32)))
    rebuild_stale(ledger)
    ledger.engine.dispose()
