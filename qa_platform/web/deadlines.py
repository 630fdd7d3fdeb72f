"""How long the agency gives for what: what a request puts into a command where the asker leaves it out."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256

import msgspec

from qa_platform.kernel.calendar import Calendar
from qa_platform.kernel.conflicts import Rotation
from qa_platform.kernel.months import months_after
from qa_platform.scoring.agreement import CalibrationPolicy

STAGE_WORKING_DAYS = {
    "intake_check": 5,
    "component_check": 10,
    "returned": 10,
    "accepted": 2,
    "conflict_clearance": 3,
    "scoring": 10,
    "queried": 5,
    "moderation": 5,
    "committee": 7,
    "decided": 2,
    "publishing": 1,
}


class Deadlines(msgspec.Struct, frozen=True, kw_only=True):
    """The agency's terms, each with its unit, and its calendar."""

    returned_working_days: int
    extension_working_days: int
    appeal_calendar_days: int
    longest_validity_months: int
    recognition_months: int
    condition_months: int
    critical_condition_months: int
    condition_check_working_days: int
    condition_extension_months: int
    closing_document_working_days: int
    invitation_working_days: int = 2
    scoring_working_days: int = 10
    query_working_days: int = 5
    reminder_working_days: tuple[int, ...] = (5, 8)
    recognition_renewal_months: int
    recognition_answer_working_days: int
    information_working_days: int
    # How many working days each state of a case may take, and all from acceptance to publication together.
    stage_working_days: dict[str, int] = msgspec.field(default_factory=lambda: dict(STAGE_WORKING_DAYS))
    case_working_days: int = 45
    alarm_percent: int = 80
    proposal_working_days: int = 2
    third_review_working_days: int = 7
    draft_report_working_days: int = 2
    factual_check_working_days: int = 10
    final_report_working_days: int = 3
    final_report_required: bool = False
    objection_working_days: int = 3
    replacement_working_days: int = 1
    # How long a reviewer leaves a provider alone after a full review, and what follows where he does not.
    rotation: Rotation = Rotation()
    committee_quorum: int
    deferral_calendar_days: int
    consent_working_days: int
    # Of a hundred units of accredited programmes, how many are drawn for a full review.
    component_sample_percent: int = 10
    calendar: Calendar = Calendar()
    calibration: CalibrationPolicy = CalibrationPolicy()

    def answer_to_return(self, on: date) -> date:
        """Return the last day to lodge again what is returned on a day."""
        return self.calendar.after(on, self.returned_working_days)

    def component_check(self, on: date) -> date:
        """Return the last day to answer the notification of a unit that is made on a day."""
        return self.calendar.after(on, self.stage_working_days["component_check"])

    def draws_component(self, component_id: str) -> bool:
        """Return whether a unit is drawn for a full review: by its id alone, which nobody chooses."""
        return int.from_bytes(sha256(component_id.encode()).digest()[:8]) % 100 < self.component_sample_percent

    def extended_answer(self, due_on: date) -> date:
        """Return the last day to lodge again after an extension of what was due on a day."""
        return self.calendar.after(due_on, self.extension_working_days)

    def condition_due(self, decided_on: date, *, critical: bool) -> date:
        """Return the last day to meet a condition of a decision of a day."""
        return months_after(decided_on, self.critical_condition_months if critical else self.condition_months)

    def condition_check(self, on: date) -> date:
        """Return the last day to check evidence that is filed on a day, or to rule on what lapses on it."""
        return self.calendar.after(on, self.condition_check_working_days)

    def extended_condition(self, on: date) -> date:
        """Return the last day to meet a condition that is extended on a day."""
        return months_after(on, self.condition_extension_months)

    def closing_document(self, met_on: date) -> date:
        """Return the last day to issue the document that closes conditions, the last of which was met on a day."""
        return self.calendar.after(met_on, self.closing_document_working_days)

    def answer_to_information_request(self, on: date) -> date:
        """Return the last day for a provider to answer what is asked about its application on a day."""
        return self.calendar.after(on, self.information_working_days)

    def recognition_answer(self, on: date) -> date:
        """Return by when the agency means to answer an application for recognition that comes to it on a day."""
        return self.calendar.after(on, self.recognition_answer_working_days)

    def reviewer_answer(self, on: date) -> date:
        """Return the last day on which a reviewer who is asked on a day says whether he will."""
        return self.calendar.after(on, self.invitation_working_days)

    def reviewer_reminder(self, on: date) -> date:
        """Return the day on which a reviewer who was asked on a day is reminded: a working day before his last."""
        return self.calendar.after(on, max(self.invitation_working_days - 1, 0))

    def last_chance(self, found_late_on: date) -> date:
        """Return the last day before a reviewer who was found late on a day is replaced."""
        return self.calendar.after(found_late_on, self.replacement_working_days)

    def objection_to_panel(self, on: date) -> date:
        """Return the last day to object to a panel that is confirmed on a day."""
        return self.calendar.after(on, self.objection_working_days)

    def appeal_until(self, released_on: date) -> date:
        """Return the last day to appeal against what is released on a day."""
        return released_on + timedelta(days=self.appeal_calendar_days)

    def answer_to_query(self, on: date) -> date:
        """Return the last day to answer what was asked on a day."""
        return self.calendar.after(on, self.query_working_days)

    def answer_to_proposal(self, on: date) -> date:
        """Return the last day to answer a score that is proposed on a day; after it silence agrees."""
        return self.calendar.after(on, self.proposal_working_days)

    def third_review(self, on: date) -> date:
        """Return the day on which a third review that is asked for on a day is due."""
        return self.calendar.after(on, self.third_review_working_days)

    def draft_report(self, moderated_on: date) -> date:
        """Return the day on which the draft report is due after a moderation that was closed on a day."""
        return self.calendar.after(moderated_on, self.draft_report_working_days)

    def answer_to_draft(self, on: date) -> date:
        """Return the last day to check a draft report that is issued on a day; after it silence means no error."""
        return self.calendar.after(on, self.factual_check_working_days)

    def final_report(self, checked_on: date) -> date:
        """Return the day on which the final report is due after a factual check that was closed on a day."""
        return self.calendar.after(checked_on, self.final_report_working_days)

    def deferred_until(self, taken_on: date) -> date:
        """Return the last day to supply what a deferral of a day waits for."""
        return taken_on + timedelta(days=self.deferral_calendar_days)

    def consent_until(self, on: date) -> date:
        """Return the last day to agree to a variation that is proposed on a day."""
        return self.calendar.after(on, self.consent_working_days)
