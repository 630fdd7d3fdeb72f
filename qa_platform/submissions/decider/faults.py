"""What keeps a course from being lodged, and what reviewers are likely to ask: each by field."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from qa_platform.kernel.rejected import Fault
from qa_platform.submissions.decider.assessment import assessment_faults, assessment_warnings
from qa_platform.submissions.decider.delivery import delivery_faults
from qa_platform.submissions.decider.private_text import personal_data_faults
from qa_platform.submissions.decider.recognition import recognition_faults, recognition_warnings
from qa_platform.submissions.decider.required import required_faults
from qa_platform.submissions.decider.titles import title_faults
from qa_platform.submissions.decider.volume import volume_faults, volume_warnings
from qa_platform.submissions.events import CourseContent, Route


def faults(
    content: CourseContent,
    named_subjects: Collection[str],
    on: date,
    route: Route = Route.SAMC,
    *,
    longest_validity_months: int,
) -> tuple[Fault, ...]:
    """Return what is missing or wrong; a course without faults can be lodged on that day."""
    return (
        *required_faults(content, route),
        *title_faults(content),
        *volume_faults(content, route),
        *assessment_faults(content, route),
        *delivery_faults(content, named_subjects),
        *recognition_faults(content, on, route, longest_validity_months),
        *personal_data_faults(content),
    )


def warnings(content: CourseContent, on: date) -> tuple[Fault, ...]:
    """Return what is allowed but unusual; it keeps nobody from lodging."""
    return (*volume_warnings(content), *assessment_warnings(content), *recognition_warnings(content, on))
