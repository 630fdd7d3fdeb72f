"""A submission as its rules see it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from qa_platform.submissions.events import CourseContent, Route, Step, SubmissionAccepted, SubmissionDrafted


class Status(StrEnum):
    """Where a submission stands."""

    DRAFT = "draft"
    LODGED = "lodged"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


OPEN = frozenset({Status.DRAFT, Status.RETURNED})
ENDED = frozenset({Status.CLOSED, Status.WITHDRAWN, Status.LAPSED})


class Before(Struct, frozen=True, kw_only=True):
    """How a submission stood before a step that can be taken back."""

    step: Step
    status: Status
    due_on: date | None
    return_extended: bool


class Submission(Struct, frozen=True, kw_only=True):
    """A submission; before it is drafted it has no status.

    `before` are the steps that nothing but such steps has followed: the last one can be taken back.
    """

    status: Status | None = None
    drafted: SubmissionDrafted | None = None
    content: CourseContent = CourseContent()
    named_subjects: frozenset[str] = frozenset()
    round: int = 0
    due_on: date | None = None
    return_extended: bool = False
    accepted: SubmissionAccepted | None = None
    before: tuple[Before, ...] = ()
    refiles: str | None = None
    filed_again_as: str | None = None

    @property
    def title(self) -> str:
        """Return what a sentence calls the submission."""
        title = self.content.title_en or self.content.title_ms
        return f"“{title}”" if title else "The submission"

    @property
    def route(self) -> Route:
        """Return the route of a drafted submission."""
        return self.drafted.route if self.drafted else Route.SAMC
