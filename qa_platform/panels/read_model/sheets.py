"""The locked sheets of a panel, from the events of its reviews."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from qa_platform.kernel.event import Recorded
from qa_platform.reviews.events import CriterionScored
from qa_platform.scoring.outcome import Score, Sheet


class GivenScore(msgspec.Struct, frozen=True, kw_only=True):
    """What one review gave a criterion, without its private note."""

    review_id: str
    criterion: str
    score: int | None
    not_applicable_reason: str | None
    comment: str
    confidence: str
    insufficient_evidence: bool


def given_scores(review: Iterable[Recorded[Any]]) -> dict[str, GivenScore]:
    """Return the last score of each criterion, from the events of a review's stream."""
    scored = (recorded.event for recorded in review if isinstance(recorded.event, CriterionScored))
    return {
        event.criterion: GivenScore(**{name: getattr(event, name) for name in GivenScore.__struct_fields__})
        for event in scored
    }


def sheet_of(review_id: str, review: Iterable[Recorded[Any]]) -> Sheet:
    """Return the sheet of a review, from the events of its stream."""
    scores = {
        recorded.event.criterion: Score(score=recorded.event.score, confidence=recorded.event.confidence)
        for recorded in review
        if isinstance(recorded.event, CriterionScored)
    }
    return Sheet(review_id=review_id, scores=scores)
