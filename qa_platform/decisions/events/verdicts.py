"""What can have happened to a decision: taken, minuted, signed, rescinded, released, corrected."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from qa_platform.decisions.events.words import (
    COMMITTEE,
    ONCE_RELEASED,
    AreaIndex,
    Basis,
    Clerical,
    Code,
    Condition,
    DecisionClass,
    Ground,
)
from qa_platform.kernel.event import Event
from qa_platform.kernel.visibility import Visibility


class DecisionTaken(Event, frozen=True, kw_only=True, tag="decision.taken.v1"):
    """The committee decided, on exactly this basis.

    What is awarded (level, credits, hours, months of validity) is None where nothing is granted.
    """

    seen_by: ClassVar[Visibility] = (*COMMITTEE, *ONCE_RELEASED)

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


class DecisionMinuted(Event, frozen=True, kw_only=True, tag="decision.minuted.v1"):
    """How a decision came about: in which meeting, by how many votes, under whose chair, and who recorded it."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    submission_id: str
    decision_id: str
    meeting_id: str
    motion_id: str
    chair_id: str
    quorum: int
    votes_for: int
    votes_against: int
    abstentions: int
    recusals: int
    casting_vote: bool
    recorded_by: str


class DecisionCountersigned(Event, frozen=True, kw_only=True, tag="decision.countersigned.v1"):
    """A member who sat, and who had not recorded it, confirmed that the decision is what the committee decided."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    submission_id: str
    decision_id: str
    member_id: str
    signed_on: date


class DissentRecorded(Event, frozen=True, kw_only=True, tag="decision.dissent_recorded.v1"):
    """A member who voted against the decision said why."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    submission_id: str
    decision_id: str
    member_id: str
    reason: str


class DecisionRescinded(Event, frozen=True, kw_only=True, tag="decision.rescinded.v1"):
    """A decision that nobody outside the committee knew of was taken back; the item is open again."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    submission_id: str
    decision_id: str
    reason: str
    rescinded_on: date


class DecisionReleased(Event, frozen=True, kw_only=True, tag="decision.released.v1"):
    """The provider was given the decision; an appeal may be filed until a date."""

    seen_by: ClassVar[Visibility] = (*COMMITTEE, *ONCE_RELEASED)

    submission_id: str
    decision_id: str
    released_on: date
    appeal_until: date


class DecisionNotified(Event, frozen=True, kw_only=True, tag="decision.notified.v1"):
    """What the provider was told of its rights with the decision, in both languages."""

    seen_by: ClassVar[Visibility] = (*COMMITTEE, *ONCE_RELEASED)

    submission_id: str
    decision_id: str
    rights_en: str
    rights_ms: str


class DecisionCorrected(Event, frozen=True, kw_only=True, tag="decision.corrected.v1"):
    """A slip of the pen in a released decision was put right; what was decided stays as it was."""

    seen_by: ClassVar[Visibility] = (*COMMITTEE, *ONCE_RELEASED)

    submission_id: str
    decision_id: str
    correction_id: str
    part: Clerical
    wrong: str
    right: str
    reason: str
    corrected_on: date


VerdictEvent = (
    DecisionTaken
    | DecisionMinuted
    | DecisionCountersigned
    | DissentRecorded
    | DecisionRescinded
    | DecisionReleased
    | DecisionNotified
    | DecisionCorrected
)
