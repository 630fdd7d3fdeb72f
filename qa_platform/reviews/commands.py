"""What one may ask of a review; each names the submission too, for that is the case it belongs to."""

from __future__ import annotations

from datetime import date
from typing import Literal

from qa_platform.kernel.conflicts import ConflictCode
from qa_platform.kernel.event import Command
from qa_platform.reviews.events import Confidence, DeclineReason, KnownTie, Lateness, Pointer
from qa_platform.reviews.events.queries import EvidenceReference, WithdrawalGround
from qa_platform.scoring.rubric import Rubric

# Allowed with a note, the tie stays in sight of those who weigh the case.
AskedRuling = Literal["bar", "allow", "allow_with_note"]


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
    """Pass, or not, the conflict gate: which categories apply (none: an empty tuple), and which text was agreed to.

    `known` is what he declared in advance, and what the system sees, on the day of asking.
    """

    review_id: str
    submission_id: str
    reviewer_id: str
    categories: tuple[ConflictCode, ...]
    undertaking: str
    detail: str | None = None
    known: tuple[KnownTie, ...] = ()


class RuleOnConflict(Command, frozen=True, kw_only=True):
    """Rule on a declared tie."""

    review_id: str
    submission_id: str
    ruled_by: str
    ruling: AskedRuling
    note: str | None = None


class ReverseRuling(Command, frozen=True, kw_only=True):
    """Take a ruling back, or what the rules barred by themselves.

    `seat_free` says that a reviewer who was barred can have his seat again, `known` which ties are known of him
    on the day of asking, `open_cases` how many he has besides, and `cap` how many he takes.
    """

    review_id: str
    submission_id: str
    reversed_by: str
    reason: str
    seat_free: bool
    known: tuple[KnownTie, ...] = ()
    open_cases: int = 0
    cap: int | None = None


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
    """Lock the review; `rubric` and `route` as for a score.

    `waiting` are questions of the case that the provider may still answer, `queried` the
    criteria on which anybody's question went to the provider.
    """

    review_id: str
    submission_id: str
    reviewer_id: str
    rubric: Rubric
    route: str
    waiting: tuple[str, ...] = ()
    queried: tuple[str, ...] = ()


class AskQuestion(Command, frozen=True, kw_only=True):
    """Ask the provider for evidence on a criterion, through an officer; `rubric` and `route` as for a score."""

    review_id: str
    submission_id: str
    reviewer_id: str
    question_id: str
    criterion: str
    text: str
    rubric: Rubric
    route: str


class TakeQuestionBack(Command, frozen=True, kw_only=True):
    """Take a question back; `settled` says that its time is over: it was answered, or closed."""

    review_id: str
    submission_id: str
    reviewer_id: str
    question_id: str
    reason: str
    settled: bool


class MarkOverdue(Command, frozen=True, kw_only=True):
    """Say that a reviewer is late, on the day on which it was found."""

    review_id: str
    submission_id: str
    lateness: Lateness
    due_on: date
    on: date


ReviewCommand = (
    InviteReviewer
    | DeclareInterests
    | RuleOnConflict
    | ReverseRuling
    | DeclineReview
    | EndReview
    | ScoreCriterion
    | AskQuestion
    | TakeQuestionBack
    | MarkOverdue
    | LockReview
)


class ForwardQuestion(Command, frozen=True, kw_only=True):
    """Pass a question on to the provider, worded so that nobody knows whose it is."""

    submission_id: str
    query_id: str
    provider_id: str
    criterion: str
    text: str
    on: date
    due_on: date
    scoring_closed: bool


class AnswerQuery(Command, frozen=True, kw_only=True):
    """Answer a query."""

    submission_id: str
    query_id: str
    text: str
    evidence: tuple[EvidenceReference, ...]
    on: date


class CloseQuery(Command, frozen=True, kw_only=True):
    """Close a query that nobody answered in time."""

    submission_id: str
    query_id: str
    on: date


class WithdrawQuery(Command, frozen=True, kw_only=True):
    """Withdraw a query whose question was taken back, or whose case is over."""

    submission_id: str
    query_id: str
    ground: WithdrawalGround


QueryCommand = ForwardQuestion | AnswerQuery | CloseQuery | WithdrawQuery
