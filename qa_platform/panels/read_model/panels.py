"""Panels: seats, lead, and how far scoring and moderation are."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded, StreamVersion
from qa_platform.kernel.roles import Actor, Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.panels.events import (
    CriterionReopened,
    CriterionSettled,
    DifferencesLeft,
    LeadAssigned,
    ModerationClosed,
    ModerationReopened,
    PanelEvent,
    PanelOpened,
    ReviewerAssigned,
    ReviewerStoodDown,
    ScoreAgreed,
    ScoreObjected,
    ScoreProposalWithdrawn,
    ScoreProposed,
    ScoringClosed,
    ThirdReviewCompleted,
    ThirdReviewRequested,
    ThirdReviewWithdrawn,
)
from qa_platform.web.reach import not_recused, within_reach


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


class ObjectionEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Why the writer of a review objects to a proposed score."""

    review_id: str
    reason: str


class ProposalEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A proposed score that is not agreed yet, with the answers to it so far."""

    criterion: str
    scores_before: tuple[int | None, ...]
    score: int | None
    reason: str
    proposed_on: date
    answer_by: date
    silence_agrees: bool
    agreed: tuple[str, ...] = ()
    objections: tuple[ObjectionEntry, ...] = ()


class ThirdReviewEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A third review that was asked for: on which criteria, and whether it is locked.

    The day in the request is no promise: its reviewer's days count from the gate, and stand with his review.
    """

    seat: int
    criteria: tuple[str, ...]
    reason: str
    requested_on: date
    completed: bool = False


class PanelRow(Row, frozen=True, kw_only=True):
    """The panel of a submission; `status` is seating, scored, third_review or moderated.

    `superseded` are settlements that were reopened or changed. From the day after `silence_until`
    on, silence agrees to a proposal.
    """

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
    superseded: tuple[Settlement, ...] = ()
    proposals: tuple[ProposalEntry, ...] = ()
    left_apart: tuple[str, ...] = ()
    third: ThirdReviewEntry | None = None
    silence_until: date | None = None

    @property
    def counted(self) -> tuple[SeatEntry, ...]:
        """Return the seats whose scores are compared: a third one only once its review is locked."""
        awaited = self.third.seat if self.third is not None and not self.third.completed else None
        return tuple(seat for seat in self.seated if seat.seat != awaited)


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
            seated = tuple(sorted((*row.seated, entry), key=lambda seat: seat.seat))
            # Whose bar was taken back has not left.
            gone = tuple(one for one in row.stood_down if one.review_id != event.review_id)
            return replace(row, seated=seated, stood_down=gone)
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
            known = _proposing(_unsettled(row, event.criterion), event.criterion, None)
            return replace(known, settlements=(*known.settlements, settled))
        case ModerationClosed():
            return replace(row, status="moderated")
        case _:
            return _agreed(row, event)


def _agreed(row: PanelRow, event: PanelEvent) -> PanelRow:
    match event:
        case ScoreProposed():
            put = ProposalEntry(**{name: getattr(event, name) for name in _PUT})
            return _proposing(row, event.criterion, put)
        case ScoreAgreed() | ScoreObjected():
            return _answered(row, event)
        case ScoreProposalWithdrawn():
            return _proposing(row, event.criterion, None)
        case CriterionReopened():
            return _unsettled(row, event.criterion)
        case DifferencesLeft():
            return replace(row, left_apart=tuple(each.criterion for each in event.differences))
        case ModerationReopened():
            return replace(row, status="scored", left_apart=())
        case _:
            return _third(row, event)


def _third(row: PanelRow, event: PanelEvent) -> PanelRow:
    match event:
        case ThirdReviewRequested():
            asked = ("seat", "criteria", "reason", "requested_on")
            third = ThirdReviewEntry(**{name: getattr(event, name) for name in asked})
            return replace(row, status="third_review", seats=event.seat, third=third)
        case ThirdReviewWithdrawn():
            return replace(row, status="scored", seats=event.seat - 1, third=None)
        case ThirdReviewCompleted() if row.third is not None:
            reviews = (*row.reviews, event.review)
            return replace(row, status="scored", reviews=reviews, third=replace(row.third, completed=True))
        case _:
            return row


