"""What can have happened to a reviewer, and to the benchmarks that reviewers are measured by."""

from __future__ import annotations

from qa_platform.reviewers.events.calibration import (
    BenchmarkPublished,
    BenchmarkRetired,
    BenchmarkScore,
    ModeratedScore,
    RecalibrationGround,
    ReferenceScore,
    ReviewerAgreementRecorded,
    ReviewerBenchmarkScored,
    ReviewerCalibrationConcluded,
    ReviewerRecalibrationDue,
)
from qa_platform.reviewers.events.first import (
    PauseReason,
    ReviewerCategory,
    ReviewerDeclaredEligible,
    ReviewerExpertiseChanged,
    ReviewerInterestDeclared,
    ReviewerInterestEnded,
    ReviewerPaused,
    ReviewerRegistered,
    ReviewerResumed,
)
from qa_platform.reviewers.events.lifecycle import (
    Competence,
    RefusalGround,
    ReviewerActivated,
    ReviewerApplicationRefused,
    ReviewerApplied,
    ReviewerFoundEligible,
    ReviewerReinstated,
    ReviewerRetired,
    ReviewerSuspended,
    ReviewerTrainingRecorded,
)
from qa_platform.reviewers.events.terms import (
    ReviewerCapChanged,
    ReviewerCompetencesChanged,
    ReviewerLanguagesChanged,
    ReviewerPostEnded,
    ReviewerPostRecorded,
    ReviewerUnavailabilityDeclared,
    ReviewerUnavailabilityWithdrawn,
)

__all__ = [
    "BenchmarkEvent",
    "BenchmarkPublished",
    "BenchmarkRetired",
    "BenchmarkScore",
    "CalibrationEvent",
    "Competence",
    "EnteringEvent",
    "ModeratedScore",
    "PauseReason",
    "RecalibrationGround",
    "ReferenceScore",
    "RefusalGround",
    "ReviewerActivated",
    "ReviewerAgreementRecorded",
    "ReviewerApplicationRefused",
    "ReviewerApplied",
    "ReviewerBenchmarkScored",
    "ReviewerCalibrationConcluded",
    "ReviewerCapChanged",
    "ReviewerCategory",
    "ReviewerCompetencesChanged",
    "ReviewerDeclaredEligible",
    "ReviewerEvent",
    "ReviewerExpertiseChanged",
    "ReviewerFoundEligible",
    "ReviewerInterestDeclared",
    "ReviewerInterestEnded",
    "ReviewerLanguagesChanged",
    "ReviewerPaused",
    "ReviewerPostEnded",
    "ReviewerPostRecorded",
    "ReviewerRecalibrationDue",
    "ReviewerRegistered",
    "ReviewerReinstated",
    "ReviewerResumed",
    "ReviewerRetired",
    "ReviewerSuspended",
    "ReviewerTrainingRecorded",
    "ReviewerUnavailabilityDeclared",
    "ReviewerUnavailabilityWithdrawn",
    "StandingEvent",
    "TermsEvent",
    "TieEvent",
]

EnteringEvent = (
    ReviewerRegistered
    | ReviewerApplied
    | ReviewerFoundEligible
    | ReviewerApplicationRefused
    | ReviewerExpertiseChanged
    | ReviewerDeclaredEligible
)
StandingEvent = (
    ReviewerTrainingRecorded
    | ReviewerActivated
    | ReviewerPaused
    | ReviewerResumed
    | ReviewerSuspended
    | ReviewerReinstated
    | ReviewerRetired
)
CalibrationEvent = (
    ReviewerBenchmarkScored | ReviewerCalibrationConcluded | ReviewerAgreementRecorded | ReviewerRecalibrationDue
)
TieEvent = ReviewerInterestDeclared | ReviewerInterestEnded | ReviewerPostRecorded | ReviewerPostEnded
TermsEvent = (
    ReviewerCompetencesChanged
    | ReviewerLanguagesChanged
    | ReviewerUnavailabilityDeclared
    | ReviewerUnavailabilityWithdrawn
    | ReviewerCapChanged
)
ReviewerEvent = EnteringEvent | StandingEvent | CalibrationEvent | TieEvent | TermsEvent

BenchmarkEvent = BenchmarkPublished | BenchmarkRetired
