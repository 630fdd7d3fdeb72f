"""Lead a reviewer through his life: from his application to his retirement."""

from __future__ import annotations

from datetime import date

from qa_platform.kernel.event import Command
from qa_platform.reviewers.events import Competence, PauseReason, RefusalGround, ReviewerCategory


class ApplyToReview(Command, frozen=True, kw_only=True):
    """Apply to become a reviewer; the person himself asks."""

    person_id: str
    competences: tuple[Competence, ...]
    own_level: int
    years_of_practice: int
    category: ReviewerCategory
    languages: tuple[str, ...]
    applied_on: date
    statement: str | None = None
    simulated: bool = False


class FindEligible(Command, frozen=True, kw_only=True):
    """Find that somebody meets the conditions, by his qualification or by practice of equal worth."""

    person_id: str
    found_on: date
    equivalent_practice: bool = False


class RefuseReviewer(Command, frozen=True, kw_only=True):
    """Turn an application down."""

    person_id: str
    ground: RefusalGround
    refused_on: date
    remark: str | None = None


class RecordTraining(Command, frozen=True, kw_only=True):
    """Record a training that a reviewer completed; `on` is the day of asking."""

    person_id: str
    training: str
    completed_on: date
    on: date


class ActivateReviewer(Command, frozen=True, kw_only=True):
    """Let a calibrated reviewer be asked from a day on; `on` is the day of asking."""

    person_id: str
    active_from: date
    on: date


class SuspendReviewer(Command, frozen=True, kw_only=True):
    """Keep a reviewer from all reviewing."""

    person_id: str
    suspended_from: date
    reason: str


class ReinstateReviewer(Command, frozen=True, kw_only=True):
    """End a suspension."""

    person_id: str
    reinstated_from: date
    reason: str


class RetireReviewer(Command, frozen=True, kw_only=True):
    """End a reviewer's reviewing for good."""

    person_id: str
    retired_on: date
    wished_by: PauseReason
