"""Benchmark courses: published whole, once, with a reference for every criterion, and retired."""

from __future__ import annotations

from typing import assert_never, get_args

import msgspec
from msgspec.structs import replace

from qa_platform.kernel.decider import Decider
from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.reviewers.commands import BenchmarkCommand, PublishBenchmark, RetireBenchmark
from qa_platform.reviewers.decider.refusals import BenchmarkTaken, BenchmarkUnknown, CalibrationIncomplete
from qa_platform.reviewers.events import BenchmarkEvent, BenchmarkPublished, BenchmarkRetired, ReferenceScore
from qa_platform.scoring.outcome import Score, check_sheet
from qa_platform.scoring.outcome import Sheet as ScoredSheet


class Benchmark(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules must remember of a benchmark."""

    published: BenchmarkPublished | None = None
    retired: bool = False


def decide_benchmark(command: BenchmarkCommand, benchmark: Benchmark) -> list[BenchmarkEvent]:
    """Return what follows from a command, or raise Rejected."""
    match command:
        case PublishBenchmark():
            return _publish(command, benchmark)
        case RetireBenchmark():
            return _retire(benchmark)
        case _:
            assert_never(command)


def evolve_benchmark(benchmark: Benchmark, event: BenchmarkEvent) -> Benchmark:
    """Return the benchmark as it stands after an event. Never refuses."""
    match event:
        case BenchmarkPublished():
            return Benchmark(published=event)
        case BenchmarkRetired():
            return replace(benchmark, retired=True)
        case _:
            assert_never(event)


def _publish(command: PublishBenchmark, benchmark: Benchmark) -> list[BenchmarkEvent]:
    refuse_personal_data({"title": command.title})
    _refuse_gaps(command)
    given = {one.criterion: one.score for one in command.scores}
    published = BenchmarkPublished(
        benchmark_id=command.benchmark_id,
        title=command.title,
        standard_id=command.standard_id,
        rubric_version=command.rubric.version,
        route=command.route,
        reference=tuple(
            ReferenceScore(criterion=one.id, score=given[one.id], must_pass=one.must_pass)
            for one in command.rubric.applying(command.route)
        ),
    )
    if benchmark.published == published:
        return []
    if benchmark.published is not None:
        raise BenchmarkTaken(
            "The benchmark was not published: there is one under this id, and results rest on it. "
            "Publish it under a new id, and retire the old one."
        )

    return [published]


def _refuse_gaps(command: PublishBenchmark) -> None:
    scores = {one.criterion: Score(score=one.score, confidence="high") for one in command.scores}
    sheet = ScoredSheet(review_id=command.benchmark_id, scores=scores)
    faults = check_sheet(command.rubric, command.route, sheet)
    if faults:
        raise CalibrationIncomplete(
            f"The benchmark was not published: “{faults[0].field}” lacks a reference that counts. "
            "Give each criterion of the route one.",
            faults,
        )


def _retire(benchmark: Benchmark) -> list[BenchmarkEvent]:
    if benchmark.published is None:
        raise BenchmarkUnknown("There is no such benchmark. Check the address.")

    return [] if benchmark.retired else [BenchmarkRetired(benchmark_id=benchmark.published.benchmark_id)]


benchmark_decider: Decider[BenchmarkCommand, Benchmark, BenchmarkEvent] = Decider(
    commands=get_args(BenchmarkCommand),
    events=get_args(BenchmarkEvent),
    stream=lambda command: f"benchmark-{command.benchmark_id}",
    initial=Benchmark(),
    decide=decide_benchmark,
    evolve=evolve_benchmark,
)
