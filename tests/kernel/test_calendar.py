from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_platform.kernel.calendar import Calendar, Stop

THURSDAY, FRIDAY, SATURDAY, MONDAY = (date(2026, 12, 24) + timedelta(days) for days in (0, 1, 2, 4))
ALL_WEEKDAYS = Calendar()
CHRISTMAS = Calendar(public={FRIDAY})
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
QUARTER = st.dates(date(2026, 1, 1), date(2026, 3, 31))
SOME = st.frozensets(QUARTER, max_size=40)
CALENDARS = st.builds(
    Calendar, public=SOME, closed=SOME, open=SOME, weekend=st.frozensets(st.integers(0, 6), max_size=3)
)


@pytest.mark.parametrize(
    ("day", "many", "after"),
    [
        (THURSDAY, 1, FRIDAY),
        (THURSDAY, 2, MONDAY),
        (THURSDAY, 10, date(2027, 1, 7)),
        (SATURDAY, 1, MONDAY),
        (SATURDAY, 0, MONDAY),
        (FRIDAY, 0, FRIDAY),
        (MONDAY, -1, FRIDAY),
        (SATURDAY, -1, FRIDAY),
    ],
)
def test_weekends_are_not_counted(day, many, after):
    assert ALL_WEEKDAYS.after(day, many) == after


@pytest.mark.parametrize(
    ("day", "many", "after"),
    [(THURSDAY, 1, MONDAY), (FRIDAY, 0, MONDAY), (FRIDAY, 1, MONDAY), (MONDAY, -1, THURSDAY)],
)
@pytest.mark.parametrize("calendar", [CHRISTMAS, Calendar(closed=frozenset({FRIDAY}))])
def test_holidays_are_not_counted_either(calendar, day, many, after):
    assert calendar.after(day, many) == after


def test_a_day_on_which_the_agency_works_in_spite_of_all_is_counted():
    calendar = Calendar(public={FRIDAY}, closed=frozenset({FRIDAY}), open=frozenset({FRIDAY, SATURDAY}))

    assert [calendar.after(THURSDAY, many) for many in (1, 2, 3)] == [FRIDAY, SATURDAY, MONDAY]


def test_a_weekend_lies_where_the_state_has_it():
    friday_and_saturday = Calendar(weekend=frozenset({4, 5}))

    assert friday_and_saturday.after(THURSDAY, 1) == date(2026, 12, 27)


@given(QUARTER, st.integers(1, 60), CALENDARS)
def test_there_are_exactly_so_many_working_days_up_to_the_day_counted_to(day, many, calendar):
    last = calendar.after(day, many)
    between = (day + timedelta(days) for days in range(1, (last - day).days + 1))

    assert calendar.is_worked(last)
    assert sum(calendar.is_worked(one) for one in between) == calendar.between(day, last) == many


@given(DAYS, st.integers(0, 60))
def test_counting_back_leads_to_where_it_began(day, many):
    began = ALL_WEEKDAYS.after(day, 0)
    assert ALL_WEEKDAYS.after(ALL_WEEKDAYS.after(began, many), -many) == began


@given(QUARTER, QUARTER, QUARTER, CALENDARS)
def test_what_lies_between_adds_up_whichever_way_it_is_gone(first, middle, last, calendar):
    assert calendar.between(first, middle) + calendar.between(middle, last) == calendar.between(first, last)


def test_a_clock_that_stands_still_spends_no_days():
    stops = (Stop(THURSDAY, MONDAY),)

    assert ALL_WEEKDAYS.spent(THURSDAY, MONDAY) == 2
    assert ALL_WEEKDAYS.spent(THURSDAY, MONDAY, stops) == 0
    assert ALL_WEEKDAYS.spent(THURSDAY, MONDAY, (Stop(FRIDAY),)) == 1


def test_what_waits_until_further_notice_moves_the_day_as_time_goes_by():
    waiting = (Stop(THURSDAY),)

    assert ALL_WEEKDAYS.reached(THURSDAY, 2, on=MONDAY) == MONDAY
    assert ALL_WEEKDAYS.reached(THURSDAY, 2, waiting, on=THURSDAY) == MONDAY
    assert ALL_WEEKDAYS.reached(THURSDAY, 2, waiting, on=FRIDAY) == MONDAY + timedelta(days=1)


@given(
    CALENDARS.filter(lambda calendar: len(calendar.weekend) < 6),
    QUARTER,
    st.integers(1, 20),
    st.lists(st.builds(Stop, QUARTER, QUARTER), max_size=4),
)
def test_a_clock_has_run_for_as_long_on_the_day_that_it_reaches(calendar, first, many, stops):
    reached = calendar.reached(first, many, stops, on=first)

    assert calendar.spent(first, reached, stops) == many
    assert calendar.spent(first, reached - timedelta(days=1), stops) == many - 1