_PUT = ("criterion", "scores_before", "score", "reason", "proposed_on", "answer_by", "silence_agrees")


def _unsettled(row: PanelRow, criterion: str) -> PanelRow:
    old = tuple(each for each in row.settlements if each.criterion == criterion)
    kept = tuple(each for each in row.settlements if each.criterion != criterion)
    return replace(row, settlements=kept, superseded=(*row.superseded, *old))


def _proposing(row: PanelRow, criterion: str, proposal: ProposalEntry | None) -> PanelRow:
    kept = tuple(each for each in row.proposals if each.criterion != criterion)
    proposals = kept if proposal is None else (*kept, proposal)
    silent = [each.answer_by for each in proposals if each.silence_agrees and not each.objections]
    return replace(row, proposals=proposals, silence_until=min(silent, default=None))


def _answered(row: PanelRow, event: ScoreAgreed | ScoreObjected) -> PanelRow:
    known = next(each for each in row.proposals if each.criterion == event.criterion)
    agreed = tuple(each for each in known.agreed if each != event.review_id)
    objections = tuple(each for each in known.objections if each.review_id != event.review_id)
    if isinstance(event, ScoreAgreed):
        agreed = (*agreed, event.review_id)
    else:
        objections = (*objections, ObjectionEntry(review_id=event.review_id, reason=event.reason))
    return _proposing(row, event.criterion, replace(known, agreed=agreed, objections=objections))


PANELS: Projection[PanelRow] = Projection(
    name="panels",
    row=PanelRow,
    key="submission_id",
    events=get_args(PanelEvent),
    keys=keys,
    fold=fold,
    indexes=(("status",), ("lead_id",), ("silence_until",)),
)

_RUNNING = {Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER, Role.AUDITOR}
_WEIGHING = {Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER, Role.LEAD_REVIEWER, Role.AUDITOR}


def select_panels(viewer: Actor, *, status: str | None = None) -> sa.Select[Any]:
    """Return the query for the panels that a viewer may know of: never one on which he scores, or is recused."""
    table = PANELS.table
    query = sa.select(table).where(
        _known_to(viewer),
        within_reach(viewer, table.c.submission_id),
        ~table.c.seated.contains([{"reviewer_id": viewer.person_id}]),
        not_recused(viewer, table.c.submission_id),
    )
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
    return [_without_scores(row) for row in rows]


def _without_scores(row: PanelRow) -> PanelRow:
    third = None if row.third is None else replace(row.third, criteria=(), reason="")
    return replace(row, settlements=(), superseded=(), proposals=(), left_apart=(), reviews=(), third=third)


def get_panel(connection: Connection, submission_id: str, viewer: Actor) -> PanelRow | None:
    """Return the panel of a submission as a viewer may see it, or None if there is none for him."""
    query = select_panels(viewer).where(PANELS.table.c.submission_id == submission_id)
    return next(iter(as_seen_by(viewer, PANELS.rows(connection, query))), None)


def get_scored_panel(connection: Connection, submission_id: str, viewer: Actor) -> PanelRow | None:
    """Return the panel of a submission whose scores the viewer may compare: none before its scoring is closed."""
    row = get_panel(connection, submission_id, viewer)
    weighs = viewer.acting_as in _WEIGHING
    return row if row is not None and weighs and row.status != "seating" else None


def get_own_panel(connection: Connection, submission_id: str, viewer: Actor) -> PanelRow | None:
    """Return the panel on which a reviewer's own scores are compared; None before that, and to everybody else."""
    row = PANELS.find(connection, submission_id)
    if row is None or row.status == "seating":
        return None
    return row if viewer.person_id in {seat.reviewer_id for seat in row.counted} else None


def list_silent(connection: Connection, on: date) -> list[PanelRow]:
    """Return the panels with a proposal that silence has agreed to by a day."""
    table = PANELS.table
    return PANELS.rows(connection, sa.select(table).where(table.c.silence_until < on))


def find_panel(connection: Connection, submission_id: str) -> PanelRow | None:
    """Return the panel of a submission for the platform's own work, or None."""
    return PANELS.find(connection, submission_id)
