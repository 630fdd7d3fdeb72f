"""Reviews, each with what its reviewer gave, and who may see how much of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Actor, Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.reviews.decider import Status, status_after
from qa_platform.reviews.events import (
    ConflictRuled,
    CriterionScored,
    InterestsDeclared,
    Lateness,
    Pointer,
    ReviewDeclined,
    ReviewEnded,
    ReviewerInvited,
    ReviewEvent,
    ReviewLocked,
    ReviewOverdue,
    RulingReversed,
)
from qa_platform.reviews.read_model.panels import REVIEW_PANELS, scoring_closed_among
from qa_platform.web.reach import not_recused, within_reach


class ScoreEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What a criterion was given; the private note stays elsewhere."""

    score: int | None
    not_applicable_reason: str | None
    comment: str
    confidence: str
    evidence: tuple[Pointer, ...]
    insufficient_evidence: bool


class ReviewRow(Row, frozen=True, kw_only=True):
    """One reviewer's review of one submission; `cleared_by` is the event that took him past the gate."""

    review_id: str
    version: int
    submission_id: str
    provider_id: str
    route: str
    reviewer_id: str
    seat: int
    status: str
    standard_id: str
    rubric_version: str
    rubric_hash: str
    submission_version: int
    categories: tuple[str, ...]
    undertaking: str | None
    ruling: str | None
    scores: dict[str, ScoreEntry]
    sheet_digest: str | None
    invited_at: datetime
    cleared_at: datetime | None
    late: tuple[Lateness, ...]
    locked_at: datetime | None
    cleared_by: str | None = None


def keys(recorded: Recorded[ReviewEvent]) -> tuple[str, ...]:
    """Return the review that an event is about."""
    return (recorded.event.review_id,)


def fold(row: ReviewRow | None, recorded: Recorded[ReviewEvent]) -> ReviewRow | None:
    """Return the review after one event."""
    event = recorded.event
    if isinstance(event, ReviewerInvited):
        return _invited(event, recorded)
    return None if row is None else replace(_changed(row, recorded), version=recorded.version)


def _invited(event: ReviewerInvited, recorded: Recorded[ReviewEvent]) -> ReviewRow:
    return ReviewRow(
        **{name: getattr(event, name) for name in event.__struct_fields__},
        version=recorded.version,
        status=Status.INVITED.value,
        categories=(),
        undertaking=None,
        ruling=None,
        scores={},
        sheet_digest=None,
        invited_at=recorded.at,
        cleared_at=None,
        late=(),
        locked_at=None,
    )


def _changed(row: ReviewRow, recorded: Recorded[ReviewEvent]) -> ReviewRow:
    match recorded.event:
        case InterestsDeclared() as event:
            status = status_after(event.effect)
            return replace(
                row,
                status=status.value,
                categories=event.categories,
                undertaking=event.undertaking,
                **_clearing(recorded, cleared=status is Status.CLEARED),
            )
        case ConflictRuled() as event:
            status = Status.BARRED if event.ruling == "bar" else Status.CLEARED
            clearing = _clearing(recorded, cleared=status is Status.CLEARED)
            return replace(row, status=status.value, ruling=event.ruling, **clearing)
        case RulingReversed():
            clearing = _clearing(recorded, cleared=False)
            return replace(row, status=Status.CONFLICT_PENDING.value, ruling=None, **clearing)
        case ReviewDeclined():
            return replace(row, status=Status.DECLINED.value)
        case ReviewEnded():
            return replace(row, status=Status.ENDED.value)
        case CriterionScored() as event:
            return replace(row, scores={**row.scores, event.criterion: _entry(event)})
        case ReviewOverdue() as event:
            return replace(row, late=(*row.late, event.lateness))
        case ReviewLocked() as event:
            return replace(row, status=Status.LOCKED.value, sheet_digest=event.sheet_digest, locked_at=recorded.at)
        case _:
            return row


def _clearing(recorded: Recorded[ReviewEvent], *, cleared: bool) -> dict[str, Any]:
    return (
        {"cleared_at": recorded.at, "cleared_by": recorded.id} if cleared else {"cleared_at": None, "cleared_by": None}
    )


def _entry(event: CriterionScored) -> ScoreEntry:
    return ScoreEntry(**{name: getattr(event, name) for name in ScoreEntry.__struct_fields__})


REVIEWS: Projection[ReviewRow] = Projection(
    name="reviews",
    row=ReviewRow,
    key="review_id",
    events=get_args(ReviewEvent),
    keys=keys,
    fold=fold,
    indexes=(("submission_id",), ("reviewer_id",), ("status",)),
)

