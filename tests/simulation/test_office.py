from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from qa_platform.simulation.chance import chance
from qa_platform.simulation.office import day_of, in_office_hours, start_of, working_days_after, works

FRIDAY, SATURDAY, MONDAY = date(2026, 3, 6), date(2026, 3, 7), date(2026, 3, 9)


@pytest.mark.parametrize(
    ("day", "many", "after"),
    [
        (FRIDAY, 1, MONDAY),
        (MONDAY, -1, FRIDAY),
        (SATURDAY, 0, MONDAY),
        (FRIDAY, 0, FRIDAY),
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
    ],
)
def test_working_days_pass_over_weekends_and_holidays(day, many, after):
    assert working_days_after(day, many) == after


def test_nobody_works_on_a_holiday():
    assert not works(date(2026, 8, 31))


def test_office_hours_are_those_of_the_agencys_zone():
    for number in range(200):
        instant = in_office_hours(chance(1, number), MONDAY)
        assert day_of(instant) == MONDAY
        assert datetime(2026, 3, 9, 0, 30, tzinfo=UTC) <= instant < datetime(2026, 3, 9, 9, 15, tzinfo=UTC)


def test_a_day_starts_eight_hours_before_it_does_in_greenwich():
    assert start_of(MONDAY) == datetime(2026, 3, 8, 16, tzinfo=UTC)
