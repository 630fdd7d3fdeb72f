"""Queries: the same to all who read them, and the time for which each stops a clock."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, tzinfo
from typing import Any, get_args

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.calendar import Stop
from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import PROVIDER_ROLES, Actor, Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.reviews.decider import QueryStatus, Status
from qa_platform.reviews.events.queries import (
    EvidenceReference,
    QueryAnswered,
    QueryEvent,
    QueryForwarded,
    QueryUnanswered,
    QueryWithdrawn,
)
from qa_platform.reviews.read_model.panels import REVIEW_PANELS
from qa_platform.reviews.read_model.reviews import REVIEWS
from qa_platform.web.reach import not_recused, within_reach


class QueryRow(Row, frozen=True, kw_only=True):
    """A question to the provider, and its answer."""

    query_id: str
    submission_id: str
    provider_id: str
    number: int
    criterion: str
    text: str
    status: QueryStatus
    forwarded_on: date
    due_on: date
    answer: str | None = None
    evidence: tuple[EvidenceReference, ...] = ()
    answered_on: date | None = None
    withdrawn_at: datetime | None = None

    def stop(self, zone: tzinfo) -> Stop:
        """Return for how long the clock stands still; what nobody answered stops it for its time and no longer."""
        match self.status:
            case QueryStatus.OPEN:
                return Stop(self.forwarded_on)
            case QueryStatus.ANSWERED:
                return Stop(self.forwarded_on, self.answered_on)
            case QueryStatus.UNANSWERED:
                return Stop(self.forwarded_on, self.due_on)
            case QueryStatus.WITHDRAWN:
                at = self.withdrawn_at
                return Stop(self.forwarded_on, at.astimezone(zone).date() if at else self.forwarded_on)


def keys(recorded: Recorded[QueryEvent]) -> tuple[str, ...]:
    """Return the query that an event is about."""
    return (recorded.event.query_id,)


def fold(row: QueryRow | None, recorded: Recorded[QueryEvent]) -> QueryRow | None:
    """Return the query after one event."""
    event = recorded.event
    if isinstance(event, QueryForwarded):
        said = {name: getattr(event, name) for name in event.__struct_fields__}
        return QueryRow(**said, status=QueryStatus.OPEN)
    if row is None:
        return None
    match event:
        case QueryAnswered():
            answered = {"answer": event.text, "evidence": event.evidence, "answered_on": event.answered_on}
            return replace(row, status=QueryStatus.ANSWERED, **answered)
        case QueryUnanswered():
            return replace(row, status=QueryStatus.UNANSWERED)
        case QueryWithdrawn():
            return replace(row, status=QueryStatus.WITHDRAWN, withdrawn_at=recorded.at)


QUERIES: Projection[QueryRow] = Projection(
    name="review_queries",
    row=QueryRow,
    key="query_id",
    events=get_args(QueryEvent),
    keys=keys,
    fold=fold,
    indexes=(("submission_id",), ("provider_id",), ("status", "due_on")),
)

_AGENCY = {Role.AUDITOR, Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY}
_PAST_THE_GATE = (Status.CLEARED.value, Status.LOCKED.value)


def select_queries(viewer: Actor, *, submission_id: str | None = None, status: str | None = None) -> sa.Select[Any]:
    """Return the query for the questions to providers that a viewer may read."""
    table = QUERIES.table
    query = sa.select(table).where(_read_by(viewer), within_reach(viewer, table.c.submission_id))
    if submission_id is not None:
        query = query.where(table.c.submission_id == submission_id)
    if status is not None:
        query = query.where(table.c.status == status)
    return query


def find_query(connection: Connection, query_id: str, viewer: Actor) -> QueryRow | None:
    """Return a question to a provider, or None if there is none that the viewer may read."""
    query = select_queries(viewer).where(QUERIES.table.c.query_id == query_id)
    return next(iter(QUERIES.rows(connection, query)), None)


def _read_by(viewer: Actor) -> sa.ColumnElement[bool]:
    table, panels = QUERIES.table, REVIEW_PANELS.table
    role = viewer.acting_as
    if role in PROVIDER_ROLES:
        return table.c.provider_id.in_(sorted(viewer.providers))
    if role is Role.REVIEWER:
        return _reviewed_by(viewer.person_id, *_PAST_THE_GATE)
    apart = not_recused(viewer, table.c.submission_id)
    not_reviewing = sa.and_(~_reviewed_by(viewer.person_id), apart)
    if role in _AGENCY:
        return not_reviewing
    of_case = panels.c.submission_id == table.c.submission_id
    if role is Role.COMMITTEE_MEMBER:
        return sa.and_(not_reviewing, sa.exists().where(of_case, panels.c.scoring_closed))
    if role is Role.LEAD_REVIEWER:
        return sa.and_(not_reviewing, sa.exists().where(of_case, panels.c.lead_id == viewer.person_id))
    return sa.false()


def _reviewed_by(person_id: str, *statuses: str) -> sa.ColumnElement[bool]:
    reviews = REVIEWS.table
    found = sa.exists().where(
        reviews.c.submission_id == QUERIES.table.c.submission_id, reviews.c.reviewer_id == person_id
    )
    return found.where(reviews.c.status.in_(statuses)) if statuses else found


def list_unanswered(connection: Connection, on: date) -> list[QueryRow]:
    """Return the open queries whose time is over on a day, the longest overdue first."""
    column = QUERIES.table.c
    query = sa.select(QUERIES.table).where(column.status == QueryStatus.OPEN.value, column.due_on < on)
    return QUERIES.rows(connection, query.order_by(column.due_on, column.query_id))


def queries_of(connection: Connection, submission_ids: Collection[str]) -> list[QueryRow]:
    """Return every query of some cases, in the order of their numbers."""
    if not submission_ids:
        return []
    table = QUERIES.table
    query = sa.select(table).where(table.c.submission_id.in_(sorted(submission_ids)))
    return QUERIES.rows(connection, query.order_by(table.c.submission_id, table.c.number))


def stops_of(connection: Connection, submission_ids: Collection[str], zone: tzinfo) -> Mapping[str, list[Stop]]:
    """Return by case when its clock stood still, for the provider had a question to answer."""
    stops: dict[str, list[Stop]] = {}
    for row in queries_of(connection, submission_ids):
        stops.setdefault(row.submission_id, []).append(row.stop(zone))
    return stops
