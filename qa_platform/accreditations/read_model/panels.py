"""Who sat on a case's panel, as this room heard of it: its members check what is academic."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.panels.events import LeadAssigned, ReviewerAssigned, ReviewerStoodDown


class CheckingPanelRow(Row, frozen=True, kw_only=True):
    """A panel: who has a seat, and who leads."""

    submission_id: str
    reviewers: tuple[str, ...] = ()
    lead_id: str | None = None

    @property
    def members(self) -> tuple[str, ...]:
        """Return everybody who may check for the panel."""
        return self.reviewers if self.lead_id is None else (*self.reviewers, self.lead_id)


def keys(recorded: Recorded[Any]) -> tuple[str, ...]:
    """Return the submission whose panel an event is about."""
    return (recorded.event.submission_id,)


def fold(row: CheckingPanelRow | None, recorded: Recorded[Any]) -> CheckingPanelRow | None:
    """Return the panel after one event."""
    known = row or CheckingPanelRow(submission_id=recorded.event.submission_id)
    match recorded.event:
        case ReviewerAssigned() as event:
            return replace(known, reviewers=(*known.reviewers, event.reviewer_id))
        case ReviewerStoodDown() as event:
            return replace(known, reviewers=tuple(one for one in known.reviewers if one != event.reviewer_id))
        case LeadAssigned() as event:
            return replace(known, lead_id=event.lead_id)
        case _:
            return row


CHECKING_PANELS: Projection[CheckingPanelRow] = Projection(
    name="accreditation_panels",
    row=CheckingPanelRow,
    key="submission_id",
    events=(ReviewerAssigned, ReviewerStoodDown, LeadAssigned),
    keys=keys,
    fold=fold,
    indexes=(("lead_id",),),
)


def panel_of(connection: Connection, submission_id: str) -> tuple[str, ...]:
    """Return the members of a case's panel."""
    row = CHECKING_PANELS.find(connection, submission_id)
    return () if row is None else row.members
