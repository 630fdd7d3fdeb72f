"""Who sat or sits where, since when, and whether he has answered: loads, rotation and what is due come from here."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.panels.events import (
    ProposalConfirmed,
    ReviewerAssigned,
    ReviewerReminded,
    ReviewerStoodDown,
)
from qa_platform.reviews.events import (
    CriterionScored,
    InterestsDeclared,
    ReviewDeclined,
    ReviewerInvited,
    ReviewLocked,
)

_OfPanel = ReviewerAssigned | ReviewerStoodDown | ReviewerReminded | ProposalConfirmed
_OfReview = ReviewerInvited | InterestsDeclared | ReviewDeclined | CriterionScored | ReviewLocked


class SittingRow(Row, frozen=True, kw_only=True):
    """A seat that somebody was given, by the review that he was asked for.

    `remind_on` and `answer_by` are there where a confirmed proposal said so; `ground` once he left.
    """

    review_id: str
    submission_id: str
    reviewer_id: str
    seat: int
    since: date
    provider_id: str | None = None
    remind_on: date | None = None
    answer_by: date | None = None
    reminded: bool = False
    answered: bool = False
    begun: bool = False
    locked_on: date | None = None
    ground: str | None = None


def keys(recorded: Recorded[_OfPanel | _OfReview]) -> tuple[str, ...]:
    """Return the reviews that an event touches."""
    event = recorded.event
    if isinstance(event, ProposalConfirmed):
        return event.reviews
    return (event.review_id,)


def fold(row: SittingRow | None, recorded: Recorded[_OfPanel | _OfReview]) -> SittingRow | None:
    """Return the seat after one event."""
    event = recorded.event
    if isinstance(event, ReviewerAssigned):
        return SittingRow(
            review_id=event.review_id,
            submission_id=event.submission_id,
            reviewer_id=event.reviewer_id,
            seat=event.seat,
            since=recorded.at.date(),
        )
    return None if row is None else _changed(row, event, recorded.at.date())


def _changed(row: SittingRow, event: _OfPanel | _OfReview, on: date) -> SittingRow:
    match event:
        case ReviewerStoodDown():
            return replace(row, ground=event.ground)
        case ReviewerReminded():
            return replace(row, reminded=True)
        case ProposalConfirmed():
            return replace(row, remind_on=event.remind_on, answer_by=event.answer_by)
        case ReviewerInvited():
            return replace(row, provider_id=event.provider_id)
        case InterestsDeclared() | ReviewDeclined():
            return replace(row, answered=True)
        case CriterionScored():
            return replace(row, begun=True)
        case ReviewLocked():
            return replace(row, locked_on=on)
        case _:
            return row


SITTINGS: Projection[SittingRow] = Projection(
    name="panel_sittings",
    row=SittingRow,
    key="review_id",
    events=(
        ReviewerAssigned,
        ReviewerStoodDown,
        ReviewerReminded,
        ProposalConfirmed,
        ReviewerInvited,
        InterestsDeclared,
        ReviewDeclined,
        CriterionScored,
        ReviewLocked,
    ),
    keys=keys,
    fold=fold,
    indexes=(("submission_id",), ("answer_by",)),
)


def list_sittings(connection: Connection) -> list[SittingRow]:
    """Return everybody who sits, or did and did not leave."""
    return SITTINGS.rows(connection, sa.select(SITTINGS.table).where(SITTINGS.table.c.ground.is_(None)))


def _unanswered() -> sa.Select[tuple[object, ...]]:
    table = SITTINGS.table
    return sa.select(table).where(table.c.ground.is_(None), ~table.c.answered, table.c.answer_by.is_not(None))


def list_to_remind(connection: Connection, on: date) -> list[SittingRow]:
    """Return who has not answered by the day of the reminder, and was not reminded."""
    table = SITTINGS.table
    query = _unanswered().where(table.c.remind_on <= on, table.c.answer_by >= on, ~table.c.reminded)
    return SITTINGS.rows(connection, query.order_by(table.c.review_id))


def list_unanswering(connection: Connection, on: date) -> list[SittingRow]:
    """Return who has not answered and can no longer; due today is not overdue."""
    table = SITTINGS.table
    return SITTINGS.rows(connection, _unanswered().where(table.c.answer_by < on).order_by(table.c.review_id))


def get_sitting(connection: Connection, review_id: str) -> SittingRow | None:
    """Return a seat by its review, or None."""
    return SITTINGS.find(connection, review_id)
