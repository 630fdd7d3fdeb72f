"""What reviewers ask for: to themselves, and without their names to whoever passes it on."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import Actor, Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.reviews.decider import QueryStatus
from qa_platform.reviews.events import QuestionAsked, QuestionTakenBack
from qa_platform.reviews.read_model.panels import REVIEW_PANELS
from qa_platform.reviews.read_model.queries import QUERIES, queries_of
from qa_platform.reviews.read_model.reviews import REVIEWS
from qa_platform.web.reach import not_recused, within_reach


class QuestionRow(Row, frozen=True, kw_only=True):
    """A question of one reviewer."""

    question_id: str
    review_id: str
    submission_id: str
    reviewer_id: str
    criterion: str
    text: str
    taken_back: bool
    asked_at: datetime


def keys(recorded: Recorded[QuestionAsked | QuestionTakenBack]) -> tuple[str, ...]:
    """Return the question that an event is about."""
    return (recorded.event.question_id,)


def fold(row: QuestionRow | None, recorded: Recorded[QuestionAsked | QuestionTakenBack]) -> QuestionRow | None:
    """Return the question after one event."""
    match recorded.event:
        case QuestionAsked() as event:
            said = {name: getattr(event, name) for name in event.__struct_fields__}
            return QuestionRow(**said, taken_back=False, asked_at=recorded.at)
        case QuestionTakenBack():
            return None if row is None else replace(row, taken_back=True)


QUESTIONS: Projection[QuestionRow] = Projection(
    name="review_questions",
    row=QuestionRow,
    key="question_id",
    events=(QuestionAsked, QuestionTakenBack),
    keys=keys,
    fold=fold,
    indexes=(("review_id",), ("submission_id",)),
)


def list_questions(connection: Connection, review_id: str) -> list[QuestionRow]:
    """Return the questions of one review, in the order in which they were asked."""
    table = QUESTIONS.table
    query = sa.select(table).where(table.c.review_id == review_id)
    return QUESTIONS.rows(connection, query.order_by(table.c.asked_at, table.c.question_id))


def select_waiting(viewer: Actor) -> sa.Select[Any]:
    """Return the query for the questions that a viewer may pass on, and nobody has yet."""
    table, queries = QUESTIONS.table, QUERIES.table
    forwarded = sa.exists().where(queries.c.query_id == table.c.question_id)
    reach = within_reach(viewer, table.c.submission_id)
    return sa.select(table).where(_passed_on_by(viewer), reach, ~table.c.taken_back, ~forwarded)


def find_question(connection: Connection, question_id: str, viewer: Actor) -> QuestionRow | None:
    """Return a question that a viewer may pass on, passed on already or not."""
    table = QUESTIONS.table
    reach = within_reach(viewer, table.c.submission_id)
    query = sa.select(table).where(_passed_on_by(viewer), reach, table.c.question_id == question_id)
    return next(iter(QUESTIONS.rows(connection, query)), None)


def _passed_on_by(viewer: Actor) -> sa.ColumnElement[bool]:
    table, reviews, panels = QUESTIONS.table, REVIEWS.table, REVIEW_PANELS.table
    # Whoever reviews a submission learns nothing of its other review in any other capacity, nor does who is recused.
    reviewing = sa.exists().where(
        reviews.c.submission_id == table.c.submission_id, reviews.c.reviewer_id == viewer.person_id
    )
    not_reviewing = sa.and_(~reviewing, not_recused(viewer, table.c.submission_id))
    if viewer.acting_as is Role.INTAKE_OFFICER:
        return not_reviewing
    if viewer.acting_as is Role.LEAD_REVIEWER:
        led = sa.exists().where(panels.c.submission_id == table.c.submission_id, panels.c.lead_id == viewer.person_id)
        return sa.and_(not_reviewing, led)
    return sa.false()


class Asked(NamedTuple):
    """How the questions of a case stand to one review."""

    waiting: tuple[str, ...]
    queried: tuple[str, ...]


def asked_of(connection: Connection, review_id: str, submission_id: str) -> Asked:
    """Return a review's own questions that may still be answered, and the criteria that anybody asked about."""
    queries = queries_of(connection, {submission_id})
    settled = {one.query_id for one in queries if one.status is not QueryStatus.OPEN}
    own = list_questions(connection, review_id)
    return Asked(
        waiting=tuple(one.question_id for one in own if not one.taken_back and one.question_id not in settled),
        queried=tuple(one.criterion for one in queries if one.status is not QueryStatus.WITHDRAWN),
    )
