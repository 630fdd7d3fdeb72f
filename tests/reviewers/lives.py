"""Reviewers at every stage of their lives, as events and commands that a test does not talk about."""

from __future__ import annotations

from datetime import date

from qa_platform.kernel.sealed import seal
from qa_platform.reviewers import commands, events
from qa_platform.reviewers.events import BenchmarkScore, Competence, ModeratedScore, ReferenceScore
from qa_platform.scoring.agreement import CalibrationPolicy
from tests.reviewers.factories import REVIEWER

POLICY = CalibrationPolicy()
DAY = date(2026, 2, 2)
COMPETENCES = (Competence(field="0613", highest_level=6), Competence(field="0414", highest_level=5))
CRITERIA = ("C1", "C2", "C3", "C4", "C5")
REFERENCE = tuple(ReferenceScore(criterion=name, score=3, must_pass=name == "C1") for name in CRITERIA)

APPLY = commands.ApplyToReview(
    person_id=REVIEWER,
    competences=COMPETENCES,
    own_level=7,
    years_of_practice=9,
    category="academic",
    languages=("ms", "en"),
    applied_on=DAY,
    statement="Twenty courses built",
)
APPLIED = events.ReviewerApplied(
    person_id=REVIEWER,
    competences=COMPETENCES,
    own_level=7,
    years_of_practice=9,
    category="academic",
    languages=("ms", "en"),
    statement=seal(REVIEWER, "Twenty courses built", purpose="application"),
    applied_on=DAY,
    simulated=False,
)
FOUND = events.ReviewerFoundEligible(person_id=REVIEWER, found_on=DAY, equivalent_practice=False)
TRAINED = events.ReviewerTrainingRecorded(person_id=REVIEWER, training="Induction", completed_on=DAY)
ACTIVATED = events.ReviewerActivated(person_id=REVIEWER, active_from=DAY)
RETIRED = events.ReviewerRetired(person_id=REVIEWER, retired_on=DAY, wished_by="own_request")


def scores(*given: int | None) -> tuple[BenchmarkScore, ...]:
    """Return a sheet of the criteria in their order; what is not given is 3."""
    filled = (*given, *(3 for _ in CRITERIA[len(given) :]))
    return tuple(BenchmarkScore(criterion=name, score=score) for name, score in zip(CRITERIA, filled, strict=True))


def score(benchmark: str, *given: int | None, **other: object) -> commands.ScoreBenchmark:
    """Return the command to score a benchmark."""
    usual = {
        "person_id": REVIEWER,
        "benchmark_id": benchmark,
        "standard_id": "nmcs",
        "rubric_version": "1.0",
        "scores": scores(*given),
        "reference": REFERENCE,
        "retired": False,
        "scored_on": DAY,
    }
    return commands.ScoreBenchmark(**(usual | other))


def scored(benchmark: str, *given: int | None, **other: object) -> events.ReviewerBenchmarkScored:
    """Return the event that follows from it."""
    command = score(benchmark, *given, **other)
    names = events.ReviewerBenchmarkScored.__struct_fields__
    return events.ReviewerBenchmarkScored(**{name: getattr(command, name) for name in names})


def concluded(**other: object) -> events.ReviewerCalibrationConcluded:
    """Return a passed calibration over three benchmarks."""
    usual = {
        "person_id": REVIEWER,
        "standard_id": "nmcs",
        "rubric_version": "1.0",
        "benchmarks": ("b-1", "b-2", "b-3"),
        "criteria": 15,
        "exact": 15,
        "adjacent": 15,
        "must_pass_misses": 0,
        "least_benchmarks": 3,
        "least_exact_percent": 60,
        "least_adjacent_percent": 90,
        "passed": True,
        "concluded_on": DAY,
        "valid_until": date(2029, 2, 2),
    }
    return events.ReviewerCalibrationConcluded(**(usual | other))


def agreed(review: str, *pairs: tuple[int | None, int | None]) -> events.ReviewerAgreementRecorded:
    """Return an event with own and moderated scores."""
    criteria = tuple(
        ModeratedScore(criterion=f"C{place}", score=own, moderated=other) for place, (own, other) in enumerate(pairs)
    )
    return events.ReviewerAgreementRecorded(person_id=REVIEWER, review_id=review, criteria=criteria)


def due(ground: str = "term", on: date = date(2029, 2, 3), figures: tuple[int, int, int] = (0, 0, 0)):
    """Return the event that a calibration is due again."""
    criteria, deviation_sum, exact = figures
    return events.ReviewerRecalibrationDue(
        person_id=REVIEWER, ground=ground, due_on=on, criteria=criteria, deviation_sum=deviation_sum, exact=exact
    )


def suspended(reason: str = "A complaint is looked into"):
    """Return a suspension."""
    sealed = seal(REVIEWER, reason, purpose="standing")
    return events.ReviewerSuspended(person_id=REVIEWER, suspended_from=DAY, reason=sealed)


CALIBRATED = (APPLIED, FOUND, TRAINED, scored("b-1"), scored("b-2"), scored("b-3"), concluded())
ACTIVE = (*CALIBRATED, ACTIVATED)
