"""Commands and events of notices, for what a test does not talk about."""

from __future__ import annotations

import factory

from qa_platform.kernel.roles import Role
from qa_platform.notices import commands, events

NOTICE, LETTER, PERSON = (f"0193fac0-0000-7000-8000-00000000{end}" for end in ("0e01", "0e02", "0e03"))
TITLES = (events.Fact("title_en", "Bread"), events.Fact("title_ms", "Roti"))
CLOSED = (*TITLES, events.Fact("ground", "excluded_type"))
DUE = (*TITLES, events.Fact("due_on", "2026-12-08"))


class ComposeNoticeFactory(factory.Factory):
    class Meta:
        model = commands.ComposeNotice

    notice_id = NOTICE
    letter_id = LETTER
    kind = "submission_returned"
    person_id = PERSON
    role = Role.PROVIDER_OFFICER
    provider_id = "provider-1"
    about = "case-1"
    cause_id = "event-1"
    facts = DUE


class NoticeIssuedFactory(ComposeNoticeFactory):
    class Meta:
        model = events.NoticeIssued

    wording = 1
    stage = ""
    due_on = None
    corrects = None


class NoticeDraftedFactory(NoticeIssuedFactory):
    class Meta:
        model = events.NoticeDrafted

    kind = "submission_closed"
    wording = 2
    facts = CLOSED
    releaser = Role.INTAKE_OFFICER


class NoticeReleasedFactory(factory.Factory):
    class Meta:
        model = events.NoticeReleased

    notice_id = NOTICE
    person_id = PERSON


class HoldNoticeFactory(factory.Factory):
    class Meta:
        model = commands.HoldNotice

    notice_id = NOTICE
    reason = "The ground was the wrong one."


class NoticeHeldBackFactory(factory.Factory):
    class Meta:
        model = events.NoticeHeldBack

    notice_id = NOTICE
    person_id = PERSON
    reason = "The ground was the wrong one."


class RecordMailedFactory(factory.Factory):
    class Meta:
        model = commands.RecordMailed

    notice_id = NOTICE
    mail_id = NOTICE
    language = "ms"
    digest = "ab" * 32


class NoticeMailedFactory(RecordMailedFactory):
    class Meta:
        model = events.NoticeMailed

    person_id = PERSON


class SetPreferencesFactory(factory.Factory):
    class Meta:
        model = commands.SetPreferences

    person_id = PERSON
    language = "ms"
    mailing = "digest"
    digest_hour = 9
    unsubscribed = ()


class NoticePreferencesSetFactory(SetPreferencesFactory):
    class Meta:
        model = events.NoticePreferencesSet
