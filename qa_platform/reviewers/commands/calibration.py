"""Publish benchmarks, score them, conclude calibrations, and see when they are due again."""

from __future__ import annotations

from datetime import date

from qa_platform.kernel.event import Command
from qa_platform.reviewers.events import BenchmarkScore, ModeratedScore, ReferenceScore
from qa_platform.scoring.agreement import CalibrationPolicy
from qa_platform.scoring.rubric import Rubric


class PublishBenchmark(Command, frozen=True, kw_only=True):
    """Make a course a benchmark; which criteria need a reference, `rubric` and `route` say."""

    benchmark_id: str
    title: str
    standard_id: str
    rubric: Rubric
    route: str
    scores: tuple[BenchmarkScore, ...]


class RetireBenchmark(Command, frozen=True, kw_only=True):
    """Give a benchmark to reviewers no more."""

    benchmark_id: str


class ScoreBenchmark(Command, frozen=True, kw_only=True):
    """Score a benchmark course; what it is measured by, its own stream says, which the asker names beside."""

    person_id: str
    benchmark_id: str
    standard_id: str
    rubric_version: str
    scores: tuple[BenchmarkScore, ...]
    reference: tuple[ReferenceScore, ...]
    retired: bool
    scored_on: date


class ConcludeCalibration(Command, frozen=True, kw_only=True):
    """Bring a calibration to its result, by the agency's thresholds."""

    person_id: str
    policy: CalibrationPolicy
    concluded_on: date


class RecordAgreement(Command, frozen=True, kw_only=True):
    """Record how a reviewer's scores of a case stand to those that moderation left."""

    person_id: str
    review_id: str
    criteria: tuple[ModeratedScore, ...]


class RaiseRecalibration(Command, frozen=True, kw_only=True):
    """Ask for a new calibration where one is due on a day.

    `new_standard_from` is since when a version of the standard is in force that he was not calibrated under.
    """

    person_id: str
    on: date
    policy: CalibrationPolicy
    new_standard_from: date | None = None
