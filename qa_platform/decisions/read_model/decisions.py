"""Where the deciding on each submission stands, and who may see what of it.

Panel and decision each feed their own fields of a row, so that it does not matter whose events
come first.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, get_args

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.decisions.events import (
    AreaIndex,
    Basis,
    Condition,
    DecisionEvent,
    DecisionReleased,
    DecisionTaken,
    Ground,
    MemberRecused,
)
from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import PROVIDER_ROLES, Actor, Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.panels.events import (
    LeadAssigned,
    ModerationClosed,
    ModerationReopened,
    PanelOpened,
    ReviewerAssigned,
    ReviewerStoodDown,
    ScoringClosed,
    ThirdReviewCompleted,
    ThirdReviewRequested,
    ThirdReviewWithdrawn,
)
from qa_platform.scoring.outcome import Outcome

_PANEL = (
    PanelOpened,
    LeadAssigned,
    ReviewerAssigned,
    ReviewerStoodDown,
    ScoringClosed,
    ModerationClosed,
    ModerationReopened,
    ThirdReviewRequested,
    ThirdReviewWithdrawn,
    ThirdReviewCompleted,
)


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as it was taken; `members` is None to whom it is not told who sat."""

    decision_id: str
    code: str
    decision_class: str
    band_suggested: str
    departure_reason: str | None
    grounds: tuple[Ground, ...]
    conditions: tuple[Condition, ...]
    recommendations: tuple[str, ...]
    commendations: tuple[str, ...]
    index: Decimal
    area_indices: tuple[AreaIndex, ...]
    standard_id: str
    rubric_version: str
    rubric_hash: str
    basis: tuple[Basis, ...]
    members: tuple[str, ...] | None
    taken_on: date
    level_awarded: int | None
    credits_awarded: Decimal | None
    hours_accepted: Decimal | None
    valid_months: int | None


class Recusal(msgspec.Struct, frozen=True, kw_only=True):
    """A member of the committee who takes no part."""

    member_id: str
    category: str


