"""What is found late, by the clock: on the right day, and once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from qa_platform.kernel.roles import Role
from qa_platform.ledger.lease import Lease, LeaseLost
from qa_platform.reviewers.commands import DeclareUnavailable, WithdrawUnavailability
from qa_platform.reviews.jobs import close_unanswered, mark_late
from qa_platform.reviews.read_model import QUERIES, REVIEWS, Agenda, timings
from tests.processes.casework import FIRST, Agency
from tests.reviewers.factories import RegisterReviewerFactory
from tests.reviews.factories import AnswerQueryFactory, AskQuestionFactory, ForwardQuestionFactory
from tests.usual import DEADLINES
from tests.whole import whole_ledger

ZONE = ZoneInfo("Asia/Kuala_Lumpur")
MONDAY = date(2027, 3, 1)


class Clock:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.day = MONDAY

    def __call__(self) -> datetime:
        return datetime.combine(self.day, datetime.min.time(), UTC) + timedelta(hours=2)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(database, clock):
    """Give an agency whose clock the test sets, with a case that has a panel."""
    with whole_ledger(database, clock) as ledger:
        agency = Agency(ledger)
        agency.publish()
        agency.appoint(Role.REVIEWER, FIRST)
        agency.accept()
        yield agency


def agenda(on: date) -> Agenda:
    return Agenda(on=on, zone=ZONE, deadlines=DEADLINES)


def leader(agency) -> Lease:
    lease = Lease(agency.ledger.engine, "jobs", "me")
    lease.acquire()
    return lease


def late(agency, on: date) -> int:
    return mark_late(agency.ledger, agenda(on), leader(agency).check)


def timing(agency, on: date):
    with agency.ledger.reading() as connection:
        (row,) = REVIEWS.rows(connection, REVIEWS.table.select())
        return timings(connection, [row], agenda(on))[row.review_id]


def march(day: int) -> date:
    return date(2027, 3, day)


def test_an_invitation_is_late_on_the_third_working_day_and_once(office):
    review = office.seat("submission-1", FIRST, 1)

    assert timing(office, march(1)).due_on == march(3)
    assert late(office, march(3)) == 0
    assert late(office, march(4)) == 1
    assert late(office, march(5)) == 0
    last = office.ledger.read_stream(f"review-{review}")[-1]
    assert (last.event.lateness, last.event.due_on, last.actor) == ("invitation", march(3), "system:deadlines")


def test_scoring_is_late_on_the_eleventh_working_day(office):
    office.declare("submission-1", office.seat("submission-1", FIRST, 1), FIRST)

    owed = timing(office, MONDAY)
    assert [DEADLINES.calendar.between(MONDAY, day) for day in (*owed.reminders, owed.due_on)] == [5, 8, 10]
    assert late(office, owed.due_on) == 0
    assert late(office, owed.due_on + timedelta(days=1)) == 1


def ask(office, forwarded_on: date) -> None:
    (review,) = [one for one in rows(office, REVIEWS) if one.status == "cleared"]
    due_on = DEADLINES.answer_to_query(forwarded_on)
    office.ask(AskQuestionFactory(review_id=review.review_id, reviewer_id=FIRST))
    office.ask(ForwardQuestionFactory(on=forwarded_on, due_on=due_on))


def rows(office, projection) -> list:
    with office.ledger.reading() as connection:
        return projection.rows(connection, projection.table.select())


def test_a_question_moves_the_day_by_as_long_as_it_waited_for_its_answer(office):
    office.declare("submission-1", office.seat("submission-1", FIRST, 1), FIRST)
    before = timing(office, MONDAY).due_on
    ask(office, march(2))

    assert timing(office, march(4)).stopped
    assert timing(office, march(4)).due_on == DEADLINES.calendar.after(before, 2)
    office.ask(AnswerQueryFactory(on=march(5)))

    owed = timing(office, march(8))
    assert not owed.stopped
    assert owed.due_on == DEADLINES.calendar.after(before, 3)
    assert DEADLINES.calendar.between(march(1), owed.reminders[0]) == 8


def test_what_nobody_answers_is_closed_after_its_day_and_stops_the_clock_no_longer(office):
    office.declare("submission-1", office.seat("submission-1", FIRST, 1), FIRST)
    before = timing(office, MONDAY).due_on
    ask(office, march(2))
    (query,) = rows(office, QUERIES)
    check = leader(office).check

    assert close_unanswered(office.ledger, agenda(query.due_on), check) == 0
    # Late itself, by a week: that is nobody's gain.
    assert close_unanswered(office.ledger, agenda(query.due_on + timedelta(days=7)), check) == 1
    assert close_unanswered(office.ledger, agenda(query.due_on + timedelta(days=8)), check) == 0

    assert [one.status for one in rows(office, QUERIES)] == ["unanswered"]
    assert timing(office, march(30)).due_on == DEADLINES.calendar.after(before, 5)


def test_days_on_which_a_reviewer_is_away_are_not_held_against_him(office):
    office.ask(RegisterReviewerFactory(person_id=FIRST))
    office.declare("submission-1", office.seat("submission-1", FIRST, 1), FIRST)
    before = timing(office, MONDAY).due_on

    away = DeclareUnavailable(person_id=FIRST, period_id="leave", first_day=march(2), last_day=march(3))
    office.ask(away)
    assert timing(office, march(5)).due_on == DEADLINES.calendar.after(before, 2)

    office.ask(WithdrawUnavailability(person_id=FIRST, period_id="leave"))
    assert timing(office, march(5)).due_on == before


def test_a_job_whose_lease_is_in_other_hands_marks_and_closes_nothing(office):
    office.declare("submission-1", office.seat("submission-1", FIRST, 1), FIRST)
    ask(office, march(2))
    lease = leader(office)
    lease.release()
    assert Lease(office.ledger.engine, "jobs", "other").acquire()

    with pytest.raises(LeaseLost):
        close_unanswered(office.ledger, agenda(march(20)), lease.check)
    assert [one.status for one in rows(office, QUERIES)] == ["open"]


def test_an_agency_with_other_terms_keeps_them(office):
    office.declare("submission-1", office.seat("submission-1", FIRST, 1), FIRST)
    shorter = replace(DEADLINES, scoring_working_days=3, reminder_working_days=(1, 5))
    with office.ledger.reading() as connection:
        (row,) = REVIEWS.rows(connection, REVIEWS.table.select())
        owed = timings(connection, [row], replace(agenda(MONDAY), deadlines=shorter))[row.review_id]

    assert (owed.due_on, owed.reminders) == (march(4), (march(2),))
