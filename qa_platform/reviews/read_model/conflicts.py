"""The conflicts of reviews: what was known, what was declared, and how it was ruled on; the details sealed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import Actor
from qa_platform.kernel.sealed import Sealed
from qa_platform.ledger.projection import Projection, Row
from qa_platform.reviews.decider import Status
from qa_platform.reviews.events import (
    ConflictRuled,
    InterestsDeclared,
    KnownTie,
    ReviewerInvited,
    Ruling,
    RulingReversed,
    TiesKnown,
)
from qa_platform.reviews.read_model.reviews import REVIEWS, known_to
from qa_platform.web.reach import within_reach

_Event = ReviewerInvited | TiesKnown | InterestsDeclared | ConflictRuled | RulingReversed


class TakenBack(msgspec.Struct, frozen=True, kw_only=True):
    """A ruling that does not stand any more: by whom it was taken back, and when."""

    ruling: Ruling
    reversed_by: str
    reversed_at: datetime


class ConflictRow(Row, frozen=True, kw_only=True):
    """What ties the reviewer of one review to its case; the sealed fields are opened for who may read them.

    `ruling` is the one that stands; `reason` is why the last one that does not was taken back.
    """

    review_id: str
    submission_id: str
    provider_id: str
    reviewer_id: str
    seat: int
    known: tuple[KnownTie, ...] = ()
    categories: tuple[str, ...] = ()
    effect: str | None = None
    declared_at: datetime | None = None
    detail: Sealed[str] | None = None
    ruling: str | None = None
    ruled_by: str | None = None
    ruled_at: datetime | None = None
    note: Sealed[str] | None = None
    taken_back: tuple[TakenBack, ...] = ()
    reason: Sealed[str] | None = None


def keys(recorded: Recorded[_Event]) -> tuple[str, ...]:
    """Return the review that an event is about."""
    return (recorded.event.review_id,)


def fold(row: ConflictRow | None, recorded: Recorded[_Event]) -> ConflictRow | None:
    """Return the conflicts of a review after one event."""
    event = recorded.event
    if isinstance(event, ReviewerInvited):
        told = ("review_id", "submission_id", "provider_id", "reviewer_id", "seat")
        return ConflictRow(**{name: getattr(event, name) for name in told})
    if row is None:
        return None
    match event:
        case TiesKnown():
            return replace(row, known=event.ties)
        case InterestsDeclared():
            declared = {"categories": event.categories, "effect": event.effect, "detail": event.detail}
            return replace(row, declared_at=recorded.at, **declared)
        case ConflictRuled():
            by = recorded.actor.partition(":")[2]
            ruling = "allow_with_note" if event.ruling == "allow" and event.note is not None else event.ruling
            return replace(row, ruling=ruling, ruled_by=by, ruled_at=recorded.at, note=event.note)
        case RulingReversed():
            return _taken_back(row, event, recorded)


def _taken_back(row: ConflictRow, event: RulingReversed, recorded: Recorded[_Event]) -> ConflictRow:
    by = recorded.actor.partition(":")[2]
    one = TakenBack(ruling=event.ruling, reversed_by=by, reversed_at=recorded.at)
    open_again = replace(row, ruling=None, ruled_by=None, ruled_at=None, note=None)
    return replace(open_again, taken_back=(*row.taken_back, one), reason=event.reason)


CONFLICTS: Projection[ConflictRow] = Projection(
    name="review_conflicts",
    row=ConflictRow,
    key="review_id",
    events=(ReviewerInvited, TiesKnown, InterestsDeclared, ConflictRuled, RulingReversed),
    keys=keys,
    fold=fold,
    indexes=(("submission_id",),),
)


def select_conflicts(viewer: Actor, *, awaiting: bool | None = None) -> sa.Select[Any]:
    """Return the query for the reviews with a tie that a viewer may know of; `awaiting` a ruling, or not any more."""
    table, reviews = CONFLICTS.table, REVIEWS.table
    tied = sa.or_(table.c.effect.not_in(("none",)), sa.func.jsonb_array_length(table.c.known) > 0)
    query = sa.select(table).join(reviews, reviews.c.review_id == table.c.review_id).where(known_to(viewer), tied)
    query = query.where(within_reach(viewer, reviews.c.submission_id))
    if awaiting is None:
        return query
    pending = reviews.c.status == Status.CONFLICT_PENDING.value
    return query.where(pending if awaiting else ~pending)


def conflict_of(connection: Connection, review_id: str) -> ConflictRow | None:
    """Return the conflicts of a review, still sealed; who may see them the asker has asked."""
    return CONFLICTS.find(connection, review_id)
