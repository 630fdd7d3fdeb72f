"""The conflicts that the system sees without anybody's declaration: it bars, or it warns, and says why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import Literal

import msgspec

from qa_platform.kernel.conflicts.categories import CATEGORIES, ConflictCode, reaches
from qa_platform.kernel.months import months_after

# Rotation is a matter of fairness between providers, not one of the categories that people declare.
SeenCode = ConflictCode | Literal["ROT"]


class SeenEffect(StrEnum):
    """What a conflict that was seen does: a bar is no officer's to lift, a warning is his to weigh."""

    BAR = "bar"
    WARN = "warn"


class Rotation(msgspec.Struct, frozen=True, kw_only=True):
    """How long a reviewer leaves a provider alone after a full review, and what follows where he does not."""

    months: int = 36
    effect: SeenEffect = SeenEffect.WARN


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody works or worked; `until` is None while it lasts."""

    provider_id: str
    since: date
    until: date | None


class PastReview(msgspec.Struct, frozen=True, kw_only=True):
    """A review that somebody did or is doing; whoever declined or was stood down did none.

    `on` is the day of the lock, or of the seat while it is open; `employer_ids` are the
    providers that the reviewer worked for on that day. `full` is False for a component or a change.
    """

    reviewer_id: str
    employer_ids: tuple[str, ...]
    provider_id: str
    course_id: str | None
    on: date
    full: bool = True


class SeenCandidate(msgspec.Struct, frozen=True, kw_only=True):
    """Who might review, and where he works and worked."""

    reviewer_id: str
    posts: tuple[Post, ...] = ()


class SeenCase(msgspec.Struct, frozen=True, kw_only=True):
    """What might be reviewed; `part_taken_by` are the people known to teach, design or endorse the course."""

    provider_id: str
    course_id: str | None
    part_taken_by: frozenset[str] = frozenset()


class SeenConflict(msgspec.Struct, frozen=True, kw_only=True):
    """One conflict that was seen, with a sentence that names nobody."""

    category: SeenCode
    effect: SeenEffect
    sentence: str


def seen_conflicts(
    candidate: SeenCandidate,
    case: SeenCase,
    history: Iterable[PastReview],
    on: date,
    rotation: Rotation = Rotation(),  # noqa: B008 -- a frozen value, the same for every call
) -> tuple[SeenConflict, ...]:
    """Return the conflicts of a candidate with a case on a day, the bars first.

    `history` needs the candidate's own reviews, and those that people of the case's provider did;
    more than that does no harm.
    """
    reviews = tuple(history)
    found = (
        *_employed(candidate, case, on),
        *_took_part(candidate, case),
        *_reciprocal(candidate, case, reviews, on),
        *_again(candidate, case, reviews, on, rotation),
    )
    return tuple(sorted(found, key=lambda one: one.effect is not SeenEffect.BAR))


def _employed(candidate: SeenCandidate, case: SeenCase, on: date) -> Iterator[SeenConflict]:
    counting = [
        post
        for post in candidate.posts
        if post.provider_id == case.provider_id and reaches("EMP", post.since, post.until, on)
    ]
    if not counting:
        return
    if any(post.until is None or post.until >= on for post in counting):
        yield _barred("EMP", "He works for the provider of this course.")
    else:
        months = CATEGORIES["EMP"].look_back_months
        yield _barred("EMP", f"He worked for the provider of this course within the last {months} months.")


def _took_part(candidate: SeenCandidate, case: SeenCase) -> Iterator[SeenConflict]:
    if candidate.reviewer_id in case.part_taken_by:
        yield _barred("DEV", "The course names him among those who teach, design or endorse it.")


def _reciprocal(
    candidate: SeenCandidate, case: SeenCase, reviews: tuple[PastReview, ...], on: date
) -> Iterator[SeenConflict]:
    own = {post.provider_id for post in candidate.posts if _holds(post, on)} - {case.provider_id}
    returned = [
        review
        for review in reviews
        if review.provider_id in own
        and case.provider_id in review.employer_ids
        and reaches("REC", review.on, review.on, on)
    ]
    if returned:
        day = max(review.on for review in returned)
        months = CATEGORIES["REC"].look_back_months
        yield _barred(
            "REC",
            f"Somebody of this provider reviewed a course of his employer on {day}, within the last {months} months: "
            "the two would review each other.",
        )


def _again(
    candidate: SeenCandidate, case: SeenCase, reviews: tuple[PastReview, ...], on: date, rotation: Rotation
) -> Iterator[SeenConflict]:
    own = [review for review in reviews if review.reviewer_id == candidate.reviewer_id and review.on <= on]
    there = [review for review in own if review.provider_id == case.provider_id]
    recent = [review for review in there if review.full and on <= months_after(review.on, rotation.months)]
    if recent:
        day = max(review.on for review in recent)
        sentence = f"He reviewed a course of this provider on {day}, within the last {rotation.months} months."
        yield SeenConflict(category="ROT", effect=rotation.effect, sentence=sentence)
    elif there and max(review.on for review in own) == max(review.on for review in there):
        sentence = "His last review was of this provider too: it would be the same provider twice running."
        yield SeenConflict(category="ROT", effect=rotation.effect, sentence=sentence)


def _holds(post: Post, on: date) -> bool:
    return post.since <= on and (post.until is None or post.until >= on)


def _barred(category: ConflictCode, sentence: str) -> SeenConflict:
    return SeenConflict(category=category, effect=SeenEffect.BAR, sentence=sentence)
