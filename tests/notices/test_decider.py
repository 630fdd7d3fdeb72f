from __future__ import annotations

import pytest

from qa_platform.kernel.personal_data import PersonalDataInText
from qa_platform.kernel.roles import Role
from qa_platform.notices.commands import ReadNotice, ReleaseNotice
from qa_platform.notices.decider import (
    digest_id_of,
    letter_id_of,
    notice_decider,
    notice_id_of,
    preferences_decider,
)
from qa_platform.notices.decider.refusals import (
    DigestHourImpossible,
    KindRequired,
    KindUnknown,
    NoticeNotWaiting,
    NoticeUnknown,
    NoticeWaits,
)
from qa_platform.notices.events import Fact, NoticeRead
from tests.notices import factories as f
from tests.specification import Specification

notice = Specification(notice_decider)
preferences = Specification(preferences_decider)
told = notice.given(f.NoticeIssuedFactory())
waiting = notice.given(f.NoticeDraftedFactory())
held = waiting.given(f.NoticeHeldBackFactory())
read = NoticeRead(notice_id=f.NOTICE, person_id=f.PERSON)


def test_an_ordinary_notice_is_told_at_once():
    notice.when(f.ComposeNoticeFactory()).then(f.NoticeIssuedFactory())


def test_a_refusal_waits_until_somebody_has_read_it():
    command = f.ComposeNoticeFactory(kind="submission_closed", facts=f.CLOSED)

    notice.when(command).then(f.NoticeDraftedFactory())


def test_whoever_undoes_a_step_says_which_role_reads_the_correction_first():
    command = f.ComposeNoticeFactory(kind="correction", releaser=Role.REGISTER_OFFICER)

    notice.when(command).then(
        f.NoticeDraftedFactory(kind="correction", wording=1, facts=f.DUE, releaser=Role.REGISTER_OFFICER)
    )


@pytest.mark.parametrize("before", [told, waiting, held])
def test_what_was_composed_once_is_not_composed_again_whatever_became_of_it(before):
    before.when(f.ComposeNoticeFactory()).then_nothing()
    before.when(f.ComposeNoticeFactory(kind="submission_closed", facts=())).then_nothing()


def test_a_kind_that_nobody_knows_is_refused():
    notice.when(f.ComposeNoticeFactory(kind="rumour")).then_rejected(KindUnknown, match="“rumour”")


def test_a_correction_holds_no_personal_data():
    facts = (Fact("reason", "Ask ali@example.org."),)

    notice.when(f.ComposeNoticeFactory(kind="correction", facts=facts)).then_rejected(PersonalDataInText)
    waiting.when(f.HoldNoticeFactory(reason="Ask ali@example.org.")).then_rejected(PersonalDataInText, at=["reason"])


def test_a_waiting_notice_is_released_once():
    waiting.when(ReleaseNotice(notice_id=f.NOTICE)).then(f.NoticeReleasedFactory())
    waiting.given(f.NoticeReleasedFactory()).when(ReleaseNotice(notice_id=f.NOTICE)).then_nothing()
    told.when(ReleaseNotice(notice_id=f.NOTICE)).then_nothing()


def test_a_waiting_notice_is_held_back_for_good():
    waiting.when(f.HoldNoticeFactory()).then(f.NoticeHeldBackFactory())
    held.when(f.HoldNoticeFactory(reason="Once more.")).then_nothing()
    held.when(ReleaseNotice(notice_id=f.NOTICE)).then_rejected(NoticeNotWaiting, match="stays so")


def test_what_has_gone_is_not_held_back():
    told.when(f.HoldNoticeFactory()).then_rejected(NoticeNotWaiting, match="It has gone out|it has gone out")


@pytest.mark.parametrize("before", [waiting, held])
@pytest.mark.parametrize("command", [f.RecordMailedFactory(), ReadNotice(notice_id=f.NOTICE)])
def test_nothing_is_sent_or_read_before_its_release(before, command):
    before.when(command).then_rejected(NoticeWaits)


def test_a_notice_is_mailed_and_read_once_each():
    told.when(f.RecordMailedFactory()).then(f.NoticeMailedFactory())
    told.given(f.NoticeMailedFactory()).when(f.RecordMailedFactory(mail_id="another")).then_nothing()
    told.when(ReadNotice(notice_id=f.NOTICE)).then(read)
    told.given(read).when(ReadNotice(notice_id=f.NOTICE)).then_nothing()


@pytest.mark.parametrize(
    "command",
    [ReleaseNotice(notice_id=f.NOTICE), ReadNotice(notice_id=f.NOTICE), f.HoldNoticeFactory(), f.RecordMailedFactory()],
)
def test_what_was_never_composed_is_unknown(command):
    notice.when(command).then_rejected(NoticeUnknown, match=f.NOTICE)


def test_ids_follow_from_what_caused_them_and_from_nothing_else():
    ids = {
        notice_id_of("e1", "due_soon", "p1"),
        notice_id_of("e1", "due_soon", "p2"),
        notice_id_of("e1", "due_soon", "p1", "before-3"),
        notice_id_of("e2", "due_soon", "p1"),
        letter_id_of("e1", "due_soon"),
        digest_id_of("p1", "e1"),
    }

    assert len(ids) == 6
    assert notice_id_of("e1", "due_soon", "p1") in ids
    assert all(one[14] == "5" for one in ids)


def test_ids_never_change():
    """A second delivery after years must find what the first one made."""
    assert notice_id_of("e1", "due_soon", "p1", "before-3") == "6ffd523d-db6f-5e71-8079-0b1fcb4f6efc"
    assert notice_id_of("e1", "due_soon", "p1") == "3cef0bd6-c3fc-5aa5-b1aa-829e1c8d0544"
    assert letter_id_of("e1", "due_soon") == "df425da0-5c05-51c8-911d-1ee5c2eb8b0d"
    assert digest_id_of("p1", "e1") == "b46e88c8-3ec3-5078-bab5-ef1024b5d1d3"


def test_preferences_are_set_and_set_again():
    preferences.when(f.SetPreferencesFactory()).then(f.NoticePreferencesSetFactory())
    preferences.given(f.NoticePreferencesSetFactory()).when(f.SetPreferencesFactory()).then_nothing()
    preferences.given(f.NoticePreferencesSetFactory()).when(f.SetPreferencesFactory(language="en")).then(
        f.NoticePreferencesSetFactory(language="en")
    )


def test_nobody_unsubscribes_from_what_the_law_wants_him_to_get():
    preferences.when(f.SetPreferencesFactory(unsubscribed=("decision_released",))).then_rejected(
        KindRequired, match="decision_released", at=["unsubscribed"]
    )
    preferences.when(f.SetPreferencesFactory(unsubscribed=("role_granted", "role_granted"))).then(
        f.NoticePreferencesSetFactory(unsubscribed=("role_granted",))
    )


def test_what_nobody_knows_cannot_be_unsubscribed_from():
    preferences.when(f.SetPreferencesFactory(unsubscribed=("rumour",))).then_rejected(
        KindUnknown, match="rumour", at=["unsubscribed"]
    )


@pytest.mark.parametrize("hour", [-1, 24])
def test_a_digest_comes_at_an_hour_that_a_day_has(hour):
    preferences.when(f.SetPreferencesFactory(digest_hour=hour)).then_rejected(
        DigestHourImpossible, match="0 to 23", at=["digest_hour"]
    )
