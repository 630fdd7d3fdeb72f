from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from qa_platform.kernel.calendar import Calendar
from qa_platform.kernel.roles import Role
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.rebuild import rebuild
from qa_platform.ledger.sequencer import drain
from qa_platform.notices.jobs import Reminding, remind
from qa_platform.notices.jobs.reminding import stage_of
from qa_platform.notices.read_model import DUTIES, NOTICE_PREFERENCES, NOTICE_READERS, NOTICES, Open, duties_due
from qa_platform.people.commands import GrantRole, RegisterPerson
from tests.notices.desk import OFFICER
from tests.notices.factories import SetPreferencesFactory
from tests.notices.jobs.conftest import KUALA_LUMPUR
from tests.submissions import factories as f
from tests.submissions.lodging import lodge
from tests.whole import whole_ledger

DUE = f.ReturnSubmissionFactory().due_on  # 8 December 2026, a Tuesday
REMINDING = Reminding(before=(3, 1), after=(1,), calendar=Calendar(), zone=KUALA_LUMPUR)
RETURNED = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def duty(**fields) -> Open:
    given = {"duty": "answer_to_return", "due_on": DUE, "opened_by": "event-1", "opened_at": RETURNED}
    return Open(**(given | fields))


def stages(one: Open, days: int = 25, **differently) -> dict[str, str]:
    """Return on which days which stage is reached, where it changes."""
    reminding = msgspec.structs.replace(REMINDING, **differently)
    found: dict[str, str] = {}
    for number in range(days):
        day = RETURNED.date() + timedelta(days=number)
        stage = stage_of(one, reminding, day)
        name = "" if stage is None else stage.name
        if name != (list(found.values()) or [""])[-1]:
            found[day.isoformat()] = name
    return found


def test_people_are_reminded_three_working_days_before_one_before_and_one_after():
    """The 3rd is a Thursday, three working days before Tuesday the 8th."""
    assert stages(duty()) == {
        "2026-12-03": "before-3",
        "2026-12-07": "before-1",
        "2026-12-09": "after-1",
    }


def test_due_today_is_not_overdue_and_the_day_after_nobody_is_told_that_it_is_due_soon():
    later = Reminding(before=(3, 1), after=(2,), calendar=Calendar(), zone=KUALA_LUMPUR)

    assert stage_of(duty(), REMINDING, DUE).name == "before-1"
    assert stage_of(duty(), later, DUE + timedelta(days=1)) is None
    assert stage_of(duty(), later, DUE + timedelta(days=2)).name == "after-2"


def test_holidays_are_no_working_days():
    closed = Calendar(closed=frozenset({date(2026, 12, 7)}))

    assert stages(duty(), calendar=closed) == {
        "2026-12-02": "before-3",
        "2026-12-04": "before-1",
        "2026-12-09": "after-1",
    }


def test_whoever_was_given_two_days_is_not_told_at_once_that_there_are_two():
    short = duty(opened_at=datetime(2026, 12, 4, 2, 0, tzinfo=UTC))

    assert stages(short) == {"2026-12-07": "before-1", "2026-12-09": "after-1"}


def test_without_days_nobody_is_reminded():
    assert stages(duty(), before=(), after=()) == {}


@pytest.fixture
def returned(database):
    """Return a submission to a provider with two officers, and give the ledger."""
    with whole_ledger(database, clock=lambda: RETURNED) as ledger:
        lodge(ledger)
        for number, role in enumerate((Role.PROVIDER_OFFICER, Role.ACCOUNTABLE_OFFICER)):
            person = OFFICER[:-1] + str(number)
            ledger.execute_together(
                [
                    RegisterPerson(person_id=person, name="Aminah", email="aminah@example.org"),
                    GrantRole(person_id=person, role=role, provider_id=f.PROVIDER),
                ],
                actor="system:tests",
            )
        ledger.execute(f.ReturnSubmissionFactory(), actor="intake_officer:somebody")
        yield ledger


def reminded(ledger: Ledger, on: date) -> int:
    return remind(ledger, REMINDING, on, lambda _connection: None)


def told(ledger: Ledger) -> list[str]:
    with ledger.reading() as connection:
        rows = NOTICES.rows(connection, NOTICES.table.select().order_by(NOTICES.table.c.stage))
    return [f"{row.stage}: {row.kind}" for row in rows]


def test_a_job_that_runs_twice_reminds_each_officer_once(returned):
    assert reminded(returned, date(2026, 12, 2)) == 0
    assert reminded(returned, date(2026, 12, 3)) == 2
    assert reminded(returned, date(2026, 12, 3)) == 0
    assert reminded(returned, date(2026, 12, 4)) == 0
    assert reminded(returned, date(2026, 12, 7)) == 2


def test_a_job_that_runs_late_tells_the_last_stage_alone(returned):
    assert reminded(returned, date(2026, 12, 8)) == 2

    assert told(returned) == ["answer_to_return/before-1: due_soon"] * 2


def test_a_job_on_two_workers_at_once_reminds_once(returned):
    threads = [threading.Thread(target=reminded, args=(returned, date(2026, 12, 7))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert told(returned) == ["answer_to_return/before-1: due_soon"] * 2


def test_what_was_lodged_again_is_due_no_more(returned):
    returned.execute(f.LodgeSubmissionFactory(on=date(2026, 12, 1)), actor="accountable_officer:somebody")

    assert reminded(returned, date(2026, 12, 7)) == 0
    with returned.reading() as connection:
        assert duties_due(connection, date(2099, 1, 1)) == []


def test_after_an_extension_people_are_reminded_of_the_new_day(returned):
    reminded(returned, date(2026, 12, 7))
    returned.execute(f.ExtendReturnFactory(), actor="intake_officer:somebody")

    assert reminded(returned, date(2026, 12, 8)) == 0
    assert reminded(returned, date(2026, 12, 21)) == 2


def test_a_reminder_says_what_is_due_until_when_and_which_event_set_the_day(returned):
    reminded(returned, date(2026, 12, 7))
    event = returned.read_stream(f"submission-{f.SUBMISSION}")[-1]

    with returned.reading() as connection:
        row = NOTICES.rows(connection, NOTICES.table.select())[0]
    assert (row.cause_id, row.about, row.due_on) == (event.id, f.SUBMISSION, DUE)
    assert {fact.name: fact.value for fact in row.facts}["due_on"] == DUE.isoformat()


def test_a_rebuilt_read_model_equals_the_kept_one(returned):
    returned.execute(SetPreferencesFactory(), actor="system:tests")
    reminded(returned, date(2026, 12, 7))
    drain(returned.engine)

    for projection in (DUTIES, NOTICES, NOTICE_READERS, NOTICE_PREFERENCES):
        with returned.reading() as connection:
            assert projection.rows(connection, projection.table.select()), projection.name
        assert rebuild(returned, projection, check=True).differences == (), projection.name
