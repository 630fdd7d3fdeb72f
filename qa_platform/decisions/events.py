"""What can have happened to the decision on a submission."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal

import msgspec

from qa_platform.kernel.conflicts import ConflictCode
from qa_platform.kernel.event import Event
from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import (
    AUDITED,
    RELEASED,
    Audience,
    Relation,
    Visibility,
    of_provider,
    of_roles,
)

Code = Literal["APP", "APP-V", "APP-C", "APP-CX", "REF", "DEFER", "LIST", "REN", "REN-C", "REN-NO", "CHG-OK", "CHG-NO"]
DecisionClass = Literal[
    "positive", "positive_with_conditions", "positive_with_restrictions", "negative", "not_applicable"
]
Severity = Literal["minor", "major", "critical"]
CheckedBy = Literal["panel", "officer"]

_COMMITTEE: Visibility = (*AUDITED, *of_roles(Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER))
_ONCE_RELEASED: Visibility = (
    *of_roles(Role.INTAKE_OFFICER, Role.REGISTER_OFFICER, after=RELEASED),
    Audience(role=Role.LEAD_REVIEWER, relation=Relation.LEAD, after=RELEASED),
    Audience(role=Role.REVIEWER, relation=Relation.CLEARED, after=RELEASED, hides=("members", "basis")),
    *of_provider(after=RELEASED, hides=("members",)),
)


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision rested on: a stream, at a version, and the digest of that very event."""

    stream: str
    version: int
    digest: str


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """A reason for the decision, in one area of the standard."""

    area: str
    text: str


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """Something that must be put right by a date.

    A member of the panel checks academic matters, an officer technical ones.
    """

    condition_id: str
    criterion: str | None
    severity: Severity
    text: str
    due_on: date
    checked_by: CheckedBy


class AreaIndex(msgspec.Struct, frozen=True, kw_only=True):
    """The index that one area of the standard reached; None where nothing in it applies."""

    area: str
    index: Decimal | None


class MemberRecused(Event, frozen=True, kw_only=True, tag="decision.member_recused.v1"):
    """A member of the committee took no part; for a conflict of this category."""

    seen_by: ClassVar[Visibility] = _COMMITTEE

    submission_id: str
    member_id: str
    category: ConflictCode


class DecisionTaken(Event, frozen=True, kw_only=True, tag="decision.taken.v1"):
    """The committee decided, on exactly this basis.

    What is awarded (level, credits, hours, months of validity) is None where nothing is granted.
    """

    seen_by: ClassVar[Visibility] = (*_COMMITTEE, *_ONCE_RELEASED)

    submission_id: str
    decision_id: str
    code: Code
    decision_class: DecisionClass
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
    members: tuple[str, ...]
    taken_on: date
    level_awarded: int | None
    credits_awarded: Decimal | None
    hours_accepted: Decimal | None
    valid_months: int | None


class DecisionReleased(Event, frozen=True, kw_only=True, tag="decision.released.v1"):
    """The provider was given the decision; an appeal may be filed until a date."""

    seen_by: ClassVar[Visibility] = (*_COMMITTEE, *_ONCE_RELEASED)

    submission_id: str
    decision_id: str
    released_on: date
    appeal_until: date


DecisionEvent = MemberRecused | DecisionTaken | DecisionReleased
