"""What filing again takes over from the earlier submission: the course as it stood, and its people by name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qa_platform.kernel.sealed import Sealed
from qa_platform.submissions.commands import ChangeContent, FileAgain, NamePerson, RefileSubmission, SubmissionCommand
from qa_platform.submissions.decider import INTAKE_CODES
from qa_platform.submissions.events import CourseContent, CoursePatch, IntakeCode, Route
from qa_platform.submissions.read_model.people import PersonRow
from qa_platform.submissions.read_model.submissions import SubmissionRow


def refiling(
    earlier: SubmissionRow,
    later_id: str,
    people: Iterable[PersonRow],
    *,
    simulated: bool,
    provider_has_ceased: bool,
    route: Route | None = None,
    course_version: str | None = None,
) -> list[SubmissionCommand]:
    """Return what files an earlier submission again: the new draft first, the link from the earlier one last."""
    begun = RefileSubmission(
        submission_id=later_id,
        earlier_id=earlier.submission_id,
        # Where it is not over nothing is filed again, and the link says so.
        earlier_code=INTAKE_CODES.get(earlier.status, IntakeCode.RETURNED),
        course_id=earlier.course_id,
        course_version=course_version or earlier.course_version,
        provider_id=earlier.provider_id,
        route=route or earlier.route,
        prior_accreditation_id=earlier.prior_accreditation_id,
        simulated=simulated,
        provider_has_ceased=provider_has_ceased,
    )
    return [
        begun,
        ChangeContent(submission_id=later_id, content=_patch(earlier.content)),
        *(named for person in people if (named := _named(later_id, person)) is not None),
        FileAgain(submission_id=earlier.submission_id, later_id=later_id),
    ]


def _patch(content: CourseContent) -> CoursePatch:
    said = {name: getattr(content, name) for name in content.__struct_fields__}
    return CoursePatch(**{name: value for name, value in said.items() if value is not None})


def _named(later_id: str, person: PersonRow) -> NamePerson | None:
    name = _said(person.name)
    # Who was erased is not named again, and shows as missing.
    if name is None:
        return None
    return NamePerson(
        submission_id=later_id,
        subject=person.subject,
        capacity=person.capacity,
        name=name,
        email=_said(person.email),
        telephone=_said(person.telephone),
        cv_sha256=_said(person.cv_sha256),
    )


def _said(value: Sealed[Any] | None) -> str | None:
    return value.value if value is not None and isinstance(value.value, str) else None
