"""Register a reviewer, pause him, and declare what ties him to providers."""

from __future__ import annotations

from datetime import date

from qa_platform.kernel.conflicts import ConflictCode
from qa_platform.kernel.event import Command
from qa_platform.reviewers.events import PauseReason, ReviewerCategory


class RegisterReviewer(Command, frozen=True, kw_only=True):
    """Let a person offer to review."""

    person_id: str
    fields: tuple[str, ...]
    highest_level: int
    years_of_practice: int
    category: ReviewerCategory
    simulated: bool = False


class ChangeExpertise(Command, frozen=True, kw_only=True):
    """Replace what is known of a reviewer's expertise."""

    person_id: str
    fields: tuple[str, ...]
    highest_level: int
    years_of_practice: int
    category: ReviewerCategory


class DeclareEligible(Command, frozen=True, kw_only=True):
    """Let a reviewer be asked from a day on."""

    person_id: str
    eligible_from: date


class PauseReviewer(Command, frozen=True, kw_only=True):
    """Ask a reviewer nothing for the time being."""

    person_id: str
    paused_from: date
    reason: PauseReason


class ResumeReviewer(Command, frozen=True, kw_only=True):
    """Let a paused reviewer be asked again; who asked for the pause may end it, and the agency any."""

    person_id: str
    resumed_from: date
    asked_by: PauseReason


class DeclareInterest(Command, frozen=True, kw_only=True):
    """Declare a tie to a provider, or to one course of it; `declared_on` is the day of asking."""

    person_id: str
    interest_id: str
    provider_id: str
    category: ConflictCode
    since: date
    declared_on: date
    course_id: str | None = None
    until: date | None = None
    detail: str | None = None


class EndInterest(Command, frozen=True, kw_only=True):
    """Say when a declared tie ended."""

    person_id: str
    interest_id: str
    ended_on: date
