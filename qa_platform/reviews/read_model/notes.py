"""A reviewer's private notes, sealed under his own key."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.sealed import Sealed
from qa_platform.ledger.projection import Projection, Row
from qa_platform.reviews.events import CriterionScored


class ReviewNoteRow(Row, frozen=True, kw_only=True):
    """A note on one criterion of one review."""

    note_id: str
    review_id: str
    reviewer_id: str
    criterion: str
    private_note: Sealed[str]


def keys(recorded: Recorded[CriterionScored]) -> tuple[str, ...]:
    """Return the note that a score replaces."""
    return (f"{recorded.event.review_id}/{recorded.event.criterion}",)


def fold(_row: ReviewNoteRow | None, recorded: Recorded[CriterionScored]) -> ReviewNoteRow | None:
    """Return the note of the latest score; None when it came without one."""
    event = recorded.event
    if event.private_note is None:
        return None
    return ReviewNoteRow(
        note_id=keys(recorded)[0],
        review_id=event.review_id,
        reviewer_id=event.reviewer_id,
        criterion=event.criterion,
        private_note=event.private_note,
    )


REVIEW_NOTES: Projection[ReviewNoteRow] = Projection(
    name="review_notes",
    row=ReviewNoteRow,
    key="note_id",
    events=(CriterionScored,),
    keys=keys,
    fold=fold,
    indexes=(("review_id",),),
)


def list_notes(connection: Connection, review_id: str, reviewer_id: str) -> list[ReviewNoteRow]:
    """Return a reviewer's own notes on a review, still sealed."""
    table = REVIEW_NOTES.table
    query = sa.select(table).where(table.c.review_id == review_id, table.c.reviewer_id == reviewer_id)
    return REVIEW_NOTES.rows(connection, query.order_by(table.c.criterion))
