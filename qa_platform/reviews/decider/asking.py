"""Asking the provider for evidence, and taking a question back, as far as it is the reviewer's own doing."""

from __future__ import annotations

from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.rejected import Fault
from qa_platform.reviews.commands import AskQuestion, LockReview, MarkOverdue, TakeQuestionBack
from qa_platform.reviews.decider.refusals import (
    AnswerAwaited,
    EvidenceNotAsked,
    NotOverdue,
    QuestionMissing,
    QuestionRefused,
    QuestionSettled,
    refuse_others,
    refuse_unless_cleared,
)
from qa_platform.reviews.decider.state import Question, Review, Status
from qa_platform.reviews.events import QuestionAsked, QuestionTakenBack, ReviewEvent, ReviewOverdue

# What a reviewer who is late has not done, by where the review stands.
_OWED = {Status.INVITED: "invitation", Status.CLEARED: "scoring"}


def ask(command: AskQuestion, review: Review) -> list[ReviewEvent]:
    """Ask for evidence on a criterion of the route."""
    refuse_others(command.reviewer_id, review)
    asked = Question(criterion=command.criterion, text=command.text.strip())
    if review.questions.get(command.question_id) == asked:
        return []
    refuse_unless_cleared(review, "The question was not asked")
    _refuse_question(command, review)

    return [
        QuestionAsked(
            review_id=command.review_id,
            submission_id=command.submission_id,
            reviewer_id=command.reviewer_id,
            question_id=command.question_id,
            criterion=asked.criterion,
            text=asked.text,
        )
    ]


def _refuse_question(command: AskQuestion, review: Review) -> None:
    if command.question_id in review.questions:
        raise QuestionRefused("The question was not asked: you asked another one before. Ask it anew.")
    if command.criterion not in {criterion.id for criterion in command.rubric.applying(command.route)}:
        message = f"“{command.criterion}” is no criterion of this review. Choose one of its sheet."
        raise QuestionRefused(f"The question was not asked: {message}", (Fault("criterion", message),))
    if not command.text.strip():
        message = "Say what you need to see."
        raise QuestionRefused(f"The question was not asked. {message}", (Fault("text", message),))
    refuse_personal_data({"text": command.text})


def take_back(command: TakeQuestionBack, review: Review) -> list[ReviewEvent]:
    """Take a question back that is not settled."""
    refuse_others(command.reviewer_id, review)
    question = review.questions.get(command.question_id)
    if question is None:
        raise QuestionMissing("There is no such question among yours. Check the address.")
    if question.taken_back:
        return []
    if command.settled:
        raise QuestionSettled(
            "The question was not taken back: it was answered, or its time is over, and everybody who reviews "
            "the course has read it. Score the criterion on what is there."
        )
    refuse_unless_cleared(review, "The question was not taken back")
    refuse_personal_data({"reason": command.reason})

    return [
        QuestionTakenBack(
            review_id=command.review_id,
            submission_id=command.submission_id,
            reviewer_id=command.reviewer_id,
            question_id=command.question_id,
            reason=command.reason,
        )
    ]


def refuse_unasked(command: LockReview, review: Review) -> None:
    """Refuse to lock where evidence is missing and nobody asked for it, or an answer may still come."""
    standing = {one: each.criterion for one, each in review.questions.items() if not each.taken_back}
    asked = {*standing.values(), *command.queried}
    faults = tuple(
        Fault(each.criterion, "Ask the provider for the evidence, or score it without the mark.")
        for each in review.scores.values()
        if each.insufficient_evidence and each.criterion not in asked
    )
    if faults:
        raise EvidenceNotAsked(
            f"The review was not locked: “{faults[0].field}” lacks evidence that nobody asked the provider for. "
            "Ask for it, or take the mark away.",
            faults,
        )
    awaited = sorted({criterion for one, criterion in standing.items() if one in command.waiting})
    if awaited:
        raise AnswerAwaited(
            f"The review was not locked: your question on “{awaited[0]}” awaits its answer. "
            "Lock when it is there, or take the question back."
        )


def mark_overdue(command: MarkOverdue, review: Review) -> list[ReviewEvent]:
    """Say once that a reviewer is late with what he owes."""
    if command.lateness in review.late:
        return []
    if _OWED.get(review.status) != command.lateness or command.on <= command.due_on:
        raise NotOverdue("The review was not marked as late: its reviewer is in time, or owes nothing.")

    return [
        ReviewOverdue(
            review_id=command.review_id,
            reviewer_id=review.reviewer_id,
            lateness=command.lateness,
            due_on=command.due_on,
            found_on=command.on,
        )
    ]
