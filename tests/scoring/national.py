"""The national standard, read once for the tests."""

from __future__ import annotations

from pathlib import Path

from qa_platform.scoring.outcome import Score, Sheet
from qa_platform.scoring.rubric import Rubric, known_rubric

FILE = Path(__file__).parents[2] / "rubrics" / "nmcs" / "0.1.0.yaml"
NAME = "rubrics/nmcs/0.1.0.yaml"
TEXT = FILE.read_bytes().decode("utf-8")


def national() -> Rubric:
    """Return the national standard."""
    return known_rubric(TEXT)


def sheet(review_id: str = "first", *, given: int | None = 3, confidence="high", **scores: int | None) -> Sheet:
    """Return a sheet with one score throughout, but for the criteria that are named."""
    by_criterion = {criterion.id: given for criterion in national().criteria} | scores
    return Sheet(
        review_id=review_id,
        scores={name: Score(score=score, confidence=confidence) for name, score in by_criterion.items()},
    )
