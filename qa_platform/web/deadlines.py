"""How long the agency gives for what: what a request puts into a command where the asker leaves it out."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from qa_platform.kernel.calendar import Calendar


class Deadlines(msgspec.Struct, frozen=True, kw_only=True):
    """The agency's terms, each with its unit, and its calendar."""

    returned_working_days: int
    extension_working_days: int
    appeal_calendar_days: int
    longest_validity_months: int
    recognition_months: int
    calendar: Calendar = Calendar()

    def answer_to_return(self, on: date) -> date:
        """Return the last day to lodge again what is returned on a day."""
        return self.calendar.after(on, self.returned_working_days)

    def extended_answer(self, due_on: date) -> date:
        """Return the last day to lodge again after an extension of what was due on a day."""
        return self.calendar.after(due_on, self.extension_working_days)

    def appeal_until(self, released_on: date) -> date:
        """Return the last day to appeal against what is released on a day."""
        return released_on + timedelta(days=self.appeal_calendar_days)
