"""What can have happened to a submission."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

import msgspec

from qa_platform.kernel.event import Event
from qa_platform.kernel.rejected import Fault
from qa_platform.kernel.roles import Role
from qa_platform.kernel.sealed import Sealed
from qa_platform.kernel.visibility import AUDITED, Audience, Relation, Visibility, of_provider, of_roles
from qa_platform.submissions.events.components import ComponentEntered, ComponentListingEnded, ComponentStepUndone
from qa_platform.submissions.events.content import CourseContent, CoursePatch
from qa_platform.submissions.events.words import Capacity, ClosureGround, IntakeCode, Route, Step, TurnTo

__all__ = [
    "Capacity",
    "ClosureGround",
    "ComponentEntered",
    "ComponentListingEnded",
    "ComponentStepUndone",
    "CourseContent",
    "CoursePatch",
    "Declaration",
    "IntakeCode",
    "Route",
    "Source",
    "Step",
    "SubmissionAccepted",
    "SubmissionClosedAtIntake",
    "SubmissionContentChanged",
    "SubmissionDrafted",
    "SubmissionEvent",
    "SubmissionFiledAgain",
    "SubmissionLapsed",
    "SubmissionLodged",
    "SubmissionPersonNamed",
    "SubmissionPersonRemoved",
    "SubmissionRefiled",
    "SubmissionReturnExtended",
    "SubmissionReturned",
    "SubmissionStepTakenBack",
    "SubmissionWithdrawn",
    "TurnTo",
]

LODGED = "submission.lodged.v1"

# A draft is the provider's own; from lodging on it is the agency's business too.
_OWN: Visibility = (*of_provider(), *AUDITED)
_AGENCY: Visibility = of_roles(
    Role.INTAKE_OFFICER,
    Role.COMMITTEE_MEMBER,
    Role.COMMITTEE_SECRETARY,
    Role.REGISTER_OFFICER,
    after=LODGED,
)
# Intake reaches the people in a course; whoever decides or registers needs to know only that they are there.
_REACHING: Visibility = of_roles(Role.INTAKE_OFFICER, after=LODGED)
_COUNTING: Visibility = of_roles(
    Role.COMMITTEE_MEMBER,
    Role.COMMITTEE_SECRETARY,
    Role.REGISTER_OFFICER,
    after=LODGED,
    hides=("name", "email", "telephone", "cv_sha256"),
)
_REVIEWING: Visibility = (
    Audience(role=Role.REVIEWER, relation=Relation.CLEARED),
    Audience(role=Role.LEAD_REVIEWER, relation=Relation.LEAD),
)


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where a draft came from, when nobody typed it: the kind of source and the place in it."""

    kind: str
    reference: str


class Declaration(msgspec.Struct, frozen=True, kw_only=True):
    """What the accountable officer declared: which text, and when."""

    officer_id: str
    text_version: str
    on: date


class SubmissionDrafted(Event, frozen=True, kw_only=True, tag="submission.drafted.v1"):
    """A provider began to put a course forward."""

    seen_by: ClassVar[Visibility] = (*_OWN, *_AGENCY, *_REVIEWING)

    submission_id: str
    course_id: str
    course_version: str
    provider_id: str
    route: Route
    prior_accreditation_id: str | None
    source: Source | None
    simulated: bool


class SubmissionContentChanged(Event, frozen=True, kw_only=True, tag="submission.content_changed.v1"):
    """The provider said something about the course, or unsaid it; only what changed is here."""

    seen_by: ClassVar[Visibility] = (*_OWN, *_AGENCY, *_REVIEWING)

    submission_id: str
    content: CoursePatch


class SubmissionPersonNamed(Event, frozen=True, kw_only=True, tag="submission.person_named.v1"):
    """The provider said who somebody in the course is; the course itself knows a pseudonym only."""

    seen_by: ClassVar[Visibility] = (*_OWN, *_REACHING, *_COUNTING)

    submission_id: str
    subject: str
    capacity: Capacity
    name: Sealed[str]
    email: Sealed[str] | None
    telephone: Sealed[str] | None
    cv_sha256: Sealed[str] | None


