"""A clock that goes as a test says: every look a millisecond on, and days at a time when told to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

BEGAN = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


class Clock:
    """Gives a later time at every look."""

    def __init__(self, began: datetime = BEGAN) -> None:
        """Take the time of the first look."""
        self._now = began

    def __call__(self) -> datetime:
        """Return the time, a millisecond later than before."""
        self._now += timedelta(milliseconds=1)
        return self._now

    def pass_days(self, days: int) -> None:
        """Let days go by."""
        self._now += timedelta(days=days)
