"""How many cases a reviewer has open, and how many he takes: whether one more can be given back to him."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.reviewers.events import ReviewerCapChanged
from qa_platform.reviews.decider import Status
from qa_platform.reviews.read_model.reviews import REVIEWS

# What a reviewer takes who has not said otherwise.
USUAL_CAP = 4
_OPEN = (Status.INVITED.value, Status.CONFLICT_PENDING.value, Status.CLEARED.value)


class ReviewCapRow(Row, frozen=True, kw_only=True):
    """The most cases that a reviewer takes at once."""

    reviewer_id: str
    cap: int


class Workload(msgspec.Struct, frozen=True, kw_only=True):
    """How many cases somebody has open, and the most that he takes."""

    open_cases: int
    cap: int


def keys(recorded: Recorded[ReviewerCapChanged]) -> tuple[str, ...]:
    """Return the reviewer whom an event is about."""
    return (recorded.event.person_id,)


def fold(_row: ReviewCapRow | None, recorded: Recorded[ReviewerCapChanged]) -> ReviewCapRow:
    """Return what he takes after one event."""
    return ReviewCapRow(reviewer_id=recorded.event.person_id, cap=recorded.event.open_cases)


REVIEW_CAPS: Projection[ReviewCapRow] = Projection(
    name="review_caps",
    row=ReviewCapRow,
    key="reviewer_id",
    events=(ReviewerCapChanged,),
    keys=keys,
    fold=fold,
)


def workload_of(connection: Connection, reviewer_id: str) -> Workload:
    """Return how much a reviewer has to do; what he is barred from is nothing to do."""
    table = REVIEWS.table
    query = sa.select(sa.func.count()).where(table.c.reviewer_id == reviewer_id, table.c.status.in_(_OPEN))
    row = REVIEW_CAPS.find(connection, reviewer_id)
    return Workload(open_cases=connection.scalar(query) or 0, cap=USUAL_CAP if row is None else row.cap)
