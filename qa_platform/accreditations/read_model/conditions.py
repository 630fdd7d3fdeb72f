"""Conditions: one row for each, who may know of it, and who holds the ball until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal, get_args

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.accreditations.decider.conditions import AWAITING, Condition, ConditionStatus, evolve
from qa_platform.accreditations.events import (
    ConditionEvent,
    ConditionEvidenceFiled,
    ConditionSet,
    ConditionVerdictReversed,
    EvidenceDocument,
    Verdict,
)
from qa_platform.accreditations.read_model.panels import CHECKING_PANELS
from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import PROVIDER_ROLES, Actor, Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.web.reach import not_recused, within_reach

Holder = Literal["provider", "panel", "officer"]
_PANEL_ROLES = {Role.REVIEWER, Role.LEAD_REVIEWER}
_AGENCY_ROLES = {
    Role.REGISTER_OFFICER,
    Role.INTAKE_OFFICER,
    Role.COMMITTEE_SECRETARY,
    Role.COMMITTEE_MEMBER,
    Role.AUDITOR,
}


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """What was filed at once."""

    filing: int
    statement: str
    documents: tuple[EvidenceDocument, ...]
    filed_on: date


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict with its reason; one that was taken back says since when, and why."""

    verdict: str
    reason: str
    ruled_on: date
    reversed_on: date | None = None
    reversed_because: str | None = None


class ConditionRow(Row, frozen=True, kw_only=True):
    """A condition; `held_by` has the next step, until and with `held_until`, and nobody has where it is over.

    `checker_id` is for the agency's office alone.
    """

    condition_id: str
    version: int
    submission_id: str
    decision_id: str
    accreditation_id: str
    provider_id: str
    place: int
    of: int
    criterion: str | None
    severity: str
    text: str
    checked_by: str
    decided_on: date
    set_on: date
    due_on: date
    status: ConditionStatus
    extended: bool
    checker_id: str | None
    held_by: Holder | None
    held_until: date | None
    filings: tuple[Filing, ...]
    rulings: tuple[Ruling, ...]
    ruled_on: date | None
    stand: Condition


def keys(recorded: Recorded[ConditionEvent]) -> tuple[str, ...]:
    """Return the condition that an event is about."""
    return (recorded.event.condition_id,)


def fold(row: ConditionRow | None, recorded: Recorded[ConditionEvent]) -> ConditionRow | None:
    """Return the condition after one event of its stream."""
    event = recorded.event
    stand = evolve(Condition() if row is None else row.stand, event)
    if row is None:
        return _set(event, stand, recorded.version) if isinstance(event, ConditionSet) else None
    return replace(
        row,
        version=recorded.version,
        filings=(*row.filings, _filing(event)) if isinstance(event, ConditionEvidenceFiled) else row.filings,
        rulings=_rulings(row.rulings, event, stand),
        **_standing(stand),
    )


def _set(event: ConditionSet, stand: Condition, version: int) -> ConditionRow:
    known = {name: getattr(event, name) for name in event.__struct_fields__}
    return ConditionRow(**{**known, **_standing(stand)}, version=version, filings=(), rulings=())


def _standing(stand: Condition) -> dict[str, Any]:
    return {
        "status": stand.status,
        "checked_by": stand.checked_by,
        "due_on": stand.due_on,
        "extended": stand.extended,
        "checker_id": stand.checker_id,
        "held_by": _holder(stand),
        "held_until": stand.answer_by,
        "ruled_on": None if stand.ruled is None else stand.ruled.ruled_on,
        "stand": stand,
    }


def _holder(stand: Condition) -> Holder | None:
    if stand.answer_by is None:
        return None
    if stand.status in AWAITING:
        return "provider"
    return "officer" if stand.status is ConditionStatus.LAPSED or stand.checked_by == "officer" else "panel"


def _filing(event: ConditionEvidenceFiled) -> Filing:
    return Filing(filing=event.filing, statement=event.statement, documents=event.documents, filed_on=event.filed_on)


def _rulings(rulings: tuple[Ruling, ...], event: ConditionEvent, stand: Condition) -> tuple[Ruling, ...]:
    if isinstance(event, Verdict):
        return (*rulings, Ruling(verdict=str(stand.verdict), reason=event.reason, ruled_on=event.ruled_on))
    if isinstance(event, ConditionVerdictReversed) and rulings:
        back = replace(rulings[-1], reversed_on=event.reversed_on, reversed_because=event.reason)
        return (*rulings[:-1], back)
    return rulings


CONDITIONS: Projection[ConditionRow] = Projection(
    name="accreditation_conditions",
    row=ConditionRow,
    key="condition_id",
    events=get_args(ConditionEvent),
    keys=keys,
    fold=fold,
    indexes=(("submission_id",), ("accreditation_id",), ("provider_id",), ("held_until",)),
)


