"""What one may ask on the way to a final score."""

from __future__ import annotations

from datetime import date

from qa_platform.kernel.event import Command, StreamVersion
from qa_platform.scoring.outcome import Sheet
from qa_platform.scoring.rubric import Rubric


class ProposeScore(Command, frozen=True, kw_only=True):
    """Propose a final score to the reviewers, as the lead reviewer; the scores as for a settlement.

    They may answer up to and with `answer_by`.
    """

    submission_id: str
    proposed_by: str
    criterion: str
    score: int | None
    reason: str
    rubric: Rubric
    route: str
    sheets: tuple[Sheet, ...]
    on: date
    answer_by: date


class AgreeToScore(Command, frozen=True, kw_only=True):
    """Agree to a proposed score, as one of the reviewers."""

    submission_id: str
    criterion: str
    reviewer_id: str


class ObjectToScore(Command, frozen=True, kw_only=True):
    """Object to a proposed score, as one of the reviewers, with the reason."""

    submission_id: str
    criterion: str
    reviewer_id: str
    reason: str


class CarryScore(Command, frozen=True, kw_only=True):
    """Take the reviewers' silence for agreement, once the time to answer is over."""

    submission_id: str
    criterion: str
    on: date


class WithdrawScoreProposal(Command, frozen=True, kw_only=True):
    """Take a proposal back before it is agreed, as the lead reviewer."""

    submission_id: str
    withdrawn_by: str
    criterion: str
    reason: str


class ReopenCriterion(Command, frozen=True, kw_only=True):
    """Open a settled criterion again before the moderation is closed, as the lead reviewer."""

    submission_id: str
    reopened_by: str
    criterion: str
    reason: str


class ReopenModeration(Command, frozen=True, kw_only=True):
    """Open a closed moderation again, as the lead reviewer; whether a decision was taken is known at the edge."""

    submission_id: str
    reopened_by: str
    reason: str
    decided: bool


class RequestThirdReview(Command, frozen=True, kw_only=True):
    """Ask for a third reading, as the lead reviewer; the scores as for a settlement."""

    submission_id: str
    requested_by: str
    reason: str
    rubric: Rubric
    route: str
    sheets: tuple[Sheet, ...]
    on: date
    due_on: date


class WithdrawThirdReview(Command, frozen=True, kw_only=True):
    """Take the request for a third reading back before it is locked, as the lead reviewer."""

    submission_id: str
    withdrawn_by: str
    reason: str


class CompleteThirdReview(Command, frozen=True, kw_only=True):
    """Count the third review in, locked in this version."""

    submission_id: str
    review: StreamVersion


class SettleByMedian(Command, frozen=True, kw_only=True):
    """Give every open criterion the median of three, as the lead reviewer; the scores as for a settlement."""

    submission_id: str
    settled_by: str
    rubric: Rubric
    route: str
    sheets: tuple[Sheet, ...]


AgreementCommand = (
    ProposeScore
    | AgreeToScore
    | ObjectToScore
    | CarryScore
    | WithdrawScoreProposal
    | ReopenCriterion
    | ReopenModeration
    | RequestThirdReview
    | WithdrawThirdReview
    | CompleteThirdReview
    | SettleByMedian
)
