"""What the settings come to where nobody says anything else."""

from __future__ import annotations

from qa_platform.config.working_days import PublicHolidays
from qa_platform.kernel.calendar import Calendar
from qa_platform.web.deadlines import Deadlines

STANDARD_ID = "nmcs"
REGISTER_PREFIX = "MY-MC"
DEADLINES = Deadlines(
    returned_working_days=10,
    extension_working_days=10,
    appeal_calendar_days=30,
    longest_validity_months=36,
    recognition_months=36,
    condition_months=6,
    critical_condition_months=3,
    condition_check_working_days=15,
    condition_extension_months=3,
    closing_document_working_days=5,
    recognition_renewal_months=6,
    recognition_answer_working_days=20,
    information_working_days=10,
    committee_quorum=3,
    deferral_calendar_days=30,
    consent_working_days=10,
    calendar=Calendar(public=PublicHolidays("MY")),
)
