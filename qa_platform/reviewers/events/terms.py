"""On what terms a reviewer can be asked: what he can judge, in which languages, when, how much, and where he works."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from qa_platform.kernel.event import Event
from qa_platform.kernel.visibility import Visibility
from qa_platform.reviewers.events.lifecycle import Competence
from qa_platform.reviewers.events.sight import REVIEWERS


class ReviewerCompetencesChanged(Event, frozen=True, kw_only=True, tag="reviewer.competences_changed.v1"):
    """What a reviewer can judge, by field and level, as it stands after a change: all of it."""

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    competences: tuple[Competence, ...]


class ReviewerLanguagesChanged(Event, frozen=True, kw_only=True, tag="reviewer.languages_changed.v1"):
    """In which languages a reviewer can read a course, as it stands after a change (ISO 639)."""

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    languages: tuple[str, ...]


class ReviewerUnavailabilityDeclared(Event, frozen=True, kw_only=True, tag="reviewer.unavailability_declared.v1"):
    """A reviewer cannot be asked from one day to another, both included."""

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    period_id: str
    first_day: date
    last_day: date


class ReviewerUnavailabilityWithdrawn(Event, frozen=True, kw_only=True, tag="reviewer.unavailability_withdrawn.v1"):
    """A declared absence does not hold any more."""

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    period_id: str


class ReviewerCapChanged(Event, frozen=True, kw_only=True, tag="reviewer.cap_changed.v1"):
    """How many open cases a reviewer has at most."""

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    open_cases: int


class ReviewerPostRecorded(Event, frozen=True, kw_only=True, tag="reviewer.post_recorded.v1"):
    """A reviewer works, or worked, for a provider; `until` is None while it lasts."""

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    post_id: str
    provider_id: str
    since: date
    until: date | None


class ReviewerPostEnded(Event, frozen=True, kw_only=True, tag="reviewer.post_ended.v1"):
    """A reviewer stopped working for a provider."""

    seen_by: ClassVar[Visibility] = REVIEWERS

    person_id: str
    post_id: str
    ended_on: date
