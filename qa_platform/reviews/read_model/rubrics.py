"""The published standards that reviews are scored under."""

from __future__ import annotations

from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.rejected import Missing
from qa_platform.ledger.projection import Projection, Row
from qa_platform.scoring.rubric import Rubric, known_rubric
from qa_platform.standards.events import RubricPublished


class ReviewRubricRow(Row, frozen=True, kw_only=True):
    """The text of a version of a standard, under its hash."""

    content_hash: str
    text: str


def keys(recorded: Recorded[RubricPublished]) -> tuple[str, ...]:
    """Return the hash of what was published."""
    return (recorded.event.content_hash,)


def fold(row: ReviewRubricRow | None, recorded: Recorded[RubricPublished]) -> ReviewRubricRow | None:
    """Return the text as it was first published."""
    return row or ReviewRubricRow(content_hash=recorded.event.content_hash, text=recorded.event.text)


REVIEW_RUBRICS: Projection[ReviewRubricRow] = Projection(
    name="review_rubrics",
    row=ReviewRubricRow,
    key="content_hash",
    events=(RubricPublished,),
    keys=keys,
    fold=fold,
)


def rubric_under(connection: Connection, content_hash: str) -> Rubric:
    """Return the rubric under a hash. Raises Missing."""
    row = REVIEW_RUBRICS.find(connection, content_hash)
    if row is None:
        raise Missing("The standard that this review is under is not published here. Tell the administrator.")
    return known_rubric(row.text)
