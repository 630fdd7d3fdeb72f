"""A reviewer as the agency registers him, his pauses, and the ties that he declares."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from qa_platform.kernel.conflicts import ConflictCode
from qa_platform.kernel.event import Event
from qa_platform.kernel.sealed import Sealed
from qa_platform.kernel.visibility import Visibility
from qa_platform.reviewers.events.sight import REVIEWERS

ReviewerCategory = Literal["academic", "employer", "learner"]
PauseReason = Literal["own_request", "agency"]


class ReviewerRegistered(Event, frozen=True, kw_only=True, tag="reviewer.registered.v1"):
    """A person offered to review; `fields` are ISCED-F 2013 codes of two to four digits.

    `highest_level` is the level of the reviewer's own qualification, or of equal practice.
    """

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    fields: tuple[str, ...]
    highest_level: int
    years_of_practice: int
    category: ReviewerCategory
    simulated: bool


class ReviewerExpertiseChanged(Event, frozen=True, kw_only=True, tag="reviewer.expertise_changed.v1"):
    """What a reviewer knows, as it stands after a change: all of it."""

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    fields: tuple[str, ...]
    highest_level: int
    years_of_practice: int
    category: ReviewerCategory


class ReviewerDeclaredEligible(Event, frozen=True, kw_only=True, tag="reviewer.declared_eligible.v1"):
    """A reviewer may be asked to review from a day on."""

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    eligible_from: date


class ReviewerPaused(Event, frozen=True, kw_only=True, tag="reviewer.paused.v1"):
    """A reviewer is not asked for the time being."""

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    paused_from: date
    reason: PauseReason


class ReviewerResumed(Event, frozen=True, kw_only=True, tag="reviewer.resumed.v1"):
    """A paused reviewer may be asked again."""

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    resumed_from: date


class ReviewerInterestDeclared(Event, frozen=True, kw_only=True, tag="reviewer.interest_declared.v1"):
    """A reviewer declared a tie to a provider, or to one course of it.

    `until` is None while the tie lasts. The category stays for ever; the detail goes with the key.
    """

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    interest_id: str
    provider_id: str
    course_id: str | None
    category: ConflictCode
    since: date
    until: date | None
    detail: Sealed[str] | None


class ReviewerInterestEnded(Event, frozen=True, kw_only=True, tag="reviewer.interest_ended.v1"):
    """A declared tie came to its end; it still counts for as long as its category looks back."""

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    interest_id: str
    ended_on: date