def select_conditions(
    viewer: Actor,
    on: date,
    *,
    status: str | None = None,
    held_by: Holder | None = None,
    mine: bool = False,
    overdue: bool = False,
    accreditation_id: str | None = None,
    submission_id: str | None = None,
) -> sa.Select[Any]:
    """Return the query for conditions that a viewer may know of; see `as_seen_by` for how much of them."""
    table = CONDITIONS.table
    query = sa.select(table).where(_known_to(viewer), within_reach(viewer, table.c.submission_id))
    wanted = {
        "status": status,
        "held_by": _holder_for(viewer) if mine else held_by,
        "accreditation_id": accreditation_id,
        "submission_id": submission_id,
    }
    for name, value in wanted.items():
        if value is not None:
            query = query.where(table.c[name] == value)
    # Due today is not overdue.
    return query.where(table.c.held_until < on) if overdue else query


def _holder_for(viewer: Actor) -> Holder:
    if viewer.acting_as in PROVIDER_ROLES:
        return "provider"
    return "panel" if viewer.acting_as in _PANEL_ROLES else "officer"


def _known_to(viewer: Actor) -> sa.ColumnElement[bool]:
    table = CONDITIONS.table
    role = viewer.acting_as
    if role in _AGENCY_ROLES:
        # A recusal does not end with the decision: what it asked for stays hidden as well.
        return not_recused(viewer, table.c.submission_id)
    if role in PROVIDER_ROLES:
        return table.c.provider_id.in_(sorted(viewer.providers))
    if role in _PANEL_ROLES:
        panels = CHECKING_PANELS.table
        seated = panels.c.reviewers.contains([viewer.person_id])
        member = panels.c.lead_id == viewer.person_id if role is Role.LEAD_REVIEWER else seated
        return table.c.submission_id.in_(sa.select(panels.c.submission_id).where(member))
    return sa.false()


def as_seen_by(viewer: Actor, rows: list[ConditionRow]) -> list[ConditionRow]:
    """Return conditions without who of the panel checks, for everybody who is not of the agency's office."""
    if viewer.acting_as in _AGENCY_ROLES:
        return rows
    # To the checker himself it is no news.
    return [row if row.checker_id == viewer.person_id else replace(row, checker_id=None) for row in rows]


def get_condition(connection: Connection, condition_id: str, viewer: Actor, on: date) -> ConditionRow | None:
    """Return a condition as a viewer may see it, or None if there is none for him."""
    query = select_conditions(viewer, on).where(CONDITIONS.table.c.condition_id == condition_id)
    return next(iter(as_seen_by(viewer, CONDITIONS.rows(connection, query))), None)


def list_lapsing(connection: Connection, on: date) -> list[ConditionRow]:
    """Return the conditions whose day has passed and for which nothing was filed."""
    table = CONDITIONS.table
    query = sa.select(table).where(table.c.held_by == "provider", table.c.held_until < on)
    return CONDITIONS.rows(connection, query.order_by(table.c.held_until, table.c.condition_id))


def of_decision(connection: Connection, accreditation_id: str, decision_id: str) -> list[ConditionRow]:
    """Return the conditions that a decision set for an accreditation, in their order."""
    table = CONDITIONS.table
    query = sa.select(table).where(table.c.accreditation_id == accreditation_id, table.c.decision_id == decision_id)
    return CONDITIONS.rows(connection, query.order_by(table.c.place))


class OpenConditions(msgspec.Struct, frozen=True, kw_only=True):
    """What the public is told of an accreditation's conditions: how many are open, and when the next is due.

    `known` counts those that were ever set; `critical` freezes the intake, `not_met` lets a revocation be begun.
    """

    known: int = 0
    open: int = 0
    due_on: date | None = None
    critical: bool = False
    not_met: bool = False


def open_conditions(connection: Connection, accreditation_ids: Iterable[str]) -> dict[str, OpenConditions]:
    """Return how the conditions of accreditations stand, in one statement; those without any are left out."""
    table = CONDITIONS.table
    unmet = table.c.status != ConditionStatus.MET
    query = (
        sa.select(
            table.c.accreditation_id,
            sa.func.count().label("known"),
            sa.func.count().filter(unmet).label("open"),
            sa.func.min(table.c.due_on).filter(unmet).label("due_on"),
            sa.func.bool_or(sa.and_(unmet, table.c.severity == "critical")).label("critical"),
            sa.func.bool_or(table.c.status == ConditionStatus.NOT_MET).label("not_met"),
        )
        .where(table.c.accreditation_id.in_(sorted(set(accreditation_ids))))
        .group_by(table.c.accreditation_id)
    )
    return {
        found["accreditation_id"]: OpenConditions(**{name: found[name] for name in OpenConditions.__struct_fields__})
        for found in connection.execute(query).mappings()
    }


def met_on(connection: Connection, accreditation_ids: Iterable[str]) -> dict[str, date]:
    """Return when the last condition of each accreditation was ruled on."""
    table = CONDITIONS.table
    query = (
        sa.select(table.c.accreditation_id, sa.func.max(table.c.ruled_on))
        .where(table.c.accreditation_id.in_(sorted(set(accreditation_ids))))
        .group_by(table.c.accreditation_id)
    )
    return {accreditation_id: day for accreditation_id, day in connection.execute(query) if day is not None}
