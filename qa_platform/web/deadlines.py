"""How long the agency gives for what: what a request puts into a command where the asker leaves it out."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from qa_platform.kernel.calendar import working_days_after


class Deadlines(msgspec.Struct, frozen=True, kw_only=True):
    """The agency's terms, each with its unit; on `holidays` and at weekends nobody works."""

    returned_working_days: int
    appeal_calendar_days: int
    longest_validity_months: int
    recognition_months: int
    holidays: frozenset[date]

    def answer_to_return(self, on: date) -> date:
        """Return the last day to lodge again what is returned on a day."""
        return working_days_after(on, self.returned_working_days, self.holidays)

    def appeal_until(self, released_on: date) -> date:
        """Return the last day to appeal against what is released on a day."""
        return released_on + timedelta(days=self.appeal_calendar_days)
