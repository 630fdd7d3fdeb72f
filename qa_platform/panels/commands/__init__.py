"""What one may ask of the panel of a submission."""

from __future__ import annotations

from datetime import date

from qa_platform.kernel.event import Command, StreamVersion
from qa_platform.panels.commands.agreement import (
    AgreementCommand,
    AgreeToScore,
    CarryScore,
    CompleteThirdReview,
    ObjectToScore,
    ProposeScore,
    ReopenCriterion,
    ReopenModeration,
    RequestThirdReview,
    SettleByMedian,
    WithdrawScoreProposal,
    WithdrawThirdReview,
)
from qa_platform.panels.commands.interest import Interest
from qa_platform.panels.commands.proposing import (
    AllocationCommand,
    Candidacy,
    ChangeProposal,
    ConfirmProposal,
    MakeAllocation,
    ObjectToPanel,
    ProposePanel,
    RemindReviewer,
    RuleOnObjection,
    SeatingCommand,
    UndoSeatChange,
    WithdrawProposal,
)
from qa_platform.panels.commands.reporting import (
    AreaText,
    ClaimFactualError,
    CloseFactualCheck,
    FinishFactualCheck,
    IssueDraftReport,
    IssueFinalReport,
    ReportCommand,
    ResolveFactualClaim,
    WithdrawDraftReport,
    WithdrawFactualClaim,
)
from qa_platform.panels.events import Ground
from qa_platform.scoring.outcome import Sheet
from qa_platform.scoring.rubric import Rubric

__all__ = [
    "AgreeToScore",
    "AgreementCommand",
    "AllocationCommand",
    "AreaText",
    "AssignLead",
    "AssignReviewer",
    "Candidacy",
    "CarryScore",
    "ChangeProposal",
    "ClaimFactualError",
    "CloseFactualCheck",
    "CloseModeration",
    "CloseScoring",
    "CompleteThirdReview",
    "ConfirmProposal",
    "FinishFactualCheck",
    "Interest",
    "IssueDraftReport",
    "IssueFinalReport",
    "MakeAllocation",
    "ObjectToPanel",
    "ObjectToScore",
    "OpenPanel",
    "PanelCommand",
    "ProposePanel",
    "ProposeScore",
    "RemindReviewer",
    "ReopenCriterion",
    "ReopenModeration",
    "ReportCommand",
    "RequestThirdReview",
    "ResolveFactualClaim",
    "RuleOnObjection",
    "SeatingCommand",
    "SettleByMedian",
    "SettleCriterion",
    "StandReviewerDown",
    "UndoSeatChange",
    "WithdrawDraftReport",
    "WithdrawFactualClaim",
    "WithdrawProposal",
    "WithdrawScoreProposal",
    "WithdrawThirdReview",
]


class OpenPanel(Command, frozen=True, kw_only=True):
    """Open the panel of an accepted submission."""

    submission_id: str
    course_id: str
    provider_id: str
    route: str
    standard_id: str
    rubric_version: str
    rubric_hash: str
    submission_version: int
    seats: int = 2


class AssignReviewer(Command, frozen=True, kw_only=True):
    """Give a reviewer a seat.

    `status` (registered, eligible, paused), `eligible_from` and `interests` are what the
    reviewer's own stream says of him; whoever asks names that stream's version beside the command.
    The rest is as for a candidacy.
    """

    submission_id: str
    review_id: str
    reviewer_id: str
    seat: int
    reasons: tuple[str, ...]
    status: str
    eligible_from: date | None
    interests: tuple[Interest, ...]
    on: date
    seen: tuple[str, ...] = ()
    away: bool = False
    open_cases: int = 0
    cap: int | None = None
    unread: tuple[str, ...] = ()


class StandReviewerDown(Command, frozen=True, kw_only=True):
    """Take a reviewer from his seat."""

    submission_id: str
    review_id: str
    ground: Ground


class ReseatReviewer(Command, frozen=True, kw_only=True):
    """Give a reviewer his seat again, whose bar was taken back."""

    submission_id: str
    review_id: str
    reviewer_id: str
    seat: int


class AssignLead(Command, frozen=True, kw_only=True):
    """Ask somebody who does not score here to lead the panel; `interests` as for a reviewer.

    Whether he is a lead reviewer is known at the edge.
    """

    submission_id: str
    lead_id: str
    is_lead_reviewer: bool
    interests: tuple[Interest, ...]
    on: date


class CloseScoring(Command, frozen=True, kw_only=True):
    """Close the scoring: these are the locked reviews, each in its version."""

    submission_id: str
    reviews: tuple[StreamVersion, ...]


class SettleCriterion(Command, frozen=True, kw_only=True):
    """Give a criterion its final score (None: it does not apply), as the lead reviewer, with the reason.

    `rubric`, `route` and `sheets` are what the locked reviews were scored under, and their scores.
    """

    submission_id: str
    settled_by: str
    criterion: str
    score: int | None
    reason: str
    rubric: Rubric
    route: str
    sheets: tuple[Sheet, ...]


class CloseModeration(Command, frozen=True, kw_only=True):
    """Declare the moderation done, as the lead reviewer; the scores as for a settlement."""

    submission_id: str
    closed_by: str
    rubric: Rubric
    route: str
    sheets: tuple[Sheet, ...]


PanelCommand = (
    OpenPanel
    | AssignReviewer
    | StandReviewerDown
    | ReseatReviewer
    | AssignLead
    | CloseScoring
    | SettleCriterion
    | CloseModeration
    | SeatingCommand
    | AgreementCommand
    | ReportCommand
)
