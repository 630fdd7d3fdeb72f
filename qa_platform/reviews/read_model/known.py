"""What the gate knows before it asks: ties declared in advance, and conflicts that the system sees by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, tzinfo

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.kernel.conflicts import (
    CATEGORIES,
    ConflictCode,
    PastReview,
    Post,
    Rotation,
    SeenCandidate,
    SeenCase,
    SeenCode,
    SeenConflict,
    categories_of,
    seen_conflicts,
)
from qa_platform.reviews.decider import Status
from qa_platform.reviews.events import KnownTie, TieEffect, TieSource
from qa_platform.reviews.read_model.makers import makers_of
from qa_platform.reviews.read_model.panels import REVIEW_PANELS
from qa_platform.reviews.read_model.reviews import REVIEWS, ReviewRow
from qa_platform.reviews.read_model.ties import TiesRow, ties_of

# A component and a change are looked at in part.
_IN_PART = frozenset({"APMC", "CHANGE"})
_DID_NONE = (Status.BARRED.value, Status.DECLINED.value, Status.ENDED.value)


class ToldTie(msgspec.Struct, frozen=True, kw_only=True):
    """A known tie with a sentence about it, for its reviewer and for who rules on it."""

    category: SeenCode
    source: TieSource
    effect: TieEffect
    sentence: str

    @property
    def tie(self) -> KnownTie:
        """Return what is kept of it."""
        return KnownTie(category=self.category, source=self.source, effect=self.effect)


def known_ties(
    connection: Connection, review: ReviewRow, on: date, zone: tzinfo, *, rotation: Rotation
) -> tuple[ToldTie, ...]:
    """Return what is known of a reviewer's ties to a case on a day: what the system sees, then what he declared."""
    panel = REVIEW_PANELS.find(connection, review.submission_id)
    course_id = None if panel is None else panel.course_id
    ties = ties_of(connection, review.reviewer_id, review.provider_id)
    seen = seen_conflicts(
        SeenCandidate(reviewer_id=review.reviewer_id, posts=ties[review.reviewer_id].employments),
        SeenCase(provider_id=review.provider_id, course_id=course_id, part_taken_by=makers_of(connection, course_id)),
        _history(connection, review, ties, zone),
        on,
        rotation,
    )
    declared = ties[review.reviewer_id].interests.values()
    codes = categories_of(declared, review.provider_id, course_id, on)
    return (*(_seen(one) for one in seen), *(_declared(code) for code in codes))


def _seen(one: SeenConflict) -> ToldTie:
    return ToldTie(category=one.category, source="seen", effect=one.effect.value, sentence=one.sentence)


def _declared(code: ConflictCode) -> ToldTie:
    category = CATEGORIES[code]
    sentence = f"Declared in advance: {category.relation}."
    return ToldTie(category=code, source="declared_before", effect=category.effect.value, sentence=sentence)


def _history(
    connection: Connection, review: ReviewRow, ties: Mapping[str, TiesRow], zone: tzinfo
) -> Iterator[PastReview]:
    table = REVIEWS.table
    query = sa.select(table).where(
        table.c.reviewer_id.in_(sorted(ties)),
        table.c.status.not_in(_DID_NONE),
        # The review that is asked about is no past one.
        table.c.review_id != review.review_id,
    )
    for row in REVIEWS.rows(connection, query.order_by(table.c.review_id)):
        on = (row.locked_at or row.invited_at).astimezone(zone).date()
        held = {post.provider_id for post in ties[row.reviewer_id].employments if _holds(post, on)}
        yield PastReview(
            reviewer_id=row.reviewer_id,
            employer_ids=tuple(sorted(held)),
            provider_id=row.provider_id,
            course_id=None,
            on=on,
            full=row.route not in _IN_PART,
        )


def _holds(post: Post, on: date) -> bool:
    return post.since <= on and (post.until is None or post.until >= on)
