"""What one may ask of a notice, and of what somebody wants of notices."""

from __future__ import annotations

from datetime import date

from qa_platform.kernel.event import Command
from qa_platform.kernel.roles import Role
from qa_platform.notices.events import Fact, Language, Mailing


class ComposeNotice(Command, frozen=True, kw_only=True):
    """Tell a person of an event; whether it waits to be released its kind says.

    `releaser` names another role to release it than the kind's own.
    """

    notice_id: str
    letter_id: str
    kind: str
    person_id: str
    cause_id: str
    role: Role | None = None
    provider_id: str | None = None
    about: str | None = None
    stage: str = ""
    facts: tuple[Fact, ...] = ()
    due_on: date | None = None
    corrects: str | None = None
    releaser: Role | None = None


class ReleaseNotice(Command, frozen=True, kw_only=True):
    """Let a waiting notice go."""

    notice_id: str


class HoldNotice(Command, frozen=True, kw_only=True):
    """Hold a waiting notice back for good."""

    notice_id: str
    reason: str


class RecordMailed(Command, frozen=True, kw_only=True):
    """Record that a notice left by e-mail."""

    notice_id: str
    mail_id: str
    language: Language
    digest: str


class ReadNotice(Command, frozen=True, kw_only=True):
    """Mark a notice as read by its person."""

    notice_id: str


NoticeCommand = ComposeNotice | ReleaseNotice | HoldNotice | RecordMailed | ReadNotice


class SetPreferences(Command, frozen=True, kw_only=True):
    """Say in which language a person reads, and what is mailed to him when."""

    person_id: str
    language: Language
    mailing: Mailing
    digest_hour: int
    unsubscribed: tuple[str, ...] = ()


PreferencesCommand = SetPreferences
