"""One command on a stream of about twenty events: load, decide, append with the read model inline, commit."""

from __future__ import annotations

from benchmarks import ours, peer
from benchmarks.crew import Crew, interleaved
from benchmarks.results import Line, Series, at_least
from benchmarks.sequencing import sequencing
from benchmarks.stage import Stage

# Commands a second that one process may come to, so that enough streams are laid out.
_EXPECTED = {1: (1500.0, 600.0), 8: (500.0, 120.0)}
_REACH = {1: 2.5, 8: 4.0}


def measure(stage: Stage) -> list[Line]:
    """Return the figures of one process, and of eight on streams of their own."""
    return [_measure(stage, processes) for processes in _REACH]


def _measure(stage: Stage, processes: int) -> Line:
    stage.tell(f"processes: {processes}")
    for_ours, for_peer = _EXPECTED[processes]
    with stage.server.ledger("ours") as here, stage.server.database("peer") as there:
        ours.make_read_models(here.application_url)
        peer.make_tables(there.owner_url)
        with (
            sequencing(here.application_url) as sequencer,
            Crew(ours.Commanding(here.application_url, for_ours), processes) as us,
            Crew(peer.Commanding(there.owner_url, for_peer), processes) as them,
        ):

            def measure_ours() -> float:
                us.prepare(stage.seconds)
                sequencer.catch_up()
                stage.server.tidy(here)
                with sequencer.awake():
                    return us.measure(stage.seconds)

            def measure_peer() -> float:
                them.prepare(stage.seconds)
                stage.server.tidy(there)
                return them.measure(stage.seconds)

            figures = interleaved({"ours": measure_ours, "peer": measure_peer}, stage.rounds)
    mine, theirs = (Series(who=who, figures=series) for who, series in figures.items())
    met = (
        f"streams held {_mean(us.noted):.1f} events on average when a command came, the peer's {_mean(them.noted):.1f}"
    )
    return Line(
        name=f"command on a stream of 20 events, {_processes(processes)}",
        unit="commands/s",
        series=[mine, theirs],
        verdicts=[at_least(mine, theirs, _REACH[processes])],
        notes=[met],
    )


def _mean(figures: list[float]) -> float:
    return sum(figures) / len(figures)


def _processes(count: int) -> str:
    return "1 process" if count == 1 else f"{count} processes on {count} streams"
