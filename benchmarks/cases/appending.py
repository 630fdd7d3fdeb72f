"""Append events to new streams, without read models, while the sequencer gives positions."""

from __future__ import annotations

from contextlib import ExitStack

from benchmarks import ours, peer, raw
from benchmarks.crew import Crew, Task, interleaved
from benchmarks.results import Line, Series, Verdict, at_least, share_of
from benchmarks.sequencing import sequencing
from benchmarks.server import Server, running, slow_flush
from benchmarks.stage import Stage

_REACH = {1: 3.0, 8: 4.0, 16: 4.0}
_SHARE_OF_RAW = 45.0
_TEN = 10


def measure_one(stage: Stage) -> list[Line]:
    """Return the figures of one event in one transaction, for one, eight and sixteen writers."""
    return [_one(stage, processes) for processes in _REACH]


def measure_ten(stage: Stage) -> list[Line]:
    """Return the figures of ten events in one transaction, for eight writers."""
    series, notes = _race(stage, stage.server, processes=8, events=_TEN)
    return [
        Line(
            name="append of 10 events in one transaction, 8 processes",
            unit="events/s",
            series=series,
            verdicts=[at_least(series[0], series[1], 3.0)],
            notes=notes,
        )
    ]


def measure_slow_disk(stage: Stage) -> list[Line]:
    """Return the figures of one event in one transaction where each flush takes a millisecond more."""
    shim = slow_flush()
    if shim is None:
        stage.tell("left out: there is no C compiler to make the slow disk with")
        return []
    with running("postgres-slow", preload=shim) as server:
        series, notes = _race(stage, server, processes=16, events=1)
    return [
        Line(
            name="append of 1 event, 16 processes, disk with 1 ms more per flush",
            unit="events/s",
            series=series,
            verdicts=[at_least(series[0], series[1], 5.0)],
            notes=notes,
        )
    ]


def _one(stage: Stage, processes: int) -> Line:
    series, notes = _race(stage, stage.server, processes=processes, events=1)
    mine, theirs, bare = series
    verdicts: list[Verdict] = [at_least(mine, theirs, _REACH[processes]), share_of(mine, bare, _SHARE_OF_RAW)]
    name = f"append of 1 event, {processes} process{'es' if processes > 1 else ''}"
    return Line(name=name, unit="events/s", series=series, verdicts=verdicts, notes=notes)


def _race(stage: Stage, server: Server, *, processes: int, events: int) -> tuple[list[Series], list[str]]:
    stage.tell(f"processes: {processes}")
    with ExitStack() as stack:
        here = stack.enter_context(server.ledger("ours"))
        there = stack.enter_context(server.database("peer"))
        bare = stack.enter_context(server.database("raw"))
        peer.make_tables(there.owner_url)
        raw.make_table(bare.owner_url)
        sequencer = stack.enter_context(sequencing(here.application_url))
        mine: Task = (ours.Opening if events == 1 else ours.OpeningWithTen)(here.application_url)
        us = stack.enter_context(Crew(mine, processes))
        them = stack.enter_context(Crew(peer.Opening(there.owner_url, events), processes))
        rows = stack.enter_context(Crew(raw.Inserting(bare.owner_url, events), processes))

        def measure_ours() -> float:
            with sequencer.awake():
                return us.measure(stage.seconds)

        sequencer.catch_up()
        server.tidy(here, there, bare)
        figures = interleaved(
            {
                "ours": measure_ours,
                "peer": lambda: them.measure(stage.seconds),
                "raw": lambda: rows.measure(stage.seconds),
            },
            stage.rounds,
        )
    series = [Series(who=who, figures=taken) for who, taken in figures.items()]
    return series, [f"events still without a position when a round ended: at most {max(sequencer.left)}"]