class Released(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as its release made it known, and the version of the stream then."""

    verdict: Verdict | None
    released_on: date
    appeal_until: date | None
    version: int


class DecisionRow(Row, frozen=True, kw_only=True):
    """The deciding on a submission; `version` is that of the decision's stream, 0 before anything happened in it.

    `reviewers` holds whoever has a seat on the panel, `reviews` every review that was ever asked
    for, in order: its place is its number in the case. `verdict` and its release are the latest;
    `earlier` is a deferral that was released before it, and all that others know until the next release.
    """

    submission_id: str
    version: int = 0
    provider_id: str | None = None
    route: str | None = None
    rubric_version: str | None = None
    lead_id: str | None = None
    reviewers: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    scoring_closed: bool = False
    moderation_closed: bool = False
    recusals: tuple[Recusal, ...] = ()
    verdict: Verdict | None = None
    released_on: date | None = None
    appeal_until: date | None = None
    earlier: Released | None = None

    @property
    def stage(self) -> str:
        """Return how far the deciding is: scoring, scored, decided or released."""
        if self.released_on is not None:
            return "released"
        if self.verdict is not None:
            return "decided"
        return "scored" if self.scoring_closed else "scoring"


def keys(recorded: Recorded[Any]) -> tuple[str, ...]:
    """Return the submission that an event is about."""
    return (recorded.event.submission_id,)


def fold(row: DecisionRow | None, recorded: Recorded[Any]) -> DecisionRow | None:
    """Return the deciding after one event of the panel's or the decision's stream."""
    known = row or DecisionRow(submission_id=recorded.event.submission_id)
    if isinstance(recorded.event, _PANEL):
        return _seated(known, recorded.event)
    return replace(_decided(known, recorded.event), version=recorded.version)


def _seated(row: DecisionRow, event: Any) -> DecisionRow:  # noqa: ANN401 -- any of the panel's events
    match event:
        case PanelOpened():
            return replace(row, provider_id=event.provider_id, route=event.route, rubric_version=event.rubric_version)
        case LeadAssigned():
            return replace(row, lead_id=event.lead_id)
        case ReviewerAssigned():
            return replace(row, reviewers=(*row.reviewers, event.reviewer_id), reviews=(*row.reviews, event.review_id))
        case ReviewerStoodDown():
            return replace(row, reviewers=tuple(each for each in row.reviewers if each != event.reviewer_id))
        case ScoringClosed():
            return replace(row, scoring_closed=True)
        case ModerationClosed():
            return replace(row, moderation_closed=True)
        case ModerationReopened():
            return replace(row, moderation_closed=False)
        case ThirdReviewRequested():
            return replace(row, scoring_closed=False)
        case ThirdReviewWithdrawn() | ThirdReviewCompleted():
            return replace(row, scoring_closed=True)
        case _:
            return row


def _decided(row: DecisionRow, event: DecisionEvent) -> DecisionRow:
    match event:
        case MemberRecused():
            recusal = Recusal(member_id=event.member_id, category=event.category)
            return replace(row, recusals=(*row.recusals, recusal))
        case DecisionTaken():
            verdict = Verdict(**{name: getattr(event, name) for name in Verdict.__struct_fields__})
            return replace(row, verdict=verdict, released_on=None, appeal_until=None, earlier=_told(row))
        case DecisionReleased():
            return replace(row, released_on=event.released_on, appeal_until=event.appeal_until)


def _told(row: DecisionRow) -> Released | None:
    if row.released_on is None:
        return row.earlier
    return Released(
        verdict=row.verdict, released_on=row.released_on, appeal_until=row.appeal_until, version=row.version
    )


DECISIONS: Projection[DecisionRow] = Projection(
    name="decisions",
    row=DecisionRow,
    key="submission_id",
    events=(*_PANEL, *get_args(DecisionEvent)),
    keys=keys,
    fold=fold,
    indexes=(("provider_id",), ("lead_id",), ("released_on",)),
)

_COMMITTEE = {Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER, Role.AUDITOR}
_AFTER_RELEASE = {Role.INTAKE_OFFICER, Role.REGISTER_OFFICER}


def select_decisions(viewer: Actor, *, stage: str | None = None) -> sa.Select[Any]:
    """Return the query for the decisions that a viewer may know of; see `as_seen_by` for how much of them."""
    table = DECISIONS.table
    query = sa.select(table).where(_known_to(viewer))
    return query if stage is None else query.where(_at(stage, viewer))


def _known_to(viewer: Actor) -> sa.ColumnElement[bool]:
    table = DECISIONS.table
    released = _ever_released()
    role = viewer.acting_as
    if role in PROVIDER_ROLES:
        return sa.and_(released, table.c.provider_id.in_(sorted(viewer.providers)))
    if role in _AFTER_RELEASE:
        return released
    # Whoever scores a submission hears of its scores no earlier in any other capacity.
    unbiased = sa.or_(released, ~table.c.reviewers.contains([viewer.person_id]))
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
    released = table.c.released_on.is_not(None) if inside else _ever_released()
    decided = table.c.verdict.is_not(None) if inside else released
    return {
        "scoring": sa.and_(~table.c.scoring_closed, ~decided),
        "scored": sa.and_(table.c.scoring_closed, ~decided),
        "decided": sa.and_(decided, ~released),
        "released": released,
    }[stage]


def as_seen_by(viewer: Actor, rows: list[DecisionRow]) -> list[DecisionRow]:
    """Return decisions without what this viewer may not see of them."""
    if viewer.acting_as in _COMMITTEE:
        return rows
    outside = [_outside_view(row) for row in rows]
    return [_without_reviews(row) for row in outside] if viewer.acting_as in PROVIDER_ROLES else outside


def _outside_view(row: DecisionRow) -> DecisionRow:
    hidden = replace(row, lead_id=None, reviewers=(), recusals=(), earlier=None)
    told = _told(row)
    if told is None or told.verdict is None:
        # A version would tell that something was decided.
        return replace(hidden, verdict=None, version=0)
    return replace(
        hidden,
        verdict=replace(told.verdict, members=None),
        released_on=told.released_on,
        appeal_until=told.appeal_until,
        version=told.version,
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


def outcome_as_seen_by(viewer: Actor, found: Outcome) -> Outcome:
    """Return an outcome without what called for moderation, for those outside the agency."""
    return replace(found, triggers=()) if viewer.acting_as in PROVIDER_ROLES else found
