"""Panels: seats, lead, and how far scoring and moderation are."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded, StreamVersion
from qa_platform.kernel.roles import Actor, Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.panels.events import (
    CriterionSettled,
    LeadAssigned,
    ModerationClosed,
    PanelEvent,
    PanelOpened,
    ReviewerAssigned,
    ReviewerStoodDown,
    ScoringClosed,
)


class SeatEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds a seat, and why it was he."""

    seat: int
    review_id: str
    reviewer_id: str
    reasons: tuple[str, ...]


class Departure(msgspec.Struct, frozen=True, kw_only=True):
    """Who left a seat, and on which ground."""

    seat: int
    review_id: str
    reviewer_id: str
    ground: str


class Settlement(msgspec.Struct, frozen=True, kw_only=True):
    """The final score of a criterion (None: it does not apply), with those before it by seat."""

    criterion: str
    scores_before: tuple[int | None, ...]
    score: int | None
    reason: str


class PanelRow(Row, frozen=True, kw_only=True):
    """The panel of a submission; `status` is seating, scored or moderated."""

    submission_id: str
    version: int
    course_id: str
    provider_id: str
    route: str
    standard_id: str
    rubric_version: str
    rubric_hash: str
    submission_version: int
    seats: int
    status: str
    seated: tuple[SeatEntry, ...]
    stood_down: tuple[Departure, ...]
    lead_id: str | None
    reviews: tuple[StreamVersion, ...]
    settlements: tuple[Settlement, ...]


def keys(recorded: Recorded[PanelEvent]) -> tuple[str, ...]:
    """Return the submission whose panel an event is about."""
    return (recorded.event.submission_id,)


def fold(row: PanelRow | None, recorded: Recorded[PanelEvent]) -> PanelRow | None:
    """Return the panel after one event."""
    event = recorded.event
    if isinstance(event, PanelOpened):
        return _opened(event, recorded.version)
    return None if row is None else replace(_changed(row, event), version=recorded.version)


def _opened(event: PanelOpened, version: int) -> PanelRow:
    return PanelRow(
        **{name: getattr(event, name) for name in event.__struct_fields__},
        version=version,
        status="seating",
        seated=(),
        stood_down=(),
        lead_id=None,
        reviews=(),
        settlements=(),
    )


def _changed(row: PanelRow, event: PanelEvent) -> PanelRow:
    match event:
        case ReviewerAssigned():
            entry = SeatEntry(**{name: getattr(event, name) for name in SeatEntry.__struct_fields__})
            return replace(row, seated=tuple(sorted((*row.seated, entry), key=lambda seat: seat.seat)))
        case ReviewerStoodDown():
            departure = Departure(**{name: getattr(event, name) for name in Departure.__struct_fields__})
            seated = tuple(seat for seat in row.seated if seat.review_id != event.review_id)
            return replace(row, seated=seated, stood_down=(*row.stood_down, departure))
        case LeadAssigned():
            return replace(row, lead_id=event.lead_id)
        case ScoringClosed():
            return replace(row, status="scored", reviews=event.reviews)
        case CriterionSettled():
            settled = Settlement(**{name: getattr(event, name) for name in Settlement.__struct_fields__})
            kept = (each for each in row.settlements if each.criterion != event.criterion)
            return replace(row, settlements=(*kept, settled))
        case ModerationClosed():
            return replace(row, status="moderated")
        case _:
            return row


PANELS: Projection[PanelRow] = Projection(
    name="panels",
    row=PanelRow,
    key="submission_id",
    events=get_args(PanelEvent),
    keys=keys,
    fold=fold,
    indexes=(("status",), ("lead_id",)),
)

_RUNNING = {Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER, Role.AUDITOR}
_WEIGHING = {Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER, Role.LEAD_REVIEWER, Role.AUDITOR}


def select_panels(viewer: Actor, *, status: str | None = None) -> sa.Select[Any]:
    """Return the query for the panels that a viewer may know of: never one on which he scores."""
    table = PANELS.table
    query = sa.select(table).where(_known_to(viewer), ~table.c.seated.contains([{"reviewer_id": viewer.person_id}]))
    return query if status is None else query.where(table.c.status == status)


def _known_to(viewer: Actor) -> sa.ColumnElement[bool]:
    if viewer.acting_as in _RUNNING:
        return sa.true()
    if viewer.acting_as is Role.LEAD_REVIEWER:
        return PANELS.table.c.lead_id == viewer.person_id
    return sa.false()


def as_seen_by(viewer: Actor, rows: list[PanelRow]) -> list[PanelRow]:
    """Return panels without the settled scores, for those who do not weigh scores."""
    if viewer.acting_as in _WEIGHING:
        return rows
    return [replace(row, settlements=(), reviews=()) for row in rows]


def get_panel(connection: Connection, submission_id: str, viewer: Actor) -> PanelRow | None:
    """Return the panel of a submission as a viewer may see it, or None if there is none for him."""
    query = select_panels(viewer).where(PANELS.table.c.submission_id == submission_id)
    return next(iter(as_seen_by(viewer, PANELS.rows(connection, query))), None)


def get_scored_panel(connection: Connection, submission_id: str, viewer: Actor) -> PanelRow | None:
    """Return the panel of a submission whose scores the viewer may compare: none before its scoring is closed."""
    row = get_panel(connection, submission_id, viewer)
    weighs = viewer.acting_as in _WEIGHING
    return row if row is not None and weighs and row.status != "seating" else None
