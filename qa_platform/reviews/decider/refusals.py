"""Why a review may say no."""

from __future__ import annotations

from qa_platform.kernel.rejected import Missing, Rejected
from qa_platform.reviews.decider.state import Review, Status


class ReviewMissing(Missing):
    """There is no such review, or it is somebody else's."""


class ReviewAlreadyExists(Rejected):
    """The review was begun for somebody else."""


class GateNotPassed(Rejected):
    """Nothing can be scored before the conflict gate is passed."""


class ReviewerBarred(Rejected):
    """A conflict of interest bars the reviewer from this review."""


class ReviewOver(Rejected):
    """The review was declined, or came to its end."""


class ReviewAlreadyLocked(Rejected):
    """The review is locked, and nobody can change it."""


class InterestsAlreadyDeclared(Rejected):
    """The reviewer passed the gate with another declaration."""


class DeclarationIncomplete(Rejected):
    """The declaration names an unknown category, or agrees to nothing."""


class NoConflictToRuleOn(Rejected):
    """Nobody asked for a ruling, or it was given."""


class NoteMissing(Rejected):
    """A tie is allowed with a note, and there is none."""


class RulingFinal(Rejected):
    """A ruling cannot be taken back any more, or not by this person."""


class ScoreRefused(Rejected):
    """The criterion cannot be scored like this."""


class QuestionRefused(Rejected):
    """The question cannot be asked like this."""


class QuestionMissing(Missing):
    """There is no such question, or it is somebody else's."""


class QuestionSettled(Rejected):
    """The question was answered or closed, and cannot be taken back."""


class EvidenceNotAsked(Rejected):
    """A criterion lacks evidence that nobody asked the provider for."""


class AnswerAwaited(Rejected):
    """The provider may still answer a question of this review."""


class NotOverdue(Rejected):
    """The reviewer has time left, or nothing to do."""


class QueryMissing(Missing):
    """There is no such query."""


class QueryNotForwarded(Rejected):
    """The question cannot go to the provider any more, or went there before."""


class QueryOver(Rejected):
    """The query was answered, closed or withdrawn, or its time is over."""


class AnswerEmpty(Rejected):
    """The answer says nothing."""


class QueryNotOverdue(Rejected):
    """The provider has time left to answer."""


class SheetIncomplete(Rejected):
    """Criteria are left without a score."""


def refuse_others(reviewer_id: str, review: Review) -> None:
    """Refuse whoever is not the review's reviewer, as if there were no such review."""
    if review.reviewer_id != reviewer_id:
        raise ReviewMissing("There is no such review among yours. Check the address.")


def refuse_unless_cleared(review: Review, what: str) -> None:
    """Refuse what only a reviewer beyond the conflict gate may do, while the review is his to change."""
    match review.status:
        case Status.CLEARED:
            return
        case Status.LOCKED:
            raise ReviewAlreadyLocked(f"{what}: you locked this review, and its scores are final.")
        case Status.BARRED:
            raise ReviewerBarred(f"{what}: a conflict of interest bars you from this review.")
        case Status.DECLINED | Status.ENDED:
            raise ReviewOver(f"{what}: this review is no longer yours to do.")
        case Status.CONFLICT_PENDING:
            raise GateNotPassed(f"{what}: your declared interest awaits a ruling. You will be told of it.")
        case _:
            raise GateNotPassed(f"{what}: you have not declared your interests yet. Declare them, then try again.")
