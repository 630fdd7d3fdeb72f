"""Calibration: benchmark courses with reference scores, what reviewers give them, and when it is due again."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import msgspec

from qa_platform.kernel.event import Event
from qa_platform.kernel.visibility import Visibility
from qa_platform.reviewers.events.sight import AGREEMENTS, BENCHMARKS, CALIBRATIONS, SCORED

RecalibrationGround = Literal["term", "new_standard", "drift"]


class ReferenceScore(msgspec.Struct, frozen=True, kw_only=True):
    """What a criterion of a benchmark course should get (None: it does not apply)."""

    criterion: str
    score: int | None
    must_pass: bool


class BenchmarkScore(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody gave a criterion of a benchmark course (None: it does not apply)."""

    criterion: str
    score: int | None


class ModeratedScore(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer gave a criterion of a case, and what it has after moderation."""

    criterion: str
    score: int | None
    moderated: int | None


class BenchmarkPublished(Event, frozen=True, kw_only=True, tag="benchmark.published.v1"):
    """A course became a benchmark, with its reference scores under one version of the standard."""

    seen_by: ClassVar[Visibility] = BENCHMARKS

    benchmark_id: str
    title: str
    standard_id: str
    rubric_version: str
    route: str
    reference: tuple[ReferenceScore, ...]


class BenchmarkRetired(Event, frozen=True, kw_only=True, tag="benchmark.retired.v1"):
    """A benchmark is not given to reviewers any more; past results keep what they rest on."""

    seen_by: ClassVar[Visibility] = BENCHMARKS

    benchmark_id: str


class ReviewerBenchmarkScored(Event, frozen=True, kw_only=True, tag="reviewer.benchmark_scored.v1"):
    """A reviewer scored a benchmark course; `reference` is what it was measured by, and stays so."""

    seen_by: ClassVar[Visibility] = SCORED

    person_id: str
    benchmark_id: str
    standard_id: str
    rubric_version: str
    scores: tuple[BenchmarkScore, ...]
    reference: tuple[ReferenceScore, ...]
    scored_on: date


class ReviewerCalibrationConcluded(Event, frozen=True, kw_only=True, tag="reviewer.calibration_concluded.v1"):
    """A calibration came to its result, by the thresholds that are stored with it.

    `adjacent` counts the exact ones too; `valid_until` is the last day on which a passed one holds.
    """

    seen_by: ClassVar[Visibility] = CALIBRATIONS

    person_id: str
    standard_id: str
    rubric_version: str
    benchmarks: tuple[str, ...]
    criteria: int
    exact: int
    adjacent: int
    must_pass_misses: int
    least_benchmarks: int
    least_exact_percent: int
    least_adjacent_percent: int
    passed: bool
    concluded_on: date
    valid_until: date | None


class ReviewerAgreementRecorded(Event, frozen=True, kw_only=True, tag="reviewer.agreement_recorded.v1"):
    """The scores of one of a reviewer's cases were moderated: his own beside those that hold."""

    seen_by: ClassVar[Visibility] = AGREEMENTS

    person_id: str
    review_id: str
    criteria: tuple[ModeratedScore, ...]


class ReviewerRecalibrationDue(Event, frozen=True, kw_only=True, tag="reviewer.recalibration_due.v1"):
    """A reviewer must be calibrated again before he is asked.

    On `drift` the figures say by how much: over so many criteria the sum of the signed
    differences from the moderated scores, and how many agree exactly.
    """

    seen_by: ClassVar[Visibility] = CALIBRATIONS

    person_id: str
    ground: RecalibrationGround
    due_on: date
    criteria: int
    deviation_sum: int
    exact: int
