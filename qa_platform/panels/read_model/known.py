"""What is known of reviewers beside their own rows: how much they have open, whom they reviewed, what ties them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.kernel.conflicts import (
    CATEGORIES,
    Effect,
    PastReview,
    Rotation,
    SeenCandidate,
    SeenCase,
    SeenConflict,
    SeenEffect,
    reaches,
    seen_conflicts,
)
from qa_platform.panels.events.allocation import KnownTie
from qa_platform.panels.read_model.assignable import AssignableReviewerRow, list_assignable
from qa_platform.panels.read_model.courses import languages_of
from qa_platform.panels.read_model.panels import PanelRow
from qa_platform.panels.read_model.proposals import PROPOSALS
from qa_platform.panels.read_model.sittings import SittingRow, list_sittings
from qa_platform.web.reach import Belonging, belongings


class Known(NamedTuple):
    """Reviewers by their ids, in how many open cases each sits and is meant to, what was reviewed by and of whom.

    Of each case asked about, `belongings` says who acts for another house than its own, and `languages` what
    its material is written in. `rotation` is what the agency asks for today.
    """

    people: dict[str, AssignableReviewerRow]
    seated: Counter[str]
    meant: Counter[str]
    by_reviewer: Mapping[str, list[PastReview]]
    by_provider: Mapping[str, list[PastReview]]
    belongings: Mapping[str, Belonging]
    languages: Mapping[str, tuple[str, ...]]
    rotation: Rotation


def know(connection: Connection, case_ids: Iterable[str], *, rotation: Rotation) -> Known:
    """Return what is known today of all reviewers for some cases, in as many queries whatever their number."""
    cases = sorted(case_ids)
    people = {row.reviewer_id: row for row in list_assignable(connection)}
    sittings = list_sittings(connection)
    by_reviewer: dict[str, list[PastReview]] = defaultdict(list)
    by_provider: dict[str, list[PastReview]] = defaultdict(list)
    for past in _past(sittings, people):
        by_reviewer[past.reviewer_id].append(past)
        by_provider[past.provider_id].append(past)
    seated = Counter(one.reviewer_id for one in sittings if one.locked_on is None)
    return Known(
        people,
        seated,
        _meant(connection),
        by_reviewer,
        by_provider,
        belongings(connection, cases),
        languages_of(connection, cases),
        rotation,
    )


def _past(sittings: Iterable[SittingRow], people: Mapping[str, AssignableReviewerRow]) -> Iterator[PastReview]:
    for one in sittings:
        if one.provider_id is None:
            continue
        day, row = one.locked_on or one.since, people.get(one.reviewer_id)
        yield PastReview(
            reviewer_id=one.reviewer_id,
            employer_ids=() if row is None else row.employers(day),
            provider_id=one.provider_id,
            course_id=None,
            on=day,
        )


def _meant(connection: Connection) -> Counter[str]:
    # Who waits in a proposal elsewhere is as good as asked: another one must not count on him too.
    waiting = sa.select(PROPOSALS.table).where(PROPOSALS.table.c.status == "pending")
    return Counter(seat.reviewer_id for row in PROPOSALS.rows(connection, waiting) for seat in row.seats)


def seen_by_system(row: AssignableReviewerRow, panel: PanelRow, known: Known, on: date) -> tuple[SeenConflict, ...]:
    """Return the conflicts of a reviewer with a panel that the system sees without anybody's declaration."""
    history = [*known.by_reviewer.get(row.reviewer_id, ())]
    for employer in row.employers(on):
        history += known.by_provider.get(employer, ())
    candidate = SeenCandidate(reviewer_id=row.reviewer_id, posts=tuple(row.posts.values()))
    case = SeenCase(provider_id=panel.provider_id, course_id=panel.course_id)
    return seen_conflicts(candidate, case, history, on, known.rotation)


def ties_of(
    row: AssignableReviewerRow, by_provider: Mapping[str, list[PanelRow]], known: Known, on: date
) -> Iterator[KnownTie]:
    """Return what ties a reviewer to the panels of a queue, declared or seen."""
    for one in row.interests.values():
        for panel in by_provider.get(one.provider_id, ()):
            if one.course_id in {None, panel.course_id} and reaches(one.category, one.since, one.until, on):
                bars = CATEGORIES[one.category].effect is Effect.BAR
                yield KnownTie(submission_id=panel.submission_id, code=one.category, bars=bars)
    for provider_id in sorted(_worth_a_look(row, known, on) & by_provider.keys()):
        for panel in by_provider[provider_id]:
            for seen in seen_by_system(row, panel, known, on):
                bars = seen.effect is SeenEffect.BAR
                yield KnownTie(submission_id=panel.submission_id, code=seen.category, bars=bars)


def _worth_a_look(row: AssignableReviewerRow, known: Known, on: date) -> set[str]:
    """Return the providers with which the system could see anything: of a large queue, few of many."""
    found = {post.provider_id for post in row.posts.values()}
    found |= {past.provider_id for past in known.by_reviewer.get(row.reviewer_id, ())}
    for employer in row.employers(on):
        found |= {one for past in known.by_provider.get(employer, ()) for one in past.employer_ids}
    return found
