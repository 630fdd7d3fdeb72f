from __future__ import annotations

import hashlib
import os
import smtplib
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from qa_platform.cli.people.erasure import destroy_keys
from qa_platform.kernel.roles import Role
from qa_platform.ledger.lease import LeaseLost
from qa_platform.notices.commands import ReleaseNotice
from qa_platform.notices.events import Fact
from qa_platform.notices.jobs import MailRefused, clear_deliveries, deliver
from qa_platform.notices.read_model import deliveries
from qa_platform.people.commands import GrantRole, RegisterPerson, WithdrawRole
from tests.notices.desk import HOME, OFFICER, Desk
from tests.notices.factories import CLOSED, TITLES, SetPreferencesFactory

PLAYER = "0193fac0-0000-7000-8000-000000000f09"


def wish(desk: Desk, **fields) -> None:
    desk.ledger.execute(SetPreferencesFactory(person_id=OFFICER, **fields), actor="system:tests")


def body(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def test_what_is_urgent_is_mailed_alone_and_at_once(desk):
    notice = desk.tell()

    assert desk.deliver() == 1
    assert desk.deliver() == 0

    (mail,) = desk.mails()
    assert mail["To"] == "Aminah binti Salleh <aminah@example.org>"
    assert mail["Subject"] == "“Bread” came back to be completed by 8 December 2026"
    assert mail["Message-ID"] == f"<{notice}@agency.example>"
    assert (mail["Auto-Submitted"], mail["Content-Language"]) == ("auto-generated", "en")
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert body(mail).startswith("Dear Aminah binti Salleh,")
    assert "lodge it again by 8 December 2026" in body(mail).replace("\n", " ")


def test_what_was_told_can_be_proven_by_its_digest(desk):
    notice = desk.tell()
    desk.deliver()

    (file,) = desk.files()
    row = desk.notice(notice)
    assert row.mail_digest == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (row.mail_id, row.mail_language, row.wording) == (notice, "en", 1)


def test_a_mail_is_in_the_readers_language(desk):
    wish(desk, language="ms")
    desk.tell()
    desk.deliver()

    (mail,) = desk.mails()
    assert mail["Subject"].startswith("“Roti” dikembalikan")
    assert mail["Content-Language"] == "ms"


def test_who_dies_between_sending_and_recording_sends_the_same_mail_again(desk):
    desk.tell()
    desk.deliver()
    (file,) = desk.files()
    first = file.read_bytes()
    desk.forget_recording()
    desk.later(hours=3)

    assert desk.deliver() == 1

    assert [one.read_bytes() for one in desk.files()] == [first]


def test_a_mail_that_was_read_does_not_come_back_as_new(desk):
    desk.tell()
    desk.deliver()
    (file,) = desk.files()
    os.replace(file, desk.folder / "cur" / f"{file.name}:2,S")  # noqa: PTH105 -- as mail programs do
    desk.forget_recording()

    desk.deliver()

    assert desk.files() == []


def test_what_can_wait_is_gathered_into_one_mail_at_the_hour_of_a_working_day(desk):
    desk.at(datetime(2026, 11, 27, 2, 0, tzinfo=UTC))  # a Friday, at ten
    notices = [desk.tell("submission_received", f"event-{number}", facts=TITLES) for number in range(3)]
    assert desk.deliver() == 0
    desk.at(datetime(2026, 11, 29, 23, 59, tzinfo=UTC))
    assert desk.deliver() == 0

    desk.at(datetime(2026, 11, 30, 0, 0, tzinfo=UTC))  # Monday at eight
    assert desk.deliver() == 1

    (mail,) = desk.mails()
    assert mail["Subject"] == "3 notices"
    assert body(mail).count("“Bread” was received") == 3
    assert len({desk.notice(one).mail_id for one in notices}) == 1


def test_a_digest_that_has_gone_takes_nothing_in_any_more(desk):
    desk.tell("submission_received", "early", facts=TITLES)
    desk.deliver()
    desk.at(datetime(2026, 11, 25, 0, 0, tzinfo=UTC) - timedelta(seconds=1))
    late = desk.tell("submission_received", "late", facts=TITLES)
    desk.at(datetime(2026, 11, 25, 0, 0, tzinfo=UTC))
    with desk.ledger.reading():
        assert desk.deliver() in {1, 2}
    desk.later(seconds=5)
    desk.deliver()

    ids = [mail["Message-ID"] for mail in desk.mails()]
    assert len(ids) == len(set(ids))
    assert desk.notice(late).mailed_at is not None


def test_who_wants_each_at_once_gets_each_at_once(desk):
    wish(desk, language="en", mailing="at_once")
    desk.tell("submission_received", facts=TITLES)

    assert desk.deliver() == 1


def test_what_somebody_left_out_of_his_mail_stays_in_the_inbox(desk):
    wish(desk, unsubscribed=("submission_received",))
    notice = desk.tell("submission_received", facts=TITLES)
    desk.later(days=3)

    assert desk.deliver() == 0
    assert desk.states() == {notice: "left"}


def test_nothing_is_sent_that_waits_for_its_release(desk):
    notice = desk.tell("submission_closed", facts=CLOSED)
    assert desk.deliver() == 0
    assert desk.states() == {}

    desk.ledger.execute(ReleaseNotice(notice_id=notice), actor="system:tests")

    assert desk.deliver() == 1


def test_who_was_erased_between_plan_and_mail_gets_nothing(desk):
    notice = desk.tell("submission_received", facts=TITLES)
    desk.deliver()
    destroy_keys(desk.ledger, OFFICER, legal_basis="retention_ended", reason="long ago")
    desk.later(days=3)

    assert desk.deliver() == 0
    assert desk.files() == []
    assert desk.states() == {notice: "left"}


def test_who_left_the_provider_is_not_mailed_what_was_for_its_officer(desk):
    notice = desk.tell("submission_received", facts=TITLES)
    desk.deliver()
    desk.ledger.execute(
        WithdrawRole(
            person_id=OFFICER, role=Role.PROVIDER_OFFICER, provider_id=HOME, reason="term_ended", asked_by="somebody"
        ),
        actor="system:tests",
    )
    desk.later(days=3)

    assert desk.deliver() == 0
    assert desk.states() == {notice: "left"}


def test_people_of_a_simulation_get_no_mail_unless_it_is_asked_for(desk):
    desk.ledger.execute_together(
        [
            RegisterPerson(person_id=PLAYER, name="A. Player", email="player@example.org", simulated=True),
            GrantRole(person_id=PLAYER, role=Role.PROVIDER_OFFICER, provider_id=HOME),
        ],
        actor="system:tests",
    )
    desk.tell(cause="first", person_id=PLAYER)
    assert desk.deliver() == 0
    desk.tell(cause="second", person_id=PLAYER)

    assert desk.deliver(to_simulated=True) == 1


class Failing:
    """A post that fails so often, and takes mails from then on."""

    def __init__(self, failure: Exception, times: int) -> None:
        self.failure, self.times, self.taken = failure, times, []

    @contextmanager
    def opened(self):
        yield self

    def send(self, mail) -> None:
        if self.times:
            self.times -= 1
            raise self.failure
        self.taken.append(mail)


@pytest.mark.parametrize("failure", [ConnectionRefusedError("aminah@example.org"), smtplib.SMTPServerDisconnected("x")])
def test_what_a_server_does_not_take_is_tried_again_later_and_later(desk, failure, caplog):
    post = Failing(failure, times=3)
    notice = desk.tell()

    for pause in (0, 1, 5, 15):
        desk.later(minutes=pause, seconds=-1 if pause else 0)
        assert desk.deliver(post=post) == 0
        if pause:
            desk.later(seconds=1)
            left = desk.deliver(post=post)

    assert left == 1
    assert [mail.mail_id for mail in post.taken] == [notice]
    assert "aminah@example.org" not in caplog.text
    with desk.ledger.reading() as connection:
        assert "aminah" not in str(connection.execute(sa.text("SELECT * FROM operations.deliveries")).all())


def test_what_is_refused_for_good_or_for_days_is_given_up(desk):
    refused, never = Failing(MailRefused(), times=1), Failing(OSError(), times=1000)
    first = desk.tell(cause="first")
    assert desk.deliver(post=refused) == 0
    assert desk.states() == {first: "failed"}

    second = desk.tell(cause="second")
    for _ in range(12):
        desk.deliver(post=never)
        desk.later(hours=16)

    assert desk.states() == {first: "failed", second: "failed"}


def test_what_was_given_up_is_listed_without_a_name_and_sent_again_when_asked(desk):
    first = desk.tell(cause="first")
    desk.deliver(post=Failing(MailRefused(), times=1))
    second = desk.tell(cause="second")
    desk.deliver(post=Failing(OSError("aminah@example.org"), times=1))

    with desk.ledger.engine.begin() as connection:
        found = deliveries.troubled_mails(connection)
        assert [(one.mail_id, one.state, one.attempts, one.failure) for one in found] == [
            (first, "failed", 0, "MailRefused"),
            (second, "planned", 1, "OSError"),
        ]
        assert "aminah" not in str(found)
        assert deliveries.send_again(connection, desk.clock.now, "nothing") == []
        assert deliveries.send_again(connection, desk.clock.now) == [first]
        assert deliveries.send_again(connection, desk.clock.now) == []

    assert desk.deliver() == 1
    assert desk.states()[first] == "sent"
    assert desk.notice(first).mailed_at is not None


def test_an_address_that_is_none_holds_up_nobody_else(desk):
    desk.ledger.execute_together(
        [
            RegisterPerson(person_id=PLAYER, name="X", email="not an address\n"),
            GrantRole(person_id=PLAYER, role=Role.PROVIDER_OFFICER, provider_id=HOME),
        ],
        actor="system:tests",
    )
    broken, fine = desk.tell(person_id=PLAYER), desk.tell()

    assert desk.deliver() == 1
    assert desk.states() == {broken: "left", fine: "sent"}


def test_who_lost_the_lease_sends_nothing(desk):
    desk.tell()

    def lost(_connection):
        raise LeaseLost("in other hands")

    with pytest.raises(LeaseLost):
        deliver(desk.ledger, desk.mailing, lost)
    assert desk.files() == []


def test_plans_that_were_carried_out_long_ago_are_forgotten_and_nothing_is_sent_again(desk):
    desk.tell()
    desk.deliver()
    desk.later(days=91)

    clear_deliveries(desk.ledger, lambda _connection: None)

    assert desk.states() == {}
    assert desk.deliver() == 0


def test_a_mail_reaches_a_server_with_the_bytes_that_are_recorded(desk):
    from qa_platform.notices.jobs import SmtpPost  # noqa: PLC0415 -- as above
    from tests.notices.jobs.mail_server import mail_server  # noqa: PLC0415 -- this test alone needs one

    notice = desk.tell()
    with mail_server() as server:
        post = SmtpPost(host="127.0.0.1", port=server.port, sender="qa@agency.example", starttls=False)
        assert desk.deliver(post=post) == 1

    ((sender, to, data),) = server.taken
    assert (sender, to) == ("qa@agency.example", "aminah@example.org")
    assert hashlib.sha256(data).hexdigest() == desk.notice(notice).mail_digest


def remind_of(desk, count: int, due_on: date) -> None:
    facts = (*TITLES, Fact("due_on", due_on.isoformat()), Fact("duty", "query_answer"))
    for number in range(count):
        desk.tell("due_soon", f"question-{number}", facts=facts, due_on=due_on)


def test_ten_reminders_come_in_one_mail_the_next_working_morning(desk):
    remind_of(desk, 10, date(2026, 11, 25))
    desk.deliver()
    assert desk.mails() == []

    desk.at(datetime(2026, 11, 25, 0, 0, tzinfo=UTC))
    desk.deliver()
    assert len(desk.mails()) == 1


def test_a_reminder_that_would_come_after_its_day_comes_at_once(desk):
    """It is ten in the morning: the next digest goes tomorrow at eight, when today's day is over."""
    remind_of(desk, 1, date(2026, 11, 24))
    desk.deliver()

    assert len(desk.mails()) == 1


def test_what_is_overdue_by_now_waits_for_the_digest(desk):
    remind_of(desk, 1, date(2026, 11, 23))
    desk.deliver()

    assert desk.mails() == []
