"""The sheet: a score, a reason and a comment for each criterion, and the lock that ends all change."""

from __future__ import annotations

from hashlib import sha256

import msgspec
from msgspec.structs import replace

from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.rejected import Fault
from qa_platform.kernel.sealed import seal
from qa_platform.reviews.commands import LockReview, ScoreCriterion
from qa_platform.reviews.decider.asking import refuse_unasked
from qa_platform.reviews.decider.refusals import (
    ScoreRefused,
    SheetIncomplete,
    refuse_others,
    refuse_unless_cleared,
)
from qa_platform.reviews.decider.state import Review, ScoreGiven, Status, score_given
from qa_platform.reviews.events import CriterionScored, ReviewEvent, ReviewLocked
from qa_platform.scoring.outcome import Score, Sheet, check_score, check_sheet

NOTES = "notes"
# The shortest thing that is a sentence.
_SENTENCE_WORDS = 3
_canonical = msgspec.json.Encoder(order="deterministic")


def score(command: ScoreCriterion, review: Review) -> list[ReviewEvent]:
    """Record a score, unless it says what is recorded already."""
    refuse_others(command.reviewer_id, review)
    refuse_unless_cleared(review, f"“{command.criterion}” was not scored")
    _refuse_score(command)

    event = _scored(command)
    # A private note is sealed, and rules never read it: one that is sent again may say something new.
    if event.private_note is None and review.scores.get(command.criterion) == score_given(event):
        return []
    return [event]


def _scored(command: ScoreCriterion) -> CriterionScored:
    note = command.private_note
    return CriterionScored(
        review_id=command.review_id,
        reviewer_id=command.reviewer_id,
        criterion=command.criterion,
        score=command.score,
        not_applicable_reason=command.not_applicable_reason if command.score is None else None,
        comment=command.comment.strip(),
        private_note=seal(command.reviewer_id, note, purpose=NOTES) if note else None,
        confidence=command.confidence,
        evidence=command.evidence,
        insufficient_evidence=command.insufficient_evidence,
    )


def _refuse_score(command: ScoreCriterion) -> None:
    wrong = check_score(command.rubric, command.route, command.criterion, command.score)
    faults = (*(Fault("score", fault.message) for fault in wrong), *_faults_of_reason(command))
    if faults:
        raise ScoreRefused(f"“{command.criterion}” was not scored. {faults[0].message}", faults)
    refuse_personal_data(
        {
            "comment": command.comment,
            "not_applicable_reason": command.not_applicable_reason,
            **{f"evidence.{place}.note": pointer.note for place, pointer in enumerate(command.evidence)},
        }
    )


def _faults_of_reason(command: ScoreCriterion) -> list[Fault]:
    if command.score is None:
        if _is_sentence(command.not_applicable_reason or ""):
            return []
        return [Fault("not_applicable_reason", "Say in a sentence why the criterion does not apply.")]
    if _is_sentence(command.comment):
        return []
    return [Fault("comment", "Give the reason for the score, in a sentence or more.")]


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= _SENTENCE_WORDS


def lock(command: LockReview, review: Review) -> list[ReviewEvent]:
    """Lock a review in which every criterion of the route is scored."""
    refuse_others(command.reviewer_id, review)
    if review.status is Status.LOCKED:
        return []
    refuse_unless_cleared(review, "The review was not locked")
    faults = check_sheet(command.rubric, command.route, _sheet(command.review_id, review))
    if faults:
        rest = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
        raise SheetIncomplete(
            f"The review was not locked: “{faults[0].field}”{rest} still to do. Complete the sheet, then lock it.",
            faults,
        )
    refuse_unasked(command, review)

    return [
        ReviewLocked(
            review_id=command.review_id,
            reviewer_id=command.reviewer_id,
            sheet_digest=sheet_digest(tuple(review.scores.values())),
        )
    ]


def _sheet(review_id: str, review: Review) -> Sheet:
    scores = {each.criterion: Score(score=each.score, confidence=each.confidence) for each in review.scores.values()}
    return Sheet(review_id=review_id, scores=scores)


def sheet_digest(scores: tuple[ScoreGiven, ...]) -> str:
    """Return the SHA-256 of everything in a sheet but its private notes, whatever the order it was written in."""
    ordered = sorted(scores, key=lambda each: each.criterion)
    sheet = [replace(each, has_private_note=False) for each in ordered]
    return f"sha256:{sha256(_canonical.encode(sheet)).hexdigest()}"
