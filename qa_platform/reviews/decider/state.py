"""What the rules must remember of a review."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from qa_platform.reviews.events import Confidence, CriterionScored, Effect, Lateness, Pointer


class Status(StrEnum):
    """Where a review stands."""

    NONE = "none"
    INVITED = "invited"
    CONFLICT_PENDING = "conflict_pending"
    CLEARED = "cleared"
    BARRED = "barred"
    DECLINED = "declined"
    ENDED = "ended"
    LOCKED = "locked"


class ScoreGiven(msgspec.Struct, frozen=True, kw_only=True):
    """What a criterion was last given; of a private note only that there is one."""

    criterion: str
    score: int | None
    not_applicable_reason: str | None
    comment: str
    confidence: Confidence
    evidence: tuple[Pointer, ...]
    insufficient_evidence: bool
    has_private_note: bool


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer asked of the provider."""

    criterion: str
    text: str
    taken_back: bool = False


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """One reviewer's review."""

    status: Status = Status.NONE
    submission_id: str = ""
    reviewer_id: str = ""
    seat: int = 0
    categories: tuple[str, ...] = ()
    undertaking: str = ""
    effect: Effect = "none"
    ruling: str | None = None
    scores: dict[str, ScoreGiven] = {}
    questions: dict[str, Question] = {}
    late: frozenset[Lateness] = frozenset()


def score_given(event: CriterionScored) -> ScoreGiven:
    """Return what an event gave its criterion."""
    return ScoreGiven(
        criterion=event.criterion,
        score=event.score,
        not_applicable_reason=event.not_applicable_reason,
        comment=event.comment,
        confidence=event.confidence,
        evidence=event.evidence,
        insufficient_evidence=event.insufficient_evidence,
        has_private_note=event.private_note is not None,
    )
