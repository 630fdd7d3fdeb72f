"""What one may ask of a submission."""

from __future__ import annotations

from datetime import date

from qa_platform.kernel.event import Command
from qa_platform.kernel.rejected import Fault
from qa_platform.submissions.events import (
    Capacity,
    ClosureGround,
    CoursePatch,
    Declaration,
    IntakeCode,
    Route,
    Source,
    Step,
)


class DraftSubmission(Command, frozen=True, kw_only=True):
    """Begin to put a course forward; a renewal or change names the accreditation that it follows."""

    submission_id: str
    course_id: str
    course_version: str
    provider_id: str
    route: Route
    prior_accreditation_id: str | None = None
    source: Source | None = None
    simulated: bool = False
    provider_has_ceased: bool = False


class ChangeContent(Command, frozen=True, kw_only=True):
    """Say something about the course, or unsay it."""

    submission_id: str
    content: CoursePatch


class NamePerson(Command, frozen=True, kw_only=True):
    """Say who somebody in the course is; what is personal is sealed under the pseudonym."""

    submission_id: str
    subject: str
    capacity: Capacity
    name: str
    email: str | None = None
    telephone: str | None = None
    cv_sha256: str | None = None


class RemovePerson(Command, frozen=True, kw_only=True):
    """Say that a person has nothing to do with the course any more."""

    submission_id: str
    subject: str


class LodgeSubmission(Command, frozen=True, kw_only=True):
    """Put the course forward with the accountable officer's declaration.

    Whether the one who declares is the provider's accountable officer, whether the provider is
    recognised on that day, and whether what it follows was a listed unit that has ended, is known
    at the edge; the rules say what follows from it.
    """

    submission_id: str
    on: date
    declaration: Declaration
    officer_is_accountable: bool
    provider_is_recognised: bool
    longest_validity_months: int
    prior_has_ended: bool = False


class AcceptSubmission(Command, frozen=True, kw_only=True):
    """Find the submission complete, under the version of the standard in force that day."""

    submission_id: str
    on: date
    standard_id: str
    rubric_version: str
    rubric_hash: str


class ReturnSubmission(Command, frozen=True, kw_only=True):
    """Give the submission back, to be completed by a date."""

    submission_id: str
    on: date
    due_on: date
    faults: tuple[Fault, ...] = ()
    remark: str | None = None


class ExtendReturn(Command, frozen=True, kw_only=True):
    """Give the provider more time to complete what was returned."""

    submission_id: str
    on: date
    due_on: date
    reason: str


class CloseAtIntake(Command, frozen=True, kw_only=True):
    """Close a submission that the scheme does not take."""

    submission_id: str
    ground: ClosureGround
    remark: str | None = None


class WithdrawSubmission(Command, frozen=True, kw_only=True):
    """Take a submission back; `decided` is known at the edge, and holds from the committee's tabling on."""

    submission_id: str
    decided: bool
    reason: str | None = None


class LapseSubmission(Command, frozen=True, kw_only=True):
    """Count a returned submission as withdrawn, because its time is over."""

    submission_id: str
    on: date


class TakeBackStep(Command, frozen=True, kw_only=True):
    """Take back the last step, because it was a mistake.

    Whether the course was put forward anew meanwhile is known at the edge. `due_on` gives what had
    lapsed a new day; for any other step it is None.
    """

    submission_id: str
    on: date
    step: Step
    reason: str
    put_forward_anew: bool = False
    due_on: date | None = None


class RefileSubmission(Command, frozen=True, kw_only=True):
    """Begin to file again, under a new id, what ended without a review; how it ended is known at the edge."""

    submission_id: str
    earlier_id: str
    earlier_code: IntakeCode
    course_id: str
    course_version: str
    provider_id: str
    route: Route
    prior_accreditation_id: str | None = None
    simulated: bool = False
    provider_has_ceased: bool = False


class FileAgain(Command, frozen=True, kw_only=True):
    """Say of what ended as which later submission it is filed again; goes together with RefileSubmission."""

    submission_id: str
    later_id: str


SubmissionCommand = (
    DraftSubmission
    | ChangeContent
    | NamePerson
    | RemovePerson
    | LodgeSubmission
    | AcceptSubmission
    | ReturnSubmission
    | ExtendReturn
    | CloseAtIntake
    | WithdrawSubmission
    | LapseSubmission
    | TakeBackStep
    | RefileSubmission
    | FileAgain
)
