"""Who may see what of the deciding on a submission."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.decisions.read_model.deciding import DECISIONS
from qa_platform.decisions.read_model.rows import DecisionRow, Variation
from qa_platform.kernel.roles import PROVIDER_ROLES, Actor, Role
from qa_platform.scoring.outcome import Outcome
from qa_platform.web.reach import within_reach

_COMMITTEE = {Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER, Role.AUDITOR}
_AFTER_RELEASE = {Role.INTAKE_OFFICER, Role.REGISTER_OFFICER}


def select_decisions(viewer: Actor, *, stage: str | None = None) -> sa.Select[Any]:
    """Return the query for the decisions that a viewer may know of; see `as_seen_by` for how much of them."""
    table = DECISIONS.table
    query = sa.select(table).where(_known_to(viewer), _within_reach(viewer))
    return query if stage is None else query.where(_at(stage, viewer))


def _within_reach(viewer: Actor) -> sa.ColumnElement[bool]:
    # Who is to sign beside another centre reads what he signs.
    return within_reach(viewer, DECISIONS.table.c.submission_id, cosigning=viewer.acting_as in _COMMITTEE)


def _known_to(viewer: Actor) -> sa.ColumnElement[bool]:
    table = DECISIONS.table
    released = _ever_released()
    role = viewer.acting_as
    if role in PROVIDER_ROLES:
        return sa.and_(released, table.c.provider_id.in_(sorted(viewer.providers)))
    # Whoever is recused from a submission hears of it in no capacity, before its release or after.
    apart = ~table.c.recusals.contains([{"member_id": viewer.person_id}])
    if role in _AFTER_RELEASE:
        return sa.and_(released, apart)
    # Whoever scores a submission hears of its scores no earlier in any other capacity.
    unbiased = sa.and_(apart, sa.or_(released, ~table.c.reviewers.contains([viewer.person_id])))
    if role in _COMMITTEE:
        return unbiased
    if role is Role.LEAD_REVIEWER:
        return sa.and_(unbiased, table.c.lead_id == viewer.person_id, table.c.scoring_closed)
    return sa.false()


def _ever_released() -> sa.ColumnElement[bool]:
    table = DECISIONS.table
    return sa.or_(table.c.released_on.is_not(None), table.c.earlier.is_not(None))


def _at(stage: str, viewer: Actor) -> sa.ColumnElement[bool]:
    table = DECISIONS.table
    # Outside the committee a decision is there once it is released, in a filter too.
    inside = viewer.acting_as in _COMMITTEE
    item = table.c.item.is_not(None) if inside else sa.false()
    unreleased = sa.and_(table.c.verdict.is_not(None), table.c.released_on.is_(None)) if inside else sa.false()
    released = table.c.released_on.is_not(None) if inside else _ever_released()
    coming = sa.and_(~item, ~unreleased, ~released)
    return {
        "scoring": sa.and_(coming, ~table.c.scoring_closed),
        "scored": sa.and_(coming, table.c.scoring_closed),
        "tabled": sa.and_(item, ~unreleased),
        "decided": unreleased,
        "released": sa.and_(released, ~item),
    }[stage]


def as_seen_by(viewer: Actor, rows: list[DecisionRow]) -> list[DecisionRow]:
    """Return decisions without what this viewer may not see of them."""
    if viewer.acting_as in _COMMITTEE:
        return rows
    outside = [_outside_view(row) for row in rows]
    return [_without_reviews(row) for row in outside] if viewer.acting_as in PROVIDER_ROLES else outside


def _outside_view(row: DecisionRow) -> DecisionRow:
    told = row.told
    hidden = replace(
        row, lead_id=None, reviewers=(), recusals=(), earlier=None, item=None, minutes=None, variation=None
    )
    if told is None or told.verdict is None:
        # A version would tell that something was decided.
        return replace(hidden, verdict=None, version=0, released_version=0, awaited=None)
    decision_id = told.verdict.decision_id
    return replace(
        hidden,
        verdict=replace(told.verdict, members=None),
        released_on=told.released_on,
        appeal_until=told.appeal_until,
        rights=told.rights,
        version=told.version,
        awaited=row.awaited if row.awaited and row.awaited.decision_id == decision_id else None,
        corrections=tuple(one for one in row.corrections if one.decision_id == decision_id),
    )


def _without_reviews(row: DecisionRow) -> DecisionRow:
    """Return a decision whose basis numbers the reviews, as the case's history does, and names none."""
    hidden = replace(row, reviews=())
    if row.verdict is None:
        return hidden
    numbers = {f"review-{review_id}": f"Review {number}" for number, review_id in enumerate(row.reviews, start=1)}
    basis = tuple(replace(one, stream=numbers.get(one.stream, one.stream)) for one in row.verdict.basis)
    return replace(hidden, verdict=replace(row.verdict, basis=basis))


def get_decision(connection: Connection, submission_id: str, viewer: Actor) -> DecisionRow | None:
    """Return the deciding on a submission as a viewer may see it, or None if there is none for him."""
    query = select_decisions(viewer).where(DECISIONS.table.c.submission_id == submission_id)
    return next(iter(as_seen_by(viewer, DECISIONS.rows(connection, query))), None)


def get_variation(connection: Connection, submission_id: str, viewer: Actor) -> Variation | None:
    """Return what the provider is asked to agree to, for the provider itself and for the committee."""
    query = sa.select(DECISIONS.table).where(DECISIONS.table.c.submission_id == submission_id)
    if viewer.acting_as in PROVIDER_ROLES:
        query = query.where(DECISIONS.table.c.provider_id.in_(sorted(viewer.providers)))
        row = next(iter(DECISIONS.rows(connection, query)), None)
    else:
        row = get_decision(connection, submission_id, viewer)
    return None if row is None else row.variation


def outcome_as_seen_by(viewer: Actor, found: Outcome) -> Outcome:
    """Return an outcome without what called for moderation, for those outside the agency."""
    return replace(found, triggers=()) if viewer.acting_as in PROVIDER_ROLES else found
