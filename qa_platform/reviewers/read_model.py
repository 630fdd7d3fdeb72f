"""Reviewers with their expertise and their declared interests, for the agency and for themselves."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.conflicts import ConflictCode
from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import Actor, Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.reviewers.decider import Status
from qa_platform.reviewers.events import (
    ReviewerCategory,
    ReviewerDeclaredEligible,
    ReviewerEvent,
    ReviewerExpertiseChanged,
    ReviewerInterestDeclared,
    ReviewerInterestEnded,
    ReviewerPaused,
    ReviewerRegistered,
    ReviewerResumed,
)


class Interest(msgspec.Struct, frozen=True, kw_only=True):
    """A declared tie; its detail stays in the stream, sealed."""

    interest_id: str
    provider_id: str
    course_id: str | None
    category: ConflictCode
    since: date
    until: date | None


class ReviewerRow(Row, frozen=True, kw_only=True):
    """A reviewer."""

    person_id: str
    version: int
    fields: tuple[str, ...]
    highest_level: int
    years_of_practice: int
    category: ReviewerCategory
    status: Status
    eligible_from: date | None
    paused_from: date | None
    interests: tuple[Interest, ...]
    simulated: bool


def keys(recorded: Recorded[ReviewerEvent]) -> tuple[str, ...]:
    """Return the reviewer that an event is about."""
    return (recorded.event.person_id,)


def fold(row: ReviewerRow | None, recorded: Recorded[ReviewerEvent]) -> ReviewerRow | None:
    """Return the reviewer after one event."""
    event = recorded.event
    if isinstance(event, ReviewerRegistered):
        return ReviewerRow(
            person_id=event.person_id,
            version=recorded.version,
            fields=event.fields,
            highest_level=event.highest_level,
            years_of_practice=event.years_of_practice,
            category=event.category,
            status=Status.REGISTERED,
            eligible_from=None,
            paused_from=None,
            interests=(),
            simulated=event.simulated,
        )
    return None if row is None else replace(_changed(row, event), version=recorded.version)


def _changed(row: ReviewerRow, event: ReviewerEvent) -> ReviewerRow:
    match event:
        case ReviewerExpertiseChanged():
            return replace(row, **{name: getattr(event, name) for name in event.__struct_fields__})
        case ReviewerDeclaredEligible():
            return replace(row, status=Status.ELIGIBLE, eligible_from=event.eligible_from)
        case ReviewerPaused():
            return replace(row, status=Status.PAUSED, paused_from=event.paused_from)
        case ReviewerResumed():
            return replace(row, status=Status.ELIGIBLE, paused_from=None)
        case ReviewerInterestDeclared():
            return replace(row, interests=(*row.interests, _interest(event)))
        case ReviewerInterestEnded():
            return replace(row, interests=tuple(_ended(one, event) for one in row.interests))
        case _:
            return row


def _interest(event: ReviewerInterestDeclared) -> Interest:
    return Interest(**{name: getattr(event, name) for name in Interest.__struct_fields__})


def _ended(interest: Interest, event: ReviewerInterestEnded) -> Interest:
    return replace(interest, until=event.ended_on) if interest.interest_id == event.interest_id else interest


REVIEWERS: Projection[ReviewerRow] = Projection(
    name="reviewers",
    row=ReviewerRow,
    key="person_id",
    events=get_args(ReviewerEvent),
    keys=keys,
    fold=fold,
    indexes=(("status",),),
)

_AGENCY = frozenset({Role.ADMINISTRATOR, Role.COMMITTEE_SECRETARY, Role.AUDITOR, Role.LEAD_REVIEWER})


def select_reviewers(viewer: Actor, *, status: Status | None = None, field: str | None = None) -> sa.Select[Any]:
    """Return the query for the reviewers that a viewer may see: the agency all, a reviewer himself."""
    table = REVIEWERS.table
    query = sa.select(table)
    if viewer.acting_as not in _AGENCY:
        himself = viewer.person_id if viewer.acting_as is Role.REVIEWER else None
        query = query.where(table.c.person_id == himself)
    if status is not None:
        query = query.where(table.c.status == status.value)
    if field is not None:
        query = query.where(table.c.fields.contains([field]))
    return query


def get_reviewer(connection: Connection, person_id: str, viewer: Actor) -> ReviewerRow | None:
    """Return a reviewer, or None if there is none that the viewer may see."""
    found = REVIEWERS.rows(connection, select_reviewers(viewer).where(REVIEWERS.table.c.person_id == person_id))
    return found[0] if found else None


def get_own(connection: Connection, viewer: Actor, person_id: str | None = None) -> ReviewerRow | None:
    """Return the viewer's own entry; None if he is no reviewer, or if another person is meant."""
    table = REVIEWERS.table
    query = sa.select(table).where(table.c.person_id == viewer.person_id)
    if person_id is not None:
        query = query.where(table.c.person_id == person_id)
    found = REVIEWERS.rows(connection, query)
    return found[0] if found else None
