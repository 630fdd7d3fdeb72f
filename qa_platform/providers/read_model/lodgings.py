"""What providers lodged, and when: a recognition on which something rests is not taken back as an error."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.submissions.events import SubmissionDrafted, SubmissionLodged

_Event = SubmissionDrafted | SubmissionLodged


class LodgingRow(Row, frozen=True, kw_only=True):
    """A submission, and when it was lodged last."""

    submission_id: str
    provider_id: str
    lodged_at: datetime | None = None


def keys(recorded: Recorded[_Event]) -> tuple[str, ...]:
    """Return the submission that an event is about."""
    return (recorded.event.submission_id,)


def fold(row: LodgingRow | None, recorded: Recorded[_Event]) -> LodgingRow | None:
    """Return the submission after one event."""
    event = recorded.event
    if isinstance(event, SubmissionDrafted):
        return LodgingRow(submission_id=event.submission_id, provider_id=event.provider_id)
    return None if row is None else replace(row, lodged_at=recorded.at)


LODGINGS: Projection[LodgingRow] = Projection(
    name="provider_lodgings",
    row=LodgingRow,
    key="submission_id",
    events=(SubmissionDrafted, SubmissionLodged),
    keys=keys,
    fold=fold,
    indexes=(("provider_id", "lodged_at"),),
)


def count_lodged(connection: Connection, provider_id: str, since: datetime | None) -> int:
    """Return how many submissions a provider lodged at an instant or later; None: ever."""
    column = LODGINGS.table.c
    query = sa.select(sa.func.count()).where(column.provider_id == provider_id, column.lodged_at.is_not(None))
    if since is not None:
        query = query.where(column.lodged_at >= since)
    return int(connection.scalar(query) or 0)
