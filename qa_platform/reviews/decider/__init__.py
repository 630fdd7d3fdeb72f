"""The rules of a review: the conflict gate first, then scores, then a lock that nobody opens again."""

from __future__ import annotations

from typing import assert_never, get_args

from msgspec.structs import replace

from qa_platform.kernel.decider import Decider
from qa_platform.reviews.commands import (
    DeclareInterests,
    DeclineReview,
    EndReview,
    InviteReviewer,
    LockReview,
    ReviewCommand,
    RuleOnConflict,
    ScoreCriterion,
)
from qa_platform.reviews.decider.gate import declare, decline, end, invite, rule
from qa_platform.reviews.decider.refusals import (
    DeclarationIncomplete,
    GateNotPassed,
    InterestsAlreadyDeclared,
    NoConflictToRuleOn,
    ReviewAlreadyExists,
    ReviewAlreadyLocked,
    ReviewerBarred,
    ReviewMissing,
    ReviewOver,
    ScoreRefused,
    SheetIncomplete,
)
from qa_platform.reviews.decider.sheet import lock, score, sheet_digest
from qa_platform.reviews.decider.state import Review, ScoreGiven, Status, score_given
from qa_platform.reviews.events import (
    ConflictRuled,
    CriterionScored,
    Effect,
    InterestsDeclared,
    ReviewDeclined,
    ReviewEnded,
    ReviewerInvited,
    ReviewEvent,
    ReviewLocked,
)

__all__ = [
    "DeclarationIncomplete",
    "GateNotPassed",
    "InterestsAlreadyDeclared",
    "NoConflictToRuleOn",
    "Review",
    "ReviewAlreadyExists",
    "ReviewAlreadyLocked",
    "ReviewMissing",
    "ReviewOver",
    "ReviewerBarred",
    "ScoreGiven",
    "ScoreRefused",
    "SheetIncomplete",
    "Status",
    "decide",
    "evolve",
    "review_decider",
    "sheet_digest",
    "status_after",
]


def decide(command: ReviewCommand, review: Review) -> list[ReviewEvent]:
    """Return what follows from a command, or raise Rejected."""
    if isinstance(command, InviteReviewer):
        return invite(command, review)
    if review.submission_id != command.submission_id:
        raise ReviewMissing("There is no such review. Check the address.")
    match command:
        case DeclareInterests():
            return declare(command, review)
        case RuleOnConflict():
            return rule(command, review)
        case DeclineReview():
            return decline(command, review)
        case EndReview():
            return end(command, review)
        case ScoreCriterion():
            return score(command, review)
        case LockReview():
            return lock(command, review)
        case _:
            assert_never(command)


def evolve(review: Review, event: ReviewEvent) -> Review:
    """Return the review as it stands after an event. Never refuses."""
    match event:
        case ReviewerInvited():
            return Review(status=Status.INVITED, submission_id=event.submission_id, reviewer_id=event.reviewer_id)
        case InterestsDeclared():
            return replace(
                review,
                status=status_after(event.effect),
                categories=event.categories,
                undertaking=event.undertaking,
            )
        case ConflictRuled():
            status = Status.BARRED if event.ruling == "bar" else Status.CLEARED
            return replace(review, status=status, ruling=event.ruling)
        case ReviewDeclined():
            return replace(review, status=Status.DECLINED)
        case ReviewEnded():
            return replace(review, status=Status.ENDED)
        case CriterionScored():
            return replace(review, scores={**review.scores, event.criterion: score_given(event)})
        case ReviewLocked():
            return replace(review, status=Status.LOCKED)
        case _:
            assert_never(event)


def status_after(effect: Effect) -> Status:
    """Return where a review stands once a declaration had this effect."""
    match effect:
        case "bar":
            return Status.BARRED
        case "officer_decides":
            return Status.CONFLICT_PENDING
        case _:
            return Status.CLEARED


review_decider: Decider[ReviewCommand, Review, ReviewEvent] = Decider(
    commands=get_args(ReviewCommand),
    events=get_args(ReviewEvent),
    stream=lambda command: f"review-{command.review_id}",
    initial=Review(),
    decide=decide,
    evolve=evolve,
    case=lambda command: command.submission_id,
)
