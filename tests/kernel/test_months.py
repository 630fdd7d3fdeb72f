from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_platform.kernel.months import months_after


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 15), 36, date(2029, 1, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_a_month_too_short_for_the_day_ends_the_term_on_its_last(day, months, later):
    assert months_after(day, months) == later


@pytest.mark.parametrize(("day", "months", "end"), [(date(9999, 6, 1), 36, date.max), (date(1, 6, 1), -36, date.min)])
def test_a_term_beyond_the_calendar_ends_with_it(day, months, end):
    assert months_after(day, months) == end


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 600))
def test_the_month_is_always_the_one_counted_to(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
