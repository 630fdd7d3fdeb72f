"""What reviews must know of their panel: who leads it, and whether scores may be compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded, StreamVersion
from qa_platform.ledger.projection import Projection, Row
from qa_platform.panels.events import (
    LeadAssigned,
    PanelEvent,
    PanelOpened,
    ReviewerAssigned,
    ReviewerStoodDown,
    ScoringClosed,
    ThirdReviewCompleted,
    ThirdReviewRequested,
    ThirdReviewWithdrawn,
)


class ReviewPanelRow(Row, frozen=True, kw_only=True):
    """The panel of a submission; `seats` are the reviews in its seats, by their numbers.

    `third_seat` is that of a third review which is asked for and not locked.
    """

    submission_id: str
    course_id: str | None
    seats: dict[str, str]
    lead_id: str | None
    scoring_closed: bool
    third_seat: int | None = None
    version: int = 0

    @property
    def stream_version(self) -> StreamVersion:
        """Return how far the panel's stream had come when this was read."""
        return StreamVersion(stream=f"panel-{self.submission_id}", version=self.version)

    def is_free(self, seat: int, review_id: str) -> bool:
        """Return whether a reviewer whose bar is taken back can have his seat again, or has it still."""
        seating = not self.scoring_closed or seat == self.third_seat
        return seating and self.seats.get(str(seat), review_id) == review_id


def keys(recorded: Recorded[PanelEvent]) -> tuple[str, ...]:
    """Return the submission whose panel an event is about."""
    return (recorded.event.submission_id,)


def fold(row: ReviewPanelRow | None, recorded: Recorded[PanelEvent]) -> ReviewPanelRow | None:
    """Return the panel after one event."""
    event = recorded.event
    known = row or ReviewPanelRow(
        submission_id=event.submission_id, course_id=None, seats={}, lead_id=None, scoring_closed=False
    )
    return _after(replace(known, version=recorded.version), event)


def _after(known: ReviewPanelRow, event: PanelEvent) -> ReviewPanelRow:
    match event:
        case LeadAssigned():
            return replace(known, lead_id=event.lead_id)
        case ScoringClosed():
            return replace(known, scoring_closed=True)
        case PanelOpened():
            return replace(known, course_id=event.course_id)
        case ReviewerAssigned():
            return replace(known, seats={**known.seats, str(event.seat): event.review_id})
        case ReviewerStoodDown():
            return replace(known, seats={seat: one for seat, one in known.seats.items() if one != event.review_id})
        case ThirdReviewRequested():
            return replace(known, third_seat=event.seat)
        case ThirdReviewWithdrawn() | ThirdReviewCompleted():
            return replace(known, third_seat=None)
        case _:
            return known


REVIEW_PANELS: Projection[ReviewPanelRow] = Projection(
    name="review_panels",
    row=ReviewPanelRow,
    key="submission_id",
    events=get_args(PanelEvent),
    keys=keys,
    fold=fold,
)


def scoring_is_closed(connection: Connection, submission_id: str) -> bool:
    """Return whether every review of a case is locked, and their scores may be compared."""
    row = REVIEW_PANELS.find(connection, submission_id)
    return row is not None and row.scoring_closed


def scoring_closed_among(connection: Connection, submission_ids: Iterable[str]) -> frozenset[str]:
    """Return those of some cases whose scores may be compared; whoever scores in them now is the third."""
    table = REVIEW_PANELS.table
    wanted = sorted(set(submission_ids))
    query = sa.select(table.c.submission_id).where(table.c.submission_id.in_(wanted), table.c.scoring_closed)
    return frozenset(connection.scalars(query))


def find_review_panel(connection: Connection, submission_id: str) -> ReviewPanelRow | None:
    """Return the panel of a submission as its reviews know it, or None."""
    return REVIEW_PANELS.find(connection, submission_id)
