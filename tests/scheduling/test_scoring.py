"""Reminders of a review that is not locked: on the fifth and eighth working day from the gate, each once."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from qa_platform.kernel.roles import Role
from qa_platform.notices.read_model import NOTICES, words_of
from qa_platform.reviews.read_model import REVIEWS, Agenda, Timing, reminder_by
from qa_platform.scheduling.scoring import remind_to_score
from tests.processes.casework import FIRST, SECOND, Agency
from tests.reviews.factories import AskQuestionFactory, DeclineReviewFactory, ForwardQuestionFactory
from tests.usual import DEADLINES
from tests.whole import whole_ledger

CASE = "submission-1"
MONDAY = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)
FIFTH, EIGHTH, LAST = (DEADLINES.calendar.after(MONDAY.date(), days) for days in (5, 8, 10))
OWED = Timing(lateness="scoring", due_on=LAST, reminders=(FIFTH, EIGHTH), stopped=False)


@pytest.fixture
def office(database):
    """Give an agency on a Monday, with a review that is past the gate, and one that is not."""
    with whole_ledger(database, lambda: MONDAY) as ledger:
        agency = Agency(ledger)
        agency.publish()
        agency.appoint(Role.REVIEWER, FIRST, SECOND)
        agency.accept(CASE)
        agency.seat(CASE, SECOND, 2)
        agency.declare(CASE, agency.seat(CASE, FIRST, 1), FIRST)
        yield agency


def reminded(office, on: date) -> int:
    agenda = Agenda(on=on, zone=ZoneInfo("Asia/Kuala_Lumpur"), deadlines=DEADLINES)
    return remind_to_score(office.ledger, agenda, lambda _connection: None)


def notices(office) -> list:
    with office.ledger.reading() as connection:
        return NOTICES.rows(connection, NOTICES.table.select().order_by(NOTICES.table.c.stage))


def test_the_reminders_that_have_come_are_counted_and_none_after_the_last_day():
    before, after = DEADLINES.calendar.after(FIFTH, -1), DEADLINES.calendar.after(LAST, 1)

    assert [reminder_by(OWED, day) for day in (before, FIFTH, EIGHTH, LAST, after)] == [0, 1, 2, 2, 0]


def test_whose_clock_stands_still_is_not_reminded():
    stopped = Timing(lateness="scoring", due_on=LAST, reminders=(FIFTH, EIGHTH), stopped=True)

    assert reminder_by(stopped, EIGHTH) == 0


def test_who_is_past_the_gate_is_reminded_on_both_days_once_and_without_a_title(office):
    assert [reminded(office, on) for on in (MONDAY.date(), FIFTH, FIFTH, EIGHTH, EIGHTH, LAST)] == [0, 1, 0, 1, 0, 0]

    told = notices(office)
    assert [(row.person_id, row.stage, row.due_on) for row in told] == [
        (FIRST, "scoring/1", LAST),
        (FIRST, "scoring/2", LAST),
    ]
    assert {fact.name for row in told for fact in row.facts} == {"due_on"}
    assert {words_of(row, "en").subject for row in told} == {f"Your review is due by {LAST:%-d %B %Y}"}


def test_a_job_that_runs_late_and_on_two_workers_at_once_reminds_once(office):
    threads = [threading.Thread(target=reminded, args=(office, LAST)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [row.stage for row in notices(office)] == ["scoring/2"]


def test_while_the_provider_is_asked_nobody_is_reminded_and_the_days_move(office):
    with office.ledger.reading() as connection:
        (review_id,) = connection.scalars(
            sa.select(REVIEWS.table.c.review_id).where(REVIEWS.table.c.reviewer_id == FIRST)
        )
    office.ask(AskQuestionFactory(review_id=review_id, reviewer_id=FIRST))
    office.ask(ForwardQuestionFactory(on=MONDAY.date(), due_on=DEADLINES.answer_to_query(MONDAY.date())))

    assert reminded(office, DEADLINES.calendar.after(MONDAY.date(), 3)) == 0
    assert reminded(office, FIFTH) == 0
    office.ask(DeclineReviewFactory(review_id=review_id, reviewer_id=FIRST))
    assert reminded(office, LAST) == 0
