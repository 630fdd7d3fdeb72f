"""The rules about reviewers: who may be asked, on what terms, measured by what, and tied to whom."""

from __future__ import annotations

from typing import assert_never, get_args

from qa_platform.kernel.decider import Decider
from qa_platform.reviewers.commands import (
    CalibrationCommand,
    EnteringCommand,
    ReviewerCommand,
    StandingCommand,
    TermsCommand,
    TieCommand,
)
from qa_platform.reviewers.decider.benchmarks import benchmark_decider
from qa_platform.reviewers.decider.calibration import (
    Due,
    compared,
    decide_calibration,
    evolve_calibration,
    recalibration_due,
)
from qa_platform.reviewers.decider.entering import decide_entering, evolve_entering
from qa_platform.reviewers.decider.refusals import (
    BenchmarkTaken,
    BenchmarkUnknown,
    BenchmarkUnsuited,
    CalibrationIncomplete,
    CalibrationRunOut,
    CapUnacceptable,
    ExpertiseIncomplete,
    InterestUnacceptable,
    InterestUnknown,
    LevelTooLow,
    PausedByAgency,
    PeriodUnacceptable,
    PeriodUnknown,
    PostUnacceptable,
    PostUnknown,
    PracticeTooShort,
    ReasonMissing,
    ReviewerGone,
    ReviewerNotEligible,
    ReviewerOutOfTurn,
    ReviewerTaken,
    ReviewerUnknown,
    TrainingToCome,
)
from qa_platform.reviewers.decider.standing import decide_standing, evolve_standing
from qa_platform.reviewers.decider.state import LEAST_YEARS_OF_PRACTICE, USUAL_CAP, Expertise, Reviewer, Status, Tie
from qa_platform.reviewers.decider.terms import decide_terms, evolve_terms
from qa_platform.reviewers.decider.ties import decide_tie, evolve_tie
from qa_platform.reviewers.events import (
    CalibrationEvent,
    EnteringEvent,
    ReviewerEvent,
    StandingEvent,
    TermsEvent,
    TieEvent,
)

__all__ = [
    "LEAST_YEARS_OF_PRACTICE",
    "USUAL_CAP",
    "BenchmarkTaken",
    "BenchmarkUnknown",
    "BenchmarkUnsuited",
    "CalibrationIncomplete",
    "CalibrationRunOut",
    "CapUnacceptable",
    "Due",
    "Expertise",
    "ExpertiseIncomplete",
    "InterestUnacceptable",
    "InterestUnknown",
    "LevelTooLow",
    "PausedByAgency",
    "PeriodUnacceptable",
    "PeriodUnknown",
    "PostUnacceptable",
    "PostUnknown",
    "PracticeTooShort",
    "ReasonMissing",
    "Reviewer",
    "ReviewerGone",
    "ReviewerNotEligible",
    "ReviewerOutOfTurn",
    "ReviewerTaken",
    "ReviewerUnknown",
    "Status",
    "Tie",
    "TrainingToCome",
    "benchmark_decider",
    "compared",
    "decide",
    "evolve",
    "recalibration_due",
    "reviewer_decider",
]


def decide(command: ReviewerCommand, reviewer: Reviewer) -> list[ReviewerEvent]:
    """Return what follows from a command, or raise Rejected."""
    if isinstance(command, EnteringCommand):
        return [*decide_entering(command, reviewer)]
    if isinstance(command, StandingCommand):
        return [*decide_standing(command, reviewer)]
    if isinstance(command, CalibrationCommand):
        return [*decide_calibration(command, reviewer)]
    if isinstance(command, TieCommand):
        return [*decide_tie(command, reviewer)]
    if isinstance(command, TermsCommand):
        return [*decide_terms(command, reviewer)]
    assert_never(command)


def evolve(reviewer: Reviewer, event: ReviewerEvent) -> Reviewer:
    """Return the reviewer as he stands after an event. Never refuses."""
    if isinstance(event, EnteringEvent):
        return evolve_entering(reviewer, event)
    if isinstance(event, StandingEvent):
        return evolve_standing(reviewer, event)
    if isinstance(event, CalibrationEvent):
        return evolve_calibration(reviewer, event)
    if isinstance(event, TieEvent):
        return evolve_tie(reviewer, event)
    if isinstance(event, TermsEvent):
        return evolve_terms(reviewer, event)
    assert_never(event)


reviewer_decider: Decider[ReviewerCommand, Reviewer, ReviewerEvent] = Decider(
    commands=get_args(ReviewerCommand),
    events=get_args(ReviewerEvent),
    stream=lambda command: f"reviewer-{command.person_id}",
    initial=Reviewer(),
    decide=decide,
    evolve=evolve,
)
