"""What a reviewer reads: the course exactly as it stood at the version under review."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import UNSET

from qa_platform.kernel.event import Recorded
from qa_platform.reviews.read_model.reviews import ReviewRow
from qa_platform.submissions.events import SubmissionContentChanged, SubmissionDrafted


class ReviewedSubmission(msgspec.Struct, frozen=True, kw_only=True):
    """A submission as its reviewer reads it; `version` is that of the submission's stream."""

    review_id: str
    submission_id: str
    version: int
    provider_id: str
    route: str
    course_id: str
    course_version: str
    simulated: bool
    content: dict[str, Any]


def reviewed_submission(review: ReviewRow, submission: Iterable[Recorded[Any]]) -> ReviewedSubmission | None:
    """Return the submission at the version under review, from the events of its stream."""
    drafted: SubmissionDrafted | None = None
    content: dict[str, Any] = {}
    for recorded in submission:
        match recorded.event:
            case SubmissionDrafted() as event:
                drafted = event
            case SubmissionContentChanged() as event if recorded.version <= review.submission_version:
                content |= _said(event)
    if drafted is None:
        return None
    return ReviewedSubmission(
        review_id=review.review_id,
        submission_id=review.submission_id,
        version=review.submission_version,
        provider_id=review.provider_id,
        route=review.route,
        course_id=drafted.course_id,
        course_version=drafted.course_version,
        simulated=drafted.simulated,
        content={name: value for name, value in content.items() if value is not None},
    )


def _said(event: SubmissionContentChanged) -> dict[str, Any]:
    said = {name: getattr(event.content, name) for name in event.content.__struct_fields__}
    return {name: msgspec.to_builtins(value) for name, value in said.items() if value is not UNSET}
