"""Who reviewed whom, and when: what rotation, load and reciprocal reviews are seen by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal, get_args

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.conflicts import PastReview
from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.reviewers.read_model.reviewers import REVIEWERS, ReviewerRow
from qa_platform.reviews.events import (
    ConflictRuled,
    CriterionScored,
    InterestsDeclared,
    ReviewDeclined,
    ReviewEnded,
    ReviewerInvited,
    ReviewEvent,
    ReviewLocked,
    RulingReversed,
)

# A component and a change are looked at in part.
_IN_PART = frozenset({"APMC", "CHANGE"})


class ReviewDoneRow(Row, frozen=True, kw_only=True):
    """A review that counts, or may come to; one that was declined or ended has no row.

    One that is barred by a ruling waits aside, for the ruling may be taken back.

    `on` is the day of the invitation, then of the lock, in universal time.
    """

    review_id: str
    submission_id: str
    reviewer_id: str
    provider_id: str
    full: bool
    standing: Literal["open", "locked", "barred"]
    on: date
    scores: dict[str, int | None]


def keys(recorded: Recorded[ReviewEvent]) -> tuple[str, ...]:
    """Return the review that an event is about."""
    return (recorded.event.review_id,)


def fold(row: ReviewDoneRow | None, recorded: Recorded[ReviewEvent]) -> ReviewDoneRow | None:
    """Return the review after one event; None once it will not count."""
    event = recorded.event
    if isinstance(event, ReviewerInvited):
        return _invited(event, recorded.at.date())
    if row is None:
        return None
    match event:
        case InterestsDeclared(effect="bar") | ReviewDeclined() | ReviewEnded():
            return None
        case ConflictRuled(ruling="bar"):
            return replace(row, standing="barred")
        case RulingReversed():
            return replace(row, standing="open")
        case CriterionScored():
            return replace(row, scores={**row.scores, event.criterion: event.score})
        case ReviewLocked():
            return replace(row, standing="locked", on=recorded.at.date())
        case _:
            return row


def _invited(event: ReviewerInvited, on: date) -> ReviewDoneRow:
    return ReviewDoneRow(
        review_id=event.review_id,
        submission_id=event.submission_id,
        reviewer_id=event.reviewer_id,
        provider_id=event.provider_id,
        full=event.route not in _IN_PART,
        standing="open",
        on=on,
        scores={},
    )


REVIEWS_DONE: Projection[ReviewDoneRow] = Projection(
    name="reviews_done",
    row=ReviewDoneRow,
    key="review_id",
    events=get_args(ReviewEvent),
    keys=keys,
    fold=fold,
    indexes=(("reviewer_id",), ("provider_id",)),
)


def history_of(connection: Connection, reviewer_id: str, provider_id: str) -> list[PastReview]:
    """Return what `seen_conflicts` needs: a reviewer's own reviews, and those by people of a provider."""
    table, reviewers = REVIEWS_DONE.table, REVIEWERS.table
    theirs = sa.select(reviewers.c.person_id).where(reviewers.c.posts.contains([{"provider_id": provider_id}]))
    counting, people = table.c.standing != "barred", table.c.reviewer_id
    query = sa.select(table).where(counting, sa.or_(people == reviewer_id, people.in_(theirs)))
    done = REVIEWS_DONE.rows(connection, query.order_by(table.c.review_id))
    ids = sorted({one.reviewer_id for one in done})
    known = REVIEWERS.rows(connection, sa.select(reviewers).where(reviewers.c.person_id.in_(ids)))
    by_id = {one.person_id: one for one in known}
    return [_past(one, by_id.get(one.reviewer_id)) for one in done]


def _past(done: ReviewDoneRow, reviewer: ReviewerRow | None) -> PastReview:
    posts = () if reviewer is None else reviewer.posts
    held = [one for one in posts if one.since <= done.on and (one.until is None or one.until >= done.on)]
    return PastReview(
        reviewer_id=done.reviewer_id,
        employer_ids=tuple(sorted({one.provider_id for one in held})),
        provider_id=done.provider_id,
        course_id=None,
        on=done.on,
        full=done.full,
    )


def reviews_by(connection: Connection, reviewer_id: str) -> list[ReviewDoneRow]:
    """Return the reviews that somebody did or is doing."""
    table = REVIEWS_DONE.table
    return REVIEWS_DONE.rows(connection, sa.select(table).where(table.c.reviewer_id == reviewer_id))


def distribution(done: Iterable[ReviewDoneRow]) -> dict[str, int]:
    """Return how often each score was given in locked reviews; what did not apply is under “not_applicable”."""
    given = Counter(score for one in done if one.standing == "locked" for score in one.scores.values())
    named = {"not_applicable" if score is None else str(score): count for score, count in given.items()}
    return dict(sorted(named.items()))
