"""Counting in working days: which days are worked, how many lie between, and which comes after so many."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date, timedelta

import msgspec

_SATURDAY, _SUNDAY = 5, 6


class Stop(msgspec.Struct, frozen=True):
    """A time in which a clock stands still: from the end of a day to the end of another, or until further notice."""

    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Return whether a day does not count."""
        return self.first < day and (self.last is None or day <= self.last)


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """On which days an agency works.

    `weekend` holds days of the week, 0 for Monday; `public` its country's holidays, `closed`
    further days that are not worked, and `open` days that are, whatever else is said of them.
    """

    public: Container[date] = ()
    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()
    weekend: frozenset[int] = frozenset({_SATURDAY, _SUNDAY})

    def is_worked(self, day: date) -> bool:
        """Return whether a day is a working day."""
        if day in self.open:
            return True
        return day.weekday() not in self.weekend and day not in self.closed and day not in self.public

    def after(self, day: date, many: int) -> date:
        """Return the day that is so many working days later (earlier, if negative).

        0 is the day itself if it is worked, else the next one that is.
        """
        step = timedelta(days=-1 if many < 0 else 1)
        if many == 0 and not self.is_worked(day):
            many = 1
        for _ in range(abs(many)):
            day += step
            while not self.is_worked(day):
                day += step
        return day

    def between(self, first: date, last: date) -> int:
        """Return how many working days come after the first day, up to and with the last; negative if it is earlier."""
        if last < first:
            return -self.between(last, first)
        return sum(self.is_worked(first + timedelta(days=days)) for days in range(1, (last - first).days + 1))

    def spent(self, first: date, last: date, stops: Sequence[Stop] = ()) -> int:
        """Return how many working days a clock that began on a day has run at the end of another."""
        days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
        return sum(self.is_worked(day) and not any(stop.holds(day) for stop in stops) for day in days)

    def reached(self, first: date, many: int, stops: Sequence[Stop] = (), *, on: date) -> date:
        """Return the day on which a clock that began on a day has run for so many working days.

        What stands still until further notice is taken to go on by the end of the day `on`, so that
        the answer moves from day to day.
        """
        ended = [stop if stop.last is not None else Stop(stop.first, max(on, stop.first)) for stop in stops]
        day = self.after(first, 0) if many == 0 else first
        while many > 0:
            day += timedelta(days=1)
            many -= self.is_worked(day) and not any(stop.holds(day) for stop in ended)
        return day
