"""What can have happened to a notice, and to what somebody wants of notices."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import msgspec

from qa_platform.kernel.event import Event
from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import AUDITED, Audience, Relation, Visibility, of_roles

Language = Literal["en", "ms"]
Mailing = Literal["digest", "at_once"]

NOTICE_RELEASED = "notice.released.v1"

_PEOPLE = tuple(role for role in Role if role not in (Role.PUBLIC, Role.SYSTEM))
_THE_READER: Visibility = tuple(Audience(role=role, relation=Relation.SELF) for role in _PEOPLE)
_THE_READER_ONCE_RELEASED: Visibility = tuple(
    Audience(role=role, relation=Relation.SELF, after=NOTICE_RELEASED) for role in _PEOPLE
)
# Those who read what waits, and let it go or hold it back.
_RELEASING: Visibility = of_roles(Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY, Role.REGISTER_OFFICER)


class Fact(msgspec.Struct, frozen=True):
    """Something that a notice says: a day as 2026-11-24, a title, a code; never a person."""

    name: str
    value: str


class NoticeIssued(Event, frozen=True, kw_only=True, tag="notice.issued.v1"):
    """A person was told of an event, under a role (None: it is about his own account).

    `cause_id` is the event, `stage` which of several notices about it ("" for the only one). All
    that one event tells, in one kind, is one letter. `wording` is the version of the words.
    """

    seen_by: ClassVar[Visibility] = (*AUDITED, *_THE_READER)

    notice_id: str
    letter_id: str
    kind: str
    wording: int
    person_id: str
    role: Role | None
    provider_id: str | None
    about: str | None
    cause_id: str
    stage: str
    facts: tuple[Fact, ...]
    due_on: date | None
    corrects: str | None


class NoticeDrafted(Event, frozen=True, kw_only=True, tag="notice.drafted.v1"):
    """A notice was written that waits until somebody read and released it; `releaser` is in which role."""

    seen_by: ClassVar[Visibility] = (*AUDITED, *_RELEASING, *_THE_READER_ONCE_RELEASED)

    notice_id: str
    letter_id: str
    kind: str
    wording: int
    person_id: str
    role: Role | None
    provider_id: str | None
    about: str | None
    cause_id: str
    stage: str
    facts: tuple[Fact, ...]
    due_on: date | None
    corrects: str | None
    releaser: Role


class NoticeReleased(Event, frozen=True, kw_only=True, tag=NOTICE_RELEASED):
    """A waiting notice was read by somebody of the agency and let go: from here on its person is told."""

    seen_by: ClassVar[Visibility] = (*AUDITED, *_RELEASING, *_THE_READER)

    notice_id: str
    person_id: str


class NoticeHeldBack(Event, frozen=True, kw_only=True, tag="notice.held_back.v1"):
    """A waiting notice was held back for good; its person never learns of it."""

    seen_by: ClassVar[Visibility] = (*AUDITED, *_RELEASING)

    notice_id: str
    person_id: str
    reason: str


class NoticeMailed(Event, frozen=True, kw_only=True, tag="notice.mailed.v1"):
    """A notice left by e-mail, alone or in a digest; `digest` is the SHA-256 of the mail's bytes, in hex."""

    seen_by: ClassVar[Visibility] = (*AUDITED, *_THE_READER)

    notice_id: str
    person_id: str
    mail_id: str
    language: Language
    digest: str


class NoticeRead(Event, frozen=True, kw_only=True, tag="notice.read.v1"):
    """The person marked the notice as read."""

    seen_by: ClassVar[Visibility] = (*AUDITED, *_THE_READER)

    notice_id: str
    person_id: str


class NoticePreferencesSet(Event, frozen=True, kw_only=True, tag="notice.preferences_set.v1"):
    """A person said in which language he reads, and what is mailed to him when."""

    seen_by: ClassVar[Visibility] = (*AUDITED, *_THE_READER)

    person_id: str
    language: Language
    mailing: Mailing
    digest_hour: int
    unsubscribed: tuple[str, ...]


NoticeEvent = NoticeIssued | NoticeDrafted | NoticeReleased | NoticeHeldBack | NoticeMailed | NoticeRead
PreferencesEvent = NoticePreferencesSet
