from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from qa_platform.dashboards.clock import HOLDERS, Mark, State, Terms, clock_of, spans_of
from qa_platform.kernel.calendar import Calendar
from tests.usual import DEADLINES

TERMS = Terms(
    calendar=Calendar(),
    states={State(state): days for state, days in DEADLINES.stage_working_days.items()},
    whole=DEADLINES.case_working_days,
    near_percent=DEADLINES.alarm_percent,
)
MONDAY = date(2026, 11, 2)


def day(number: int) -> date:
    """Return the day that many working days after the first Monday."""
    return TERMS.calendar.after(MONDAY, number)


def mark(what: str, number: int, subject: str = "", **more) -> Mark:
    return Mark(what=what, on=day(number), subject=subject, **more)


LODGED = (mark("drafted", 0), mark("lodged", 0))
RETURNED = (*LODGED, mark("returned", 3, due_on=day(13)))
ACCEPTED = (*RETURNED, mark("lodged", 10), mark("accepted", 12), mark("panel_opened", 12, count=2))
INVITED = (*ACCEPTED, mark("invited", 13, "r-1"), mark("invited", 13, "r-2"))
SCORING = (*INVITED, mark("cleared", 14, "r-1"), mark("cleared", 15, "r-2"))
QUERIED = (*SCORING, mark("queried", 17, "q-1", due_on=day(22)))
SETTLED = (*QUERIED, mark("query_settled", 20, "q-1"))
DECIDED = (*SETTLED, mark("scoring_closed", 27), mark("moderation_closed", 30), mark("granted", 36))
PUBLISHED = (*DECIDED, mark("released", 37), mark("entered", 38))


@pytest.mark.parametrize(
    ("marks", "state", "since"),
    [
        (LODGED, State.INTAKE_CHECK, 0),
        (RETURNED, State.RETURNED, 3),
        (ACCEPTED, State.ACCEPTED, 12),
        (INVITED, State.CONFLICT_CLEARANCE, 13),
        (SCORING, State.SCORING, 15),
        (QUERIED, State.QUERIED, 17),
        (SETTLED, State.SCORING, 20),
        (DECIDED, State.DECIDED, 36),
        (DECIDED[:-1], State.COMMITTEE, 30),
        (PUBLISHED[:-1], State.PUBLISHING, 37),
        (PUBLISHED, State.ENDED, 38),
        ((*SCORING, mark("over", 20)), State.ENDED, 20),
    ],
)
def test_a_case_is_where_its_last_event_left_it(marks, state, since):
    clock = clock_of(marks, TERMS, day(40))

    assert (clock.state, clock.holder, clock.since) == (state, HOLDERS[state], day(since))


DEFERRED = (*DECIDED[:-1], mark("deferred", 33), mark("awaited", 33, due_on=day(50)), mark("released", 34))


@pytest.mark.parametrize(
    ("marks", "on", "state", "since"),
    [
        (DEFERRED[:-1], 34, State.DECIDED, 33),
        (DEFERRED, 50, State.DEFERRED, 34),
        (DEFERRED, 51, State.COMMITTEE, 50),
        ((*DEFERRED, mark("tabled", 60)), 61, State.COMMITTEE, 50),
        ((*DEFERRED, mark("supplied", 40)), 51, State.COMMITTEE, 40),
        ((*DEFERRED, mark("supplied", 40), mark("tabled", 42), mark("granted", 44)), 45, State.DECIDED, 44),
        ((*DECIDED, mark("rescinded", 37)), 38, State.COMMITTEE, 37),
        ((*SETTLED, mark("scoring_closed", 27), mark("tabled", 28)), 29, State.COMMITTEE, 28),
    ],
    ids=["not told", "last day", "day after", "tabled late", "supplied", "decided", "rescinded", "no moderation"],
)
def test_what_is_deferred_is_the_provider_s_until_it_is_supplied_or_its_time_is_over(marks, on, state, since):
    clock = clock_of(marks, TERMS, day(on))

    assert (clock.state, clock.since) == (state, day(since))
    assert clock.stopped == (state is State.DEFERRED)
    if state is State.DEFERRED:
        assert clock.due_on == day(50)


def test_what_was_not_lodged_has_no_clock():
    assert clock_of((mark("drafted", 0),), TERMS, day(5)) is None


