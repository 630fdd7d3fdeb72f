"""What reviews must know of their panel: who leads it, and whether scores may be compared."""

from __future__ import annotations

from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.panels.events import LeadAssigned, PanelOpened, ScoringClosed


class ReviewPanelRow(Row, frozen=True, kw_only=True):
    """The panel of a submission."""

    submission_id: str
    lead_id: str | None
    scoring_closed: bool


def keys(recorded: Recorded[PanelOpened | LeadAssigned | ScoringClosed]) -> tuple[str, ...]:
    """Return the submission whose panel an event is about."""
    return (recorded.event.submission_id,)


def fold(
    row: ReviewPanelRow | None, recorded: Recorded[PanelOpened | LeadAssigned | ScoringClosed]
) -> ReviewPanelRow | None:
    """Return the panel after one event."""
    event = recorded.event
    known = row or ReviewPanelRow(submission_id=event.submission_id, lead_id=None, scoring_closed=False)
    match event:
        case LeadAssigned():
            return replace(known, lead_id=event.lead_id)
        case ScoringClosed():
            return replace(known, scoring_closed=True)
        case PanelOpened():
            return known


REVIEW_PANELS: Projection[ReviewPanelRow] = Projection(
    name="review_panels",
    row=ReviewPanelRow,
    key="submission_id",
    events=(PanelOpened, LeadAssigned, ScoringClosed),
    keys=keys,
    fold=fold,
)


def scoring_is_closed(connection: Connection, submission_id: str) -> bool:
    """Return whether every review of a case is locked, and their scores may be compared."""
    row = REVIEW_PANELS.find(connection, submission_id)
    return row is not None and row.scoring_closed
