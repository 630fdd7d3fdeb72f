"""What the room of submissions shows, and what it heard from other rooms; one file for each."""

from __future__ import annotations

from qa_platform.submissions.read_model.components import (
    COMPONENTS,
    ComponentRow,
    get_component,
    list_expired_components,
    listed_of,
    listing_has_ended,
    select_components,
    stands_alone,
    twin_of,
)
from qa_platform.submissions.read_model.deciding import DECIDINGS, DecidingRow, deciding_on
from qa_platform.submissions.read_model.findings import SubmissionShown, counted, shown
from qa_platform.submissions.read_model.people import SUBMISSION_PEOPLE, PersonRow, opened_for, people_of
from qa_platform.submissions.read_model.recusals import SUBMISSION_RECUSALS, SubmissionRecusalRow
from qa_platform.submissions.read_model.refiling import refiling
from qa_platform.submissions.read_model.rubrics import RUBRICS_IN_FORCE, RubricInForceRow, rubric_in_force
from qa_platform.submissions.read_model.standing import PROVIDER_STANDINGS, StandingRow, standing_of
from qa_platform.submissions.read_model.submissions import (
    AGENCY_ROLES,
    SUBMISSIONS,
    SubmissionRow,
    get_submission,
    is_put_forward_anew,
    list_overdue,
    refuse_foreign_course,
    select_submissions,
)

__all__ = [
    "AGENCY_ROLES",
    "COMPONENTS",
    "DECIDINGS",
    "PROVIDER_STANDINGS",
    "RUBRICS_IN_FORCE",
    "SUBMISSIONS",
    "SUBMISSION_PEOPLE",
    "SUBMISSION_RECUSALS",
    "ComponentRow",
    "DecidingRow",
    "PersonRow",
    "RubricInForceRow",
    "StandingRow",
    "SubmissionRecusalRow",
    "SubmissionRow",
    "SubmissionShown",
    "counted",
    "deciding_on",
    "get_component",
    "get_submission",
    "is_put_forward_anew",
    "list_expired_components",
    "list_overdue",
    "listed_of",
    "listing_has_ended",
    "opened_for",
    "people_of",
    "refiling",
    "refuse_foreign_course",
    "rubric_in_force",
    "select_components",
    "select_submissions",
    "shown",
    "standing_of",
    "stands_alone",
    "twin_of",
]
