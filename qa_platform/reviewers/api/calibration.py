"""Benchmarks, calibration, how somebody scores, and what conflicts the system sees, over the API."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView

from qa_platform.kernel.conflicts import Post, SeenCandidate, SeenCase, SeenConflict, seen_conflicts
from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Role
from qa_platform.reviewers import read_model
from qa_platform.reviewers.api.blueprint import found, reviewers_api, visible
from qa_platform.reviewers.commands import ConcludeCalibration, PublishBenchmark, RetireBenchmark, ScoreBenchmark
from qa_platform.reviewers.events import BenchmarkScore
from qa_platform.reviewers.read_model import BENCHMARKS
from qa_platform.reviewers.schemas.calibration import (
    BenchmarkSchema,
    PublishBenchmarkSchema,
    SeenConflictSchema,
    SheetSchema,
    StandingSchema,
)
from qa_platform.web.context import actor, deadlines, reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.receipts import Answer, ReceiptSchema, run


@reviewers_api.route("/benchmarks")
class Benchmarks(MethodView):
    """The benchmark courses."""

    @reviewers_api.response(200, paged(BenchmarkSchema))
    def get(self) -> dict[str, Any]:
        """List the benchmark courses; their reference is for the agency alone."""
        query = read_model.select_benchmarks(actor())
        listed = page(reading(), BENCHMARKS, query, order_by=(BENCHMARKS.table.c.benchmark_id,))
        return {**listed, "items": [read_model.without_reference(actor(), one) for one in listed["items"]]}


@reviewers_api.route("/benchmarks/<benchmark_id>")
class Benchmark(MethodView):
    """One benchmark course."""

    @reviewers_api.arguments(PublishBenchmarkSchema)
    @reviewers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], benchmark_id: str) -> Answer:
        """Publish a benchmark course with its reference scores, once."""
        rubric = read_model.rubric_of(reading(), body["standard_id"], body.pop("rubric_version"))
        body["scores"] = _scores(body["scores"])
        return run(PublishBenchmark(benchmark_id=benchmark_id, rubric=rubric, **body), id=benchmark_id)


@reviewers_api.route("/benchmarks/<benchmark_id>/retirement")
class BenchmarkRetirement(MethodView):
    """The end of a benchmark."""

    @reviewers_api.response(200, ReceiptSchema)
    def put(self, benchmark_id: str) -> Answer:
        """Give a benchmark to reviewers no more."""
        return run(RetireBenchmark(benchmark_id=benchmark_id), id=benchmark_id)


@reviewers_api.route("/me/benchmarks/<benchmark_id>")
class MyBenchmark(MethodView):
    """Your own scores of a benchmark course."""

    @reviewers_api.arguments(SheetSchema)
    @reviewers_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], benchmark_id: str) -> Answer:
        """Score a benchmark course, once in a calibration."""
        benchmark = read_model.get_benchmark(reading(), benchmark_id, actor())
        if benchmark is None:
            raise Missing("The benchmark was not scored: there is none here. Choose one from the list.")
        command = ScoreBenchmark(
            person_id=actor().person_id,
            benchmark_id=benchmark_id,
            standard_id=benchmark.standard_id,
            rubric_version=benchmark.rubric_version,
            scores=_scores(body["scores"]),
            reference=benchmark.reference,
            retired=benchmark.retired,
            scored_on=today(),
        )
        return run(command, id=benchmark_id, depends_on=(benchmark.stream_version,))


@reviewers_api.route("/me/calibration")
class MyCalibration(MethodView):
    """Your own calibration."""

    @reviewers_api.response(200, ReceiptSchema)
    def put(self) -> Answer:
        """Bring your calibration to its result, once enough benchmarks are scored."""
        person_id = actor().person_id
        command = ConcludeCalibration(person_id=person_id, policy=deadlines().calibration, concluded_on=today())
        return run(command, id=person_id)


@reviewers_api.route("/me/standing")
class MyStanding(MethodView):
    """How you score."""

    @reviewers_api.response(200, StandingSchema)
    def get(self) -> dict[str, Any]:
        """Show how you score: your calibrations, your open cases, how often you gave which score."""
        person_id = actor().person_id
        row = found(read_model.get_own(reading(), actor()), person_id)
        return _standing(row, distribution=True)


@reviewers_api.route("/<person_id>/standing")
class ReviewerStanding(MethodView):
    """How a reviewer scores."""

    @reviewers_api.response(200, StandingSchema)
    def get(self, person_id: str) -> dict[str, Any]:
        """Show a reviewer's calibrations and open cases; how often he gave which score, to auditors alone."""
        return _standing(visible(person_id), distribution=actor().acting_as is Role.AUDITOR)


def _standing(row: read_model.ReviewerRow, *, distribution: bool) -> dict[str, Any]:
    done = read_model.reviews_by(reading(), row.person_id)
    return {
        "status": row.status,
        "valid_until": row.valid_until,
        "recalibration_for": row.recalibration_for,
        "trainings": row.trainings,
        "scored_benchmarks": row.scored_benchmarks,
        "calibrations": row.calibrations,
        "open_cases": sum(one.standing == "open" for one in done),
        "open_cases_cap": row.open_cases_cap,
        # While a panel scores, nobody but the reviewer may learn anything of his scores.
        "distribution": read_model.distribution(done) if distribution else None,
    }


@reviewers_api.route("/<person_id>/conflicts/<provider_id>")
class ReviewerConflicts(MethodView):
    """What the system sees by itself between a reviewer and a provider."""

    @reviewers_api.response(200, SeenConflictSchema(many=True))
    def get(self, person_id: str, provider_id: str) -> list[SeenConflict]:
        """List the conflicts that nobody had to declare: same employer, reciprocal review, the same provider again."""
        row = visible(person_id)
        posts = tuple(Post(provider_id=one.provider_id, since=one.since, until=one.until) for one in row.posts)
        conflicts = seen_conflicts(
            SeenCandidate(reviewer_id=row.person_id, posts=posts),
            SeenCase(provider_id=provider_id, course_id=None),
            read_model.history_of(reading(), row.person_id, provider_id),
            today(),
            deadlines().rotation,
        )
        return list(conflicts)


def _scores(given: list[dict[str, Any]]) -> tuple[BenchmarkScore, ...]:
    return tuple(BenchmarkScore(**one) for one in given)
