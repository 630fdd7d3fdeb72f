from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_platform.kernel.calendar import is_working_day, working_days_after

THURSDAY, FRIDAY, SATURDAY, MONDAY = (date(2026, 12, 24) + timedelta(days) for days in (0, 1, 2, 4))
CHRISTMAS = frozenset({FRIDAY})
DAYS = st.dates(date(1900, 1, 1), date(2200, 1, 1))
HOLIDAYS = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 3, 31)), max_size=40)


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
    assert working_days_after(day, many, ()) == after


@pytest.mark.parametrize(
    ("day", "many", "after"),
    [(THURSDAY, 1, MONDAY), (FRIDAY, 0, MONDAY), (FRIDAY, 1, MONDAY), (MONDAY, -1, THURSDAY)],
)
def test_holidays_are_not_counted_either(day, many, after):
    assert working_days_after(day, many, CHRISTMAS) == after


@given(st.dates(date(2025, 12, 1), date(2026, 4, 1)), st.integers(1, 60), HOLIDAYS)
def test_there_are_exactly_so_many_working_days_up_to_the_day_counted_to(day, many, holidays):
    last = working_days_after(day, many, holidays)
    between = (day + timedelta(days) for days in range(1, (last - day).days + 1))

    assert is_working_day(last, holidays)
    assert sum(is_working_day(one, holidays) for one in between) == many


@given(DAYS, st.integers(0, 60))
def test_counting_back_leads_to_where_it_began(day, many):
    began = working_days_after(day, 0, ())
    assert working_days_after(working_days_after(began, many, ()), -many, ()) == began
