"""When the simulated agency works: on the working days of its calendar, in office hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Final

from qa_platform.kernel.calendar import Calendar

if TYPE_CHECKING:
    from random import Random

ZONE: Final = timezone(timedelta(hours=8), "MYT")
# Federal holidays that fall on the same day every year; those that follow the moon are left out.
_CALENDAR: Final = Calendar(
    closed=frozenset(
        date(year, month, day)
        for year in range(2000, 2101)
        for month, day in ((1, 1), (5, 1), (8, 31), (9, 16), (12, 25))
    )
)
_OPENS, _CLOSES = time(8, 30), time(17, 15)


def works(day: date) -> bool:
    """Return whether the agency works on a day."""
    return _CALENDAR.is_worked(day)


def working_days_after(day: date, many: int) -> date:
    """Return the day that is so many working days later (earlier, if negative); 0 is the next one that is worked."""
    return _CALENDAR.after(day, many)


def in_office_hours(source: Random, day: date) -> datetime:
    """Return an instant of a day in office hours."""
    opens, closes = (datetime.combine(day, each, ZONE) for each in (_OPENS, _CLOSES))
    return (opens + timedelta(seconds=source.randrange(int((closes - opens).total_seconds())))).astimezone(UTC)


def day_of(instant: datetime) -> date:
    """Return the agency's day at an instant."""
    return instant.astimezone(ZONE).date()


def start_of(day: date) -> datetime:
    """Return the first instant of a day."""
    return datetime.combine(day, time(), ZONE).astimezone(UTC)