# They run the reviewing, and learn where each review stands, but not what is in it.
_OFFICE = {Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY}
# They weigh the scores, from the moment on at which nobody can change any.
_WEIGHING = {Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER, Role.LEAD_REVIEWER}
# Reviews whose scores may still change.
_AT_WORK = (Status.INVITED.value, Status.CONFLICT_PENDING.value, Status.CLEARED.value)
# Those who may have opened the submission: past the gate, and not out again.
_SHOWN_CONTENT = (Status.CLEARED.value, Status.LOCKED.value)


def select_reviews(viewer: Actor, *, submission_id: str | None = None, status: str | None = None) -> sa.Select[Any]:
    """Return the query for the reviews that a viewer may know of; see `as_seen_by` for how much of them."""
    table = REVIEWS.table
    query = sa.select(table).where(known_to(viewer), within_reach(viewer, table.c.submission_id))
    if submission_id is not None:
        query = query.where(table.c.submission_id == submission_id)
    if status is not None:
        query = query.where(table.c.status == status)
    return query


def known_to(viewer: Actor) -> sa.ColumnElement[bool]:
    """Return the condition under which a viewer may know of a review."""
    reviews = REVIEWS.table
    role = viewer.acting_as
    if role is Role.REVIEWER:
        return reviews.c.reviewer_id == viewer.person_id
    # Whoever reviews a submission learns nothing of its other review in any other capacity, nor does who is recused.
    apart = not_recused(viewer, reviews.c.submission_id)
    not_reviewing = sa.and_(~_is_reviewed_by(viewer.person_id), apart)
    if role is Role.AUDITOR or role in _OFFICE:
        return not_reviewing
    if role is Role.COMMITTEE_MEMBER:
        return sa.and_(not_reviewing, _scoring_is_closed())
    if role is Role.LEAD_REVIEWER:
        return sa.and_(not_reviewing, _scoring_is_closed(), _is_led_by(viewer.person_id))
    return sa.false()


def _is_reviewed_by(person_id: str) -> sa.ColumnElement[bool]:
    same = REVIEWS.table.alias("same_submission")
    return sa.exists().where(same.c.submission_id == REVIEWS.table.c.submission_id, same.c.reviewer_id == person_id)


def _scoring_is_closed() -> sa.ColumnElement[bool]:
    panels = REVIEW_PANELS.table
    return sa.exists().where(panels.c.submission_id == REVIEWS.table.c.submission_id, panels.c.scoring_closed)


def _is_led_by(person_id: str) -> sa.ColumnElement[bool]:
    panels = REVIEW_PANELS.table
    return sa.exists().where(panels.c.submission_id == REVIEWS.table.c.submission_id, panels.c.lead_id == person_id)


def as_seen_by(viewer: Actor, connection: Connection, rows: list[ReviewRow]) -> list[ReviewRow]:
    """Return reviews without what this viewer may not see of them yet."""
    role = viewer.acting_as
    if role in {Role.REVIEWER, Role.AUDITOR}:
        return rows
    wanted = (row.submission_id for row in rows)
    closed = scoring_closed_among(connection, wanted) if role in _WEIGHING else frozenset()
    return [
        # A third sheet is begun after the scoring was closed: nobody knows of it before it is locked.
        _office_view(row, shown=row.submission_id in closed and row.status not in _AT_WORK, role=role)
        for row in rows
    ]


def _office_view(row: ReviewRow, *, shown: bool, role: Role) -> ReviewRow:
    seen = row if shown else replace(row, scores={}, sheet_digest=None)
    # What somebody declared about himself is for whoever rules on it.
    return seen if role is Role.COMMITTEE_SECRETARY else replace(seen, categories=(), ruling=None)


def get_review(connection: Connection, review_id: str, viewer: Actor) -> ReviewRow | None:
    """Return a review as a viewer may see it, or None if there is none for him."""
    query = select_reviews(viewer).where(REVIEWS.table.c.review_id == review_id)
    return next(iter(as_seen_by(viewer, connection, REVIEWS.rows(connection, query))), None)


def get_readable_review(connection: Connection, review_id: str, viewer: Actor) -> ReviewRow | None:
    """Return a review whose submission the viewer may read: his own, once he has passed the conflict gate."""
    row = get_review(connection, review_id, viewer)
    own = row is not None and row.reviewer_id == viewer.person_id
    return row if row is not None and own and row.status in _SHOWN_CONTENT else None


def review_of(connection: Connection, review_id: str) -> ReviewRow:
    """Return a review, whoever asks: for what a rule needs of it, never to be shown. Raises Missing."""
    row = REVIEWS.find(connection, review_id)
    if row is None:
        raise Missing("There is no such review. Check the address.")
    return row
