"""The rules of a review: the conflict gate first, then scores, then a lock that nobody opens again."""

from __future__ import annotations

from typing import assert_never, get_args

from msgspec.structs import replace

from qa_platform.kernel.decider import Decider
from qa_platform.reviews.commands import (
    AskQuestion,
    DeclareInterests,
    DeclineReview,
    EndReview,
    InviteReviewer,
    LockReview,
    MarkOverdue,
    ReverseRuling,
    ReviewCommand,
    RuleOnConflict,
    ScoreCriterion,
    TakeQuestionBack,
)
from qa_platform.reviews.decider.asking import ask, mark_overdue, take_back
from qa_platform.reviews.decider.gate import declare, decline, effect_of, end, invite, reverse, rule
from qa_platform.reviews.decider.queries import QueryStatus, query_decider
from qa_platform.reviews.decider.refusals import (
    AnswerAwaited,
    AnswerEmpty,
    DeclarationIncomplete,
    EvidenceNotAsked,
    GateNotPassed,
    InterestsAlreadyDeclared,
    NoConflictToRuleOn,
    NoteMissing,
    NotOverdue,
    QueryMissing,
    QueryNotForwarded,
    QueryNotOverdue,
    QueryOver,
    QuestionMissing,
    QuestionRefused,
    QuestionSettled,
    ReviewAlreadyExists,
    ReviewAlreadyLocked,
    ReviewerBarred,
    ReviewMissing,
    ReviewOver,
    RulingFinal,
    ScoreRefused,
    SheetIncomplete,
)
from qa_platform.reviews.decider.sheet import lock, score, sheet_digest
from qa_platform.reviews.decider.state import Question, Review, ScoreGiven, Status, score_given
from qa_platform.reviews.events import (
    ConflictRuled,
    CriterionScored,
    Effect,
    InterestsDeclared,
    QuestionAsked,
    QuestionTakenBack,
    ReviewDeclined,
    ReviewEnded,
    ReviewerInvited,
    ReviewEvent,
    ReviewLocked,
    ReviewOverdue,
    RulingReversed,
    TiesKnown,
)

__all__ = [
    "AnswerAwaited",
    "AnswerEmpty",
    "DeclarationIncomplete",
    "EvidenceNotAsked",
    "GateNotPassed",
    "InterestsAlreadyDeclared",
    "NoConflictToRuleOn",
    "NotOverdue",
    "NoteMissing",
    "QueryMissing",
    "QueryNotForwarded",
    "QueryNotOverdue",
    "QueryOver",
    "QueryStatus",
    "QuestionMissing",
    "QuestionRefused",
    "QuestionSettled",
    "Review",
    "ReviewAlreadyExists",
    "ReviewAlreadyLocked",
    "ReviewMissing",
    "ReviewOver",
    "ReviewerBarred",
    "RulingFinal",
    "ScoreGiven",
    "ScoreRefused",
    "SheetIncomplete",
    "Status",
    "decide",
    "effect_of",
    "evolve",
    "query_decider",
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
        case ReverseRuling():
            return reverse(command, review)
        case DeclineReview():
            return decline(command, review)
        case EndReview():
            return end(command, review)
        case ScoreCriterion():
            return score(command, review)
        case AskQuestion():
            return ask(command, review)
        case TakeQuestionBack():
            return take_back(command, review)
        case MarkOverdue():
            return mark_overdue(command, review)
        case LockReview():
            return lock(command, review)
        case _:
            assert_never(command)


def evolve(review: Review, event: ReviewEvent) -> Review:
    """Return the review as it stands after an event. Never refuses."""
    match event:
        case ReviewerInvited():
            return Review(
                status=Status.INVITED,
                submission_id=event.submission_id,
                reviewer_id=event.reviewer_id,
                seat=event.seat,
            )
        case TiesKnown():
            return review
        case InterestsDeclared():
            return replace(
                review,
                status=status_after(event.effect),
                categories=event.categories,
                effect=event.effect,
                undertaking=event.undertaking,
            )
        case ConflictRuled():
            status = Status.BARRED if event.ruling == "bar" else Status.CLEARED
            return replace(review, status=status, ruling=event.ruling)
        case RulingReversed():
            return replace(review, status=Status.CONFLICT_PENDING, ruling=None)
        case ReviewDeclined():
            return replace(review, status=Status.DECLINED)
        case ReviewEnded():
            return replace(review, status=Status.ENDED)
        case CriterionScored():
            return replace(review, scores={**review.scores, event.criterion: score_given(event)})
        case QuestionAsked():
            asked = Question(criterion=event.criterion, text=event.text)
            return replace(review, questions={**review.questions, event.question_id: asked})
        case QuestionTakenBack():
            gone = replace(review.questions[event.question_id], taken_back=True)
            return replace(review, questions={**review.questions, event.question_id: gone})
        case ReviewOverdue():
            return replace(review, late=review.late | {event.lateness})
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
