"""Counting in working days: Monday to Friday, without a given set of holidays."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta

_SATURDAY = 5


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Return whether a day is neither of a weekend nor a holiday."""
    return day.weekday() < _SATURDAY and day not in holidays


def working_days_after(day: date, many: int, holidays: Container[date]) -> date:
    """Return the day that is so many working days later (earlier, if negative).

    0 is the day itself if it is worked, else the next one that is.
    """
    step = timedelta(days=-1 if many < 0 else 1)
    if many == 0 and not is_working_day(day, holidays):
        many = 1
    for _ in range(abs(many)):
        day += step
        while not is_working_day(day, holidays):
            day += step
    return day
