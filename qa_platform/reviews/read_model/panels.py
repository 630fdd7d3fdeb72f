"""What reviews must know of their panel: who leads it, and whether scores may be compared."""

from __future__ import annotations

from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.panels.events import LeadAssigned, PanelOpened, ReviewerAssigned, ReviewerStoodDown, ScoringClosed

_Event = PanelOpened | LeadAssigned | ReviewerAssigned | ReviewerStoodDown | ScoringClosed


class ReviewPanelRow(Row, frozen=True, kw_only=True):
    """The panel of a submission; `seats` are the reviews in its seats, by their numbers."""

    submission_id: str
    course_id: str | None
    seats: dict[str, str]
    lead_id: str | None
    scoring_closed: bool


def keys(recorded: Recorded[_Event]) -> tuple[str, ...]:
    """Return the submission whose panel an event is about."""
    return (recorded.event.submission_id,)


def fold(row: ReviewPanelRow | None, recorded: Recorded[_Event]) -> ReviewPanelRow | None:
    """Return the panel after one event."""
    event = recorded.event
    known = row or ReviewPanelRow(
        submission_id=event.submission_id, course_id=None, seats={}, lead_id=None, scoring_closed=False
    )
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


REVIEW_PANELS: Projection[ReviewPanelRow] = Projection(
    name="review_panels",
    row=ReviewPanelRow,
    key="submission_id",
    events=(PanelOpened, LeadAssigned, ReviewerAssigned, ReviewerStoodDown, ScoringClosed),
    keys=keys,
    fold=fold,
)


def scoring_is_closed(connection: Connection, submission_id: str) -> bool:
    """Return whether every review of a case is locked, and their scores may be compared."""
    row = REVIEW_PANELS.find(connection, submission_id)
    return row is not None and row.scoring_closed


def seat_is_free(connection: Connection, submission_id: str, seat: int, review_id: str) -> bool:
    """Return whether a reviewer whose bar is taken back can have his seat again, or has it still."""
    row = REVIEW_PANELS.find(connection, submission_id)
    return row is not None and not row.scoring_closed and row.seats.get(str(seat), review_id) == review_id
