"""The life of a reviewer: he applies, is found eligible, trained and activated, suspended, and retires."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import msgspec

from qa_platform.kernel.event import Event
from qa_platform.kernel.sealed import Sealed
from qa_platform.kernel.visibility import Visibility
from qa_platform.reviewers.events.first import PauseReason, ReviewerCategory
from qa_platform.reviewers.events.sight import REVIEWERS, without

RefusalGround = Literal["practice_too_short", "level_too_low", "expertise_not_needed", "other"]


class Competence(msgspec.Struct, frozen=True, kw_only=True):
    """Up to which level somebody can judge courses of a field (ISCED-F 2013, two to four digits)."""

    field: str
    highest_level: int


class ReviewerApplied(Event, frozen=True, kw_only=True, tag="reviewer.applied.v1"):
    """A person applied, himself, to become a reviewer; `own_level` is that of his own qualification.

    `languages` are ISO 639 codes in which he can read a course.
    """

    seen_by: ClassVar[Visibility] = without("statement")

    person_id: str
    competences: tuple[Competence, ...]
    own_level: int
    years_of_practice: int
    category: ReviewerCategory
    languages: tuple[str, ...]
    statement: Sealed[str] | None
    applied_on: date
    simulated: bool


class ReviewerFoundEligible(Event, frozen=True, kw_only=True, tag="reviewer.found_eligible.v1"):
    """The agency found that somebody meets the conditions; training and calibration come next.

    With `equivalent_practice` his practice stands for a qualification of the level.
    """

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    found_on: date
    equivalent_practice: bool


class ReviewerApplicationRefused(Event, frozen=True, kw_only=True, tag="reviewer.application_refused.v1"):
    """The agency did not take an application; the person may apply again."""

    seen_by: ClassVar[Visibility] = without("remark")

    person_id: str
    ground: RefusalGround
    remark: Sealed[str] | None
    refused_on: date


class ReviewerTrainingRecorded(Event, frozen=True, kw_only=True, tag="reviewer.training_recorded.v1"):
    """A reviewer completed a training."""

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    training: str
    completed_on: date


class ReviewerActivated(Event, frozen=True, kw_only=True, tag="reviewer.activated.v1"):
    """A calibrated reviewer may be asked to review from a day on."""

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    active_from: date


class ReviewerSuspended(Event, frozen=True, kw_only=True, tag="reviewer.suspended.v1"):
    """The agency keeps a reviewer from all reviewing until it says otherwise."""

    seen_by: ClassVar[Visibility] = without("reason")

    person_id: str
    suspended_from: date
    reason: Sealed[str]


class ReviewerReinstated(Event, frozen=True, kw_only=True, tag="reviewer.reinstated.v1"):
    """A suspension ended; `recalibration_due` says that the reviewer must be calibrated before he is asked."""

    seen_by: ClassVar[Visibility] = without("reason")

    person_id: str
    reinstated_from: date
    recalibration_due: bool
    reason: Sealed[str]


class ReviewerRetired(Event, frozen=True, kw_only=True, tag="reviewer.retired.v1"):
    """A reviewer reviews no more."""

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    retired_on: date
    wished_by: PauseReason
