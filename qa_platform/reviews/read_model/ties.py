"""What is known of a person's ties before he is asked: declared in advance, recorded, or held as an office."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.conflicts import Post, Tie
from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.people.events import PersonRoleGranted, PersonRoleWithdrawn
from qa_platform.reviewers.events import (
    ReviewerInterestDeclared,
    ReviewerInterestEnded,
    ReviewerPostEnded,
    ReviewerPostRecorded,
)

_Event = (
    ReviewerInterestDeclared
    | ReviewerInterestEnded
    | ReviewerPostRecorded
    | ReviewerPostEnded
    | PersonRoleGranted
    | PersonRoleWithdrawn
)
_T = TypeVar("_T", Tie, Post)


class TiesRow(Row, frozen=True, kw_only=True):
    """One person's ties, by their ids: interests that he declared, posts that are recorded, offices that he holds.

    `employers` are the providers of his posts and offices, whenever he held them.
    """

    person_id: str
    employers: tuple[str, ...]
    interests: dict[str, Tie]
    posts: dict[str, Post]
    offices: dict[str, Post]

    @property
    def employments(self) -> tuple[Post, ...]:
        """Return where he works or worked, as recorded or as his offices for providers say."""
        return (*self.posts.values(), *self.offices.values())


def keys(recorded: Recorded[_Event]) -> tuple[str, ...]:
    """Return the person whom an event is about; a role for the agency ties him to no provider."""
    event = recorded.event
    if isinstance(event, PersonRoleGranted | PersonRoleWithdrawn) and event.provider_id is None:
        return ()
    return (event.person_id,)


def fold(row: TiesRow | None, recorded: Recorded[_Event]) -> TiesRow | None:
    """Return the ties after one event."""
    after = _after(row or _untied(recorded.event.person_id), recorded)
    return replace(after, employers=tuple(sorted({one.provider_id for one in after.employments})))


def _untied(person_id: str) -> TiesRow:
    return TiesRow(person_id=person_id, employers=(), interests={}, posts={}, offices={})


def _after(known: TiesRow, recorded: Recorded[_Event]) -> TiesRow:
    event = recorded.event
    match event:
        case PersonRoleGranted() | PersonRoleWithdrawn():
            return replace(known, offices=_offices(known, event, recorded.at.date()))
        case ReviewerInterestDeclared():
            tie = Tie(**{name: getattr(event, name) for name in Tie.__struct_fields__})
            return replace(known, interests={**known.interests, event.interest_id: tie})
        case ReviewerInterestEnded():
            return replace(known, interests=_ended(known.interests, event.interest_id, event.ended_on))
        case ReviewerPostRecorded():
            post = Post(provider_id=event.provider_id, since=event.since, until=event.until)
            return replace(known, posts={**known.posts, event.post_id: post})
        case ReviewerPostEnded():
            return replace(known, posts=_ended(known.posts, event.post_id, event.ended_on))


def _offices(known: TiesRow, event: PersonRoleGranted | PersonRoleWithdrawn, on: date) -> dict[str, Post]:
    # In universal time it may still be the day before.
    name, provider_id = f"{event.provider_id}/{event.role}", event.provider_id or ""
    if isinstance(event, PersonRoleGranted):
        return {**known.offices, name: Post(provider_id=provider_id, since=on - timedelta(days=1), until=None)}
    return _ended(known.offices, name, on)


def _ended(ties: dict[str, _T], tie_id: str, ended_on: date) -> dict[str, _T]:
    known = ties.get(tie_id)
    return ties if known is None else {**ties, tie_id: replace(known, until=ended_on)}


REVIEW_TIES: Projection[TiesRow] = Projection(
    name="review_ties",
    row=TiesRow,
    key="person_id",
    events=(
        ReviewerInterestDeclared,
        ReviewerInterestEnded,
        ReviewerPostRecorded,
        ReviewerPostEnded,
        PersonRoleGranted,
        PersonRoleWithdrawn,
    ),
    keys=keys,
    fold=fold,
)


def ties_of(connection: Connection, person_id: str, provider_id: str) -> dict[str, TiesRow]:
    """Return what is known of a person, and of all who work or worked for a provider, by their ids."""
    table = REVIEW_TIES.table
    query = sa.select(table).where(sa.or_(table.c.person_id == person_id, table.c.employers.contains([provider_id])))
    found = {row.person_id: row for row in REVIEW_TIES.rows(connection, query)}
    return {person_id: _untied(person_id), **found}
