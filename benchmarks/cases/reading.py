"""Load one stream, and read the whole log."""

from __future__ import annotations

from benchmarks import ours, peer
from benchmarks.crew import Crew, interleaved
from benchmarks.filling import fill
from benchmarks.results import Line, Series, at_least
from benchmarks.stage import Stage
from qa_platform.ledger.sequencer import drain
from qa_platform.ledger.tables import open_engine

_STREAMS = 200
_LENGTH = 100
_LOG = 100_000
_LIFE = 20


def measure_load(stage: Stage) -> list[Line]:
    """Return how many streams of a hundred events one process loads and folds."""
    with stage.server.ledger("ours") as here, stage.server.database("peer") as there:
        stage.tell("laying out streams")
        mine = ours.lay_out(here.application_url, _STREAMS, _LENGTH)
        _sequence(here.application_url)
        peer.make_tables(there.owner_url)
        theirs = peer.lay_out(there.owner_url, _STREAMS, _LENGTH)
        stage.server.tidy(here, there)
        with (
            Crew(ours.Loading(here.application_url, mine), 1) as us,
            Crew(peer.Loading(there.owner_url, theirs), 1) as them,
        ):
            figures = interleaved(
                {"ours": lambda: us.measure(stage.seconds), "peer": lambda: them.measure(stage.seconds)}, stage.rounds
            )
    series = [Series(who=who, figures=taken) for who, taken in figures.items()]
    verdicts = [at_least(series[0], series[1], 6.0)]
    name = "load and fold a stream of 100 events, 1 process"
    return [Line(name=name, unit="streams/s", series=series, verdicts=verdicts)]


def measure_log(stage: Stage) -> list[Line]:
    """Return how many events a second one process reads, typed: by position, and straight from the events."""
    events = stage.sized(_LOG)
    with stage.server.ledger("ours") as here, stage.server.database("peer") as there:
        stage.tell(f"writing {events:,} events")
        fill(here, events)
        peer.make_tables(there.owner_url)
        peer.lay_out(there.owner_url, events // _LIFE, _LIFE)
        stage.server.tidy(here, there)
        with (
            Crew(ours.Replaying(here.application_url), 1) as us,
            Crew(peer.Replaying(there.owner_url), 1) as them,
            Crew(ours.ReplayingStraight(here.application_url), 1) as straight,
        ):
            figures = interleaved(
                {
                    "ours": lambda: us.measure(stage.seconds),
                    "peer": lambda: them.measure(stage.seconds),
                    "straight": lambda: straight.measure(stage.seconds),
                },
                stage.rounds,
            )
    mine, theirs, directly = (
        Series(who="peer" if who == "peer" else "ours", figures=taken) for who, taken in figures.items()
    )
    return [
        Line(
            name="read the log typed, in position order",
            unit="events/s",
            series=[mine, theirs],
            verdicts=[at_least(mine, theirs, 1.5)],
        ),
        Line(
            name="read the log typed, straight from the events",
            unit="events/s",
            series=[directly, theirs],
            verdicts=[at_least(directly, theirs, 2.0)],
        ),
    ]


def _sequence(url: str) -> None:
    engine = open_engine(url)
    drain(engine)
    engine.dispose()
