"""How append, load and replay fare when the log is ten and a hundred times as long."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from benchmarks import ours
from benchmarks.crew import Crew, Task, interleaved
from benchmarks.filling import LIFE, fill
from benchmarks.results import Line, Series, Verdict
from benchmarks.sequencing import sequencing
from benchmarks.server import Database
from benchmarks.stage import Stage

_SIZES = (10_000, 100_000, 1_000_000)
_LEVEL = 0.8

Log = tuple[Database, list[str]]


def measure(stage: Stage) -> list[Line]:
    """Return the rates at each size, taken in turns on three databases; appends last, for they add to the logs."""
    with ExitStack() as stack:
        logs = _logs(stage, stack)
        return [
            _line("replay", "events/s", _race(stage, logs, lambda log, _: ours.Replaying(log.application_url))),
            _line(
                "load of 20 events",
                "streams/s",
                _race(stage, logs, lambda log, dogs: ours.Loading(log.application_url, dogs)),
            ),
            _line(
                "append of 1 event", "events/s", _race(stage, logs, lambda log, _: ours.Opening(log.application_url))
            ),
        ]


def _logs(stage: Stage, stack: ExitStack) -> dict[int, Log]:
    logs: dict[int, Log] = {}
    dogs: list[str] = []
    like = None
    for size in map(stage.sized, _SIZES):
        stage.tell(f"writing {size:,} events")
        name = f"log_{size}"
        database = stack.enter_context(stage.server.ledger(name, like=like))
        dogs += fill(database, size - LIFE * len(dogs))
        stage.server.tidy(database)
        # The next log begins as a copy of this one.
        stage.server.hang_up(name)
        logs[size], like = (database, [*dogs]), name
    return logs


def _race(stage: Stage, logs: dict[int, Log], task: Callable[[Database, list[str]], Task]) -> dict[str, list[float]]:
    with ExitStack() as stack:
        competitors = {
            f"{size:,}": _measured(stage, stack, database, task(database, dogs))
            for size, (database, dogs) in logs.items()
        }
        return interleaved(competitors, stage.rounds)


def _measured(stage: Stage, stack: ExitStack, database: Database, task: Task) -> Callable[[], float]:
    sequencer = stack.enter_context(sequencing(database.application_url))
    crew = stack.enter_context(Crew(task, 1))

    def measured() -> float:
        with sequencer.awake():
            return crew.measure(stage.seconds)

    return measured


def _line(name: str, unit: str, figures: dict[str, list[float]]) -> Line:
    smallest, *_, largest = series = [Series(who=f"at {size}", figures=taken) for size, taken in figures.items()]
    level = largest.median / smallest.median
    verdict = Verdict(
        measured=f"{level:.2f} of the rate at {smallest.who.removeprefix('at ')}",
        reach=f"≥ {_LEVEL} (level)",
        reached=level >= _LEVEL,
    )
    return Line(
        name=f"{name}, log of {largest.who.removeprefix('at ')} events",
        unit=unit,
        series=series[::-1],
        verdicts=[verdict],
    )
