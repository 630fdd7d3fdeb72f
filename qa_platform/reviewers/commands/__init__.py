"""What one may ask about a reviewer, and about benchmarks."""

from __future__ import annotations

from qa_platform.reviewers.commands.calibration import (
    ConcludeCalibration,
    PublishBenchmark,
    RaiseRecalibration,
    RecordAgreement,
    RetireBenchmark,
    ScoreBenchmark,
)
from qa_platform.reviewers.commands.first import (
    ChangeExpertise,
    DeclareEligible,
    DeclareInterest,
    EndInterest,
    PauseReviewer,
    RegisterReviewer,
    ResumeReviewer,
)
from qa_platform.reviewers.commands.lifecycle import (
    ActivateReviewer,
    ApplyToReview,
    FindEligible,
    RecordTraining,
    RefuseReviewer,
    ReinstateReviewer,
    RetireReviewer,
    SuspendReviewer,
)
from qa_platform.reviewers.commands.terms import (
    ChangeCap,
    ChangeCompetences,
    ChangeLanguages,
    DeclareUnavailable,
    EndPost,
    RecordPost,
    WithdrawUnavailability,
)

__all__ = [
    "ActivateReviewer",
    "ApplyToReview",
    "BenchmarkCommand",
    "CalibrationCommand",
    "ChangeCap",
    "ChangeCompetences",
    "ChangeExpertise",
    "ChangeLanguages",
    "ConcludeCalibration",
    "DeclareEligible",
    "DeclareInterest",
    "DeclareUnavailable",
    "EndInterest",
    "EndPost",
    "EnteringCommand",
    "FindEligible",
    "PauseReviewer",
    "PublishBenchmark",
    "RaiseRecalibration",
    "RecordAgreement",
    "RecordPost",
    "RecordTraining",
    "RefuseReviewer",
    "RegisterReviewer",
    "ReinstateReviewer",
    "ResumeReviewer",
    "RetireBenchmark",
    "RetireReviewer",
    "ReviewerCommand",
    "ScoreBenchmark",
    "StandingCommand",
    "SuspendReviewer",
    "TermsCommand",
    "TieCommand",
    "WithdrawUnavailability",
]

EnteringCommand = RegisterReviewer | ApplyToReview | FindEligible | RefuseReviewer | ChangeExpertise | DeclareEligible
StandingCommand = (
    RecordTraining
    | ActivateReviewer
    | PauseReviewer
    | ResumeReviewer
    | SuspendReviewer
    | ReinstateReviewer
    | RetireReviewer
)
CalibrationCommand = ScoreBenchmark | ConcludeCalibration | RecordAgreement | RaiseRecalibration
TieCommand = DeclareInterest | EndInterest | RecordPost | EndPost
TermsCommand = ChangeCompetences | ChangeLanguages | DeclareUnavailable | WithdrawUnavailability | ChangeCap
ReviewerCommand = EnteringCommand | StandingCommand | CalibrationCommand | TieCommand | TermsCommand

BenchmarkCommand = PublishBenchmark | RetireBenchmark
