"""What one may ask of a review; each names the submission too, for that is the case it belongs to."""

from __future__ import annotations

from qa_platform.kernel.conflicts import ConflictCode
from qa_platform.kernel.event import Command
from qa_platform.reviews.events import Confidence, DeclineReason, Pointer, Ruling
from qa_platform.scoring.rubric import Rubric


class InviteReviewer(Command, frozen=True, kw_only=True):
    """Ask a reviewer to review a submission at one version."""

    review_id: str
    submission_id: str
    provider_id: str
    route: str
    reviewer_id: str
    seat: int
    standard_id: str
    rubric_version: str
    rubric_hash: str
    submission_version: int


class DeclareInterests(Command, frozen=True, kw_only=True):
    """Pass, or not, the conflict gate: which categories apply (none: an empty tuple), and which text was agreed to."""

    review_id: str
    submission_id: str
    reviewer_id: str
    categories: tuple[ConflictCode, ...]
    undertaking: str
    detail: str | None = None


class RuleOnConflict(Command, frozen=True, kw_only=True):
    """Rule on a declared tie."""

    review_id: str
    submission_id: str
    ruled_by: str
    ruling: Ruling
    note: str | None = None


class DeclineReview(Command, frozen=True, kw_only=True):
    """Decline an invitation, or give up an unfinished review."""

    review_id: str
    submission_id: str
    reviewer_id: str
    reason: DeclineReason


class EndReview(Command, frozen=True, kw_only=True):
    """End the review of somebody who no longer holds the seat."""

    review_id: str
    submission_id: str
    ground: str


class ScoreCriterion(Command, frozen=True, kw_only=True):
    """Score a criterion, or score it again; `score` None says that it does not apply.

    `rubric` is the version that the review is under, `route` that of the submission.
    """

    review_id: str
    submission_id: str
    reviewer_id: str
    criterion: str
    score: int | None
    comment: str
    confidence: Confidence
    rubric: Rubric
    route: str
    not_applicable_reason: str | None = None
    private_note: str | None = None
    evidence: tuple[Pointer, ...] = ()
    insufficient_evidence: bool = False


class LockReview(Command, frozen=True, kw_only=True):
    """Lock the review; `rubric` and `route` as for a score."""

    review_id: str
    submission_id: str
    reviewer_id: str
    rubric: Rubric
    route: str


ReviewCommand = (
    InviteReviewer | DeclareInterests | RuleOnConflict | DeclineReview | EndReview | ScoreCriterion | LockReview
)
