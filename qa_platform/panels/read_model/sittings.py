"""Who sat or sits where, since when, and whether he has answered: loads, rotation and what is due come from here."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import get_args

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
    Lateness,
    ReviewDeclined,
    ReviewerInvited,
    ReviewEvent,
    ReviewLocked,
    ReviewOverdue,
)
from qa_platform.web.deadlines import Deadlines

_OfPanel = ReviewerAssigned | ReviewerStoodDown | ReviewerReminded | ProposalConfirmed


class SittingRow(Row, frozen=True, kw_only=True):
    """A seat that somebody was given, by the review that he was asked for.

    `remind_on` and `answer_by` are there where a confirmed proposal said so; `ground` once he left. `late` is
    what he owes since he was found late on `late_on`; `review_version` is how far his review has come.
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
    late: Lateness | None = None
    late_on: date | None = None
    review_version: int = 0


def keys(recorded: Recorded[_OfPanel | ReviewEvent]) -> tuple[str, ...]:
    """Return the reviews that an event touches."""
    event = recorded.event
    if isinstance(event, ProposalConfirmed):
        return event.reviews
    return (event.review_id,)


def fold(row: SittingRow | None, recorded: Recorded[_OfPanel | ReviewEvent]) -> SittingRow | None:
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
    if row is None:
        return None
    if isinstance(event, ReviewEvent):
        return _reviewed(replace(row, review_version=recorded.version), event, recorded.at.date())
    return _changed(row, event)


def _changed(row: SittingRow, event: _OfPanel) -> SittingRow:
    match event:
        case ReviewerStoodDown():
            return replace(row, ground=event.ground)
        case ReviewerReminded():
            return replace(row, reminded=True)
        case ProposalConfirmed():
            return replace(row, remind_on=event.remind_on, answer_by=event.answer_by)
        case _:
            return row


def _reviewed(row: SittingRow, event: ReviewEvent, on: date) -> SittingRow:
    match event:
        case ReviewerInvited():
            return replace(row, provider_id=event.provider_id)
        case InterestsDeclared() | ReviewDeclined():
            return replace(row, answered=True, late=None, late_on=None)
        case CriterionScored():
            return replace(row, begun=True)
        case ReviewOverdue():
            return replace(row, late=event.lateness, late_on=event.found_on)
        case ReviewLocked():
            return replace(row, locked_on=on, late=None, late_on=None)
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
        *get_args(ReviewEvent),
    ),
    keys=keys,
    fold=fold,
    indexes=(("submission_id",), ("reviewer_id",), ("answer_by",), ("late_on",)),
)


def list_sittings(connection: Connection) -> list[SittingRow]:
    """Return everybody who sits, or did and did not leave."""
    return SITTINGS.rows(connection, sa.select(SITTINGS.table).where(SITTINGS.table.c.ground.is_(None)))


def list_to_remind(connection: Connection, on: date) -> list[SittingRow]:
    """Return who has not answered by the day of the reminder, and was not reminded."""
    table = SITTINGS.table
    query = sa.select(table).where(
        table.c.ground.is_(None), ~table.c.answered, table.c.remind_on <= on, table.c.answer_by >= on, ~table.c.reminded
    )
    return SITTINGS.rows(connection, query.order_by(table.c.review_id))


def list_to_replace(connection: Connection, deadlines: Deadlines, on: date) -> dict[str, list[SittingRow]]:
    """Return by submission who is late, was told so, and let his last day pass too."""
    table = SITTINGS.table
    late = sa.select(table).where(table.c.ground.is_(None), table.c.locked_on.is_(None), table.c.late_on <= on)
    found: dict[str, list[SittingRow]] = defaultdict(list)
    for row in SITTINGS.rows(connection, late.order_by(table.c.review_id)):
        if _lapsed(row, deadlines, on):
            found[row.submission_id].append(row)
    return found


def _lapsed(row: SittingRow, deadlines: Deadlines, on: date) -> bool:
    # Who was reminded of his answer before its last day was warned; anybody else is by being found late.
    warned = row.late == "invitation" and row.reminded
    return row.late_on is not None and (warned or on > deadlines.last_chance(row.late_on))


def get_sitting(connection: Connection, review_id: str) -> SittingRow | None:
    """Return a seat by its review, or None."""
    return SITTINGS.find(connection, review_id)
