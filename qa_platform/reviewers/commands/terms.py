"""Change on what terms a reviewer can be asked, and say where he works."""

from __future__ import annotations

from datetime import date

from qa_platform.kernel.event import Command
from qa_platform.reviewers.events import Competence


class ChangeCompetences(Command, frozen=True, kw_only=True):
    """Replace what a reviewer can judge, by field and level."""

    person_id: str
    competences: tuple[Competence, ...]


class ChangeLanguages(Command, frozen=True, kw_only=True):
    """Replace the languages in which a reviewer can read a course."""

    person_id: str
    languages: tuple[str, ...]


class DeclareUnavailable(Command, frozen=True, kw_only=True):
    """Say from which to which day a reviewer cannot be asked."""

    person_id: str
    period_id: str
    first_day: date
    last_day: date


class WithdrawUnavailability(Command, frozen=True, kw_only=True):
    """Take back a declared absence."""

    person_id: str
    period_id: str


class ChangeCap(Command, frozen=True, kw_only=True):
    """Say how many open cases a reviewer has at most."""

    person_id: str
    open_cases: int


class RecordPost(Command, frozen=True, kw_only=True):
    """Record where a reviewer works or worked; `on` is the day of asking."""

    person_id: str
    post_id: str
    provider_id: str
    since: date
    on: date
    until: date | None = None


class EndPost(Command, frozen=True, kw_only=True):
    """Say when a reviewer stopped working for a provider."""

    person_id: str
    post_id: str
    ended_on: date