class SubmissionPersonRemoved(Event, frozen=True, kw_only=True, tag="submission.person_removed.v1"):
    """A person has nothing to do with the course any more."""

    seen_by: ClassVar[Visibility] = (*_OWN, *_AGENCY)

    submission_id: str
    subject: str


class SubmissionLodged(Event, frozen=True, kw_only=True, tag=LODGED):
    """The provider put the course forward, for the first time or again after a return.

    `content_digest` is the SHA-256 of the content as it was declared, in hex.
    """

    seen_by: ClassVar[Visibility] = (*_OWN, *_AGENCY, *_REVIEWING)

    submission_id: str
    round: int
    content_digest: str
    declaration: Declaration


class SubmissionAccepted(Event, frozen=True, kw_only=True, tag="submission.accepted.v1"):
    """Intake found the submission complete; it is judged under this version of the standard for ever."""

    seen_by: ClassVar[Visibility] = (*_OWN, *_AGENCY, *_REVIEWING)

    submission_id: str
    accepted_on: date
    standard_id: str
    rubric_version: str
    rubric_hash: str


class SubmissionReturned(Event, frozen=True, kw_only=True, tag="submission.returned.v1"):
    """Intake gave the submission back, to be completed by a date."""

    seen_by: ClassVar[Visibility] = (*_OWN, *_AGENCY)

    submission_id: str
    faults: tuple[Fault, ...]
    remark: str | None
    due_on: date


class SubmissionReturnExtended(Event, frozen=True, kw_only=True, tag="submission.return_extended.v1"):
    """Intake gave the provider more time to complete what was returned, once, until this date."""

    seen_by: ClassVar[Visibility] = (*_OWN, *_AGENCY)

    submission_id: str
    due_on: date
    reason: str


class SubmissionClosedAtIntake(Event, frozen=True, kw_only=True, tag="submission.closed_at_intake.v1"):
    """Intake closed the submission: the scheme does not take it."""

    seen_by: ClassVar[Visibility] = (*_OWN, *_AGENCY)

    submission_id: str
    ground: ClosureGround
    remark: str | None


class SubmissionWithdrawn(Event, frozen=True, kw_only=True, tag="submission.withdrawn.v1"):
    """The provider took the submission back."""

    seen_by: ClassVar[Visibility] = (*_OWN, *_AGENCY, *_REVIEWING)

    submission_id: str
    reason: str | None


class SubmissionLapsed(Event, frozen=True, kw_only=True, tag="submission.lapsed.v1"):
    """A returned submission was not lodged again in time, and counts as withdrawn."""

    seen_by: ClassVar[Visibility] = (*_OWN, *_AGENCY)

    submission_id: str
    due_on: date


class SubmissionStepTakenBack(Event, frozen=True, kw_only=True, tag="submission.step_taken_back.v1"):
    """The last step was taken back, because it was a mistake: the submission stands as before it.

    `due_on` is the last day to lodge again, None where it does not stand as returned.
    """

    seen_by: ClassVar[Visibility] = (*_OWN, *_AGENCY)

    submission_id: str
    step: Step
    status: Literal["draft", "lodged", "returned"]
    due_on: date | None
    reason: str


class SubmissionRefiled(Event, frozen=True, kw_only=True, tag="submission.refiled.v1"):
    """A submission began that files again what ended without a review; `earlier_code` says how that ended."""

    seen_by: ClassVar[Visibility] = (*_OWN, *_AGENCY)

    submission_id: str
    earlier_id: str
    earlier_code: IntakeCode


class SubmissionFiledAgain(Event, frozen=True, kw_only=True, tag="submission.filed_again.v1"):
    """What ended without a review was filed again as a later submission."""

    # The later one is its provider's own until it is lodged, and its own history tells the agency of the link.
    seen_by: ClassVar[Visibility] = _OWN

    submission_id: str
    later_id: str


SubmissionEvent = (
    SubmissionDrafted
    | SubmissionContentChanged
    | SubmissionPersonNamed
    | SubmissionPersonRemoved
    | SubmissionLodged
    | SubmissionAccepted
    | SubmissionReturned
    | SubmissionReturnExtended
    | SubmissionClosedAtIntake
    | SubmissionWithdrawn
    | SubmissionLapsed
    | SubmissionStepTakenBack
    | SubmissionRefiled
    | SubmissionFiledAgain
)
