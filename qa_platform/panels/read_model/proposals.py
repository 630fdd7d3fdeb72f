"""Proposals of reviewers: who is meant for which seat and why, what the officer changed, what the provider may know."""

from __future__ import annotations

from datetime import date
from typing import get_args

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import PROVIDER_ROLES, Actor
from qa_platform.kernel.sealed import Sealed
from qa_platform.ledger.projection import Projection, Row
from qa_platform.panels.events import (
    ObjectionRuled,
    PanelObjected,
    PanelOpened,
    PanelProposed,
    ProposalChanged,
    ProposalConfirmed,
    ProposalWithdrawn,
    SeatChangeUndone,
    SeatingEvent,
)
from qa_platform.panels.events.allocation import DisclosedSeat, ProposedSeat, Reason


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody put into a seat instead of another, or put back (`undoes`), with the reason."""

    seat: int
    reviewer_id: str
    instead_of: str | None
    reason: str
    undoes: bool


class ProposalRow(Row, frozen=True, kw_only=True):
    """The last proposal for a panel; `status` is none, pending, confirmed or withdrawn."""

    submission_id: str
    version: int
    provider_id: str
    status: str = "none"
    proposal_id: str | None = None
    allocation_id: str | None = None
    policy_version: str | None = None
    seed: str | None = None
    on: date | None = None
    seats: tuple[ProposedSeat, ...] = ()
    reasons: tuple[Reason, ...] = ()
    changes: tuple[Change, ...] = ()
    withdrawal_reason: str | None = None
    disclosed: tuple[DisclosedSeat, ...] = ()
    answer_by: date | None = None
    object_by: date | None = None
    objected_seats: tuple[int, ...] = ()
    objection_ground: str | None = None
    objection: Sealed[str] | None = None
    upheld: bool | None = None
    ruling_reason: str | None = None


def keys(recorded: Recorded[PanelOpened | SeatingEvent]) -> tuple[str, ...]:
    """Return the submission whose panel an event is about."""
    return (recorded.event.submission_id,)


def fold(row: ProposalRow | None, recorded: Recorded[PanelOpened | SeatingEvent]) -> ProposalRow | None:
    """Return the proposal after one event."""
    event = recorded.event
    if isinstance(event, PanelOpened):
        return ProposalRow(submission_id=event.submission_id, version=recorded.version, provider_id=event.provider_id)
    return None if row is None else replace(_changed(row, event), version=recorded.version)


def _changed(row: ProposalRow, event: SeatingEvent) -> ProposalRow:
    match event:
        case PanelProposed():
            return _proposed(row, event)
        case ProposalChanged() | SeatChangeUndone():
            return _reseated(row, event)
        case ProposalWithdrawn():
            return replace(row, status="withdrawn", withdrawal_reason=event.reason)
        case ProposalConfirmed():
            return _confirmed(row, event)
        case PanelObjected():
            return replace(row, objected_seats=event.seats, objection_ground=event.ground, objection=event.reasons)
        case ObjectionRuled():
            return replace(row, upheld=event.upheld, ruling_reason=event.reason)
        case _:
            return row


def _proposed(row: ProposalRow, event: PanelProposed) -> ProposalRow:
    names = ("proposal_id", "allocation_id", "policy_version", "seed", "on", "seats", "reasons")
    told = {name: getattr(event, name) for name in names}
    return replace(row, **told, status="pending", changes=(), withdrawal_reason=None)


def _reseated(row: ProposalRow, event: ProposalChanged | SeatChangeUndone) -> ProposalRow:
    change = Change(
        seat=event.seat.seat,
        reviewer_id=event.seat.reviewer_id,
        instead_of=event.instead_of,
        reason=event.reason,
        undoes=isinstance(event, SeatChangeUndone),
    )
    others = [seat for seat in row.seats if seat.seat != change.seat]
    seats = tuple(sorted((*others, event.seat), key=lambda seat: seat.seat))
    return replace(row, seats=seats, changes=(*row.changes, change))


def _confirmed(row: ProposalRow, event: ProposalConfirmed) -> ProposalRow:
    new = {seat.seat: seat for seat in event.disclosed}
    known = {seat.seat: seat for seat in row.disclosed} | new
    return replace(
        row,
        status="confirmed",
        disclosed=tuple(known[seat] for seat in sorted(known)),
        answer_by=event.answer_by,
        object_by=event.object_by,
    )


PROPOSALS: Projection[ProposalRow] = Projection(
    name="panel_proposals",
    row=ProposalRow,
    key="submission_id",
    events=(PanelOpened, *get_args(SeatingEvent)),
    keys=keys,
    fold=fold,
    indexes=(("status",), ("allocation_id",)),
)


def find_proposal(connection: Connection, submission_id: str) -> ProposalRow | None:
    """Return the proposal for a panel, whoever asks; None where there is no panel."""
    return PROPOSALS.find(connection, submission_id)


def list_proposals(connection: Connection, allocation_id: str) -> list[ProposalRow]:
    """Return the proposals that rest on an allocation, but for those that another one followed."""
    table = PROPOSALS.table
    query = sa.select(table).where(table.c.allocation_id == allocation_id).order_by(table.c.submission_id)
    return PROPOSALS.rows(connection, query)


def get_composition(connection: Connection, submission_id: str, viewer: Actor) -> ProposalRow | None:
    """Return what may be disclosed of a panel, to its provider and to who runs it; None for anybody else."""
    row = PROPOSALS.find(connection, submission_id)
    foreign = row is not None and viewer.acting_as in PROVIDER_ROLES and row.provider_id not in viewer.providers
    return None if row is None or foreign or not row.disclosed else row