def test_the_legal_time_is_that_of_the_agency_alone():
    clock = clock_of(PUBLISHED, TERMS, day(100))

    # 12 to 38, without the three days in which the provider had a question to answer.
    assert (clock.total_used, clock.total_target, clock.alarm) == (23, 45, "none")
    assert clock.by_state == {
        "intake_check": 5,
        "returned": 7,
        "accepted": 1,
        "conflict_clearance": 2,
        "scoring": 9,
        "queried": 3,
        "moderation": 3,
        "committee": 6,
        "decided": 1,
        "publishing": 1,
    }
    assert clock.by_holder["provider"] == 10


def test_the_clock_stands_still_while_the_provider_has_the_case():
    clock = clock_of(QUERIED, TERMS, day(19))

    assert clock.stopped
    assert (clock.total_used, clock.due_on) == (5, day(22))
    assert clock.total_due_on == day(19 + 40)
    assert clock_of(QUERIED, TERMS, day(21)).total_due_on == day(21 + 40)
    assert clock_of(SETTLED, TERMS, day(21)).total_due_on == clock_of(SETTLED, TERMS, day(25)).total_due_on


@pytest.mark.parametrize(("on", "alarm"), [(22, "none"), (23, "near"), (25, "near"), (26, "late")])
def test_due_today_is_not_late_and_four_fifths_are_near(on, alarm):
    clock = clock_of(SCORING, TERMS, day(on))

    assert (clock.used, clock.target, clock.due_on) == (on - 15, 10, day(25))
    assert clock.alarm == alarm


def test_two_questions_at_once_stop_the_clock_until_both_are_settled():
    marks = (*QUERIED, mark("queried", 18, "q-2", due_on=day(23)), mark("query_settled", 20, "q-1"))

    assert clock_of(marks, TERMS, day(21)).state is State.QUERIED
    settled = clock_of((*marks, mark("query_settled", 22, "q-2")), TERMS, day(22))
    assert (settled.state, settled.by_state["queried"]) == (State.SCORING, 5)


def test_a_replaced_reviewer_is_cleared_before_scoring_begins():
    replaced = (*INVITED, mark("cleared", 14, "r-1"), mark("stood_down", 14, "r-2"), mark("cleared", 15, "r-2"))
    assert clock_of(replaced, TERMS, day(16)).state is State.CONFLICT_CLEARANCE

    again = (*replaced, mark("invited", 16, "r-3"), mark("cleared", 16, "r-3"))
    assert clock_of(again, TERMS, day(16)).state is State.SCORING


@pytest.mark.parametrize(
    ("taken", "drafted", "state"),
    [("refused", "", State.ENDED), ("deferred", "", State.DEFERRED), ("granted", "entry-1", State.ENDED)],
)
def test_only_a_grant_of_a_new_course_is_entered(taken, drafted, state):
    marks = (mark("drafted", 0, drafted), *ACCEPTED[1:], mark(taken, 20), mark("released", 21))

    assert clock_of(marks, TERMS, day(22)).state is state


def test_a_provider_learns_that_its_case_is_assessed_and_nothing_of_how():
    told = {
        clock_of(DECIDED[:length], TERMS, day(36), coarse=True).state
        for length in range(len(ACCEPTED), len(DECIDED) + 1)
    }
    clock = clock_of(DECIDED, TERMS, day(36), coarse=True)

    assert told == {State.ASSESSMENT, State.QUERIED}
    assert clock.since == day(20)
    assert set(clock.by_state) == {"intake_check", "returned", "assessment", "queried"}
    assert set(clock.by_holder) == {"intake", "provider", "agency"}
    assert clock.target is None
    assert clock.total_used == clock_of(DECIDED, TERMS, day(36)).total_used


def test_a_case_lives_for_three_years_in_the_blink_of_an_eye():
    on = MONDAY
    alarms = set()
    while on < MONDAY + timedelta(days=3 * 365):
        alarms.add(clock_of(SCORING, TERMS, on).alarm)
        on += timedelta(days=1)

    assert alarms == {"none", "near", "late"}


@for_all(
    st.lists(
        st.builds(
            Mark,
            what=st.sampled_from(
                [one.what for one in (*PUBLISHED, mark("over", 0), mark("deferred", 0), mark("stood_down", 0))]
            ),
            on=st.dates(MONDAY, MONDAY + timedelta(days=200)),
            subject=st.sampled_from(["r-1", "r-2", "q-1"]),
            count=st.just(2),
        ),
        max_size=20,
    )
)
def test_the_days_of_all_states_are_those_that_passed(marks):
    """Whatever happened, in whatever order: states follow on each other without a gap, and no day counts twice."""
    spans = spans_of(marks)

    for before, after in pairwise(spans):
        assert before.until == after.since
        assert before.since <= after.since
        assert before.state is not after.state
