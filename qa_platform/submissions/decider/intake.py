"""What intake says about a lodged submission: accepted, returned, or closed."""

from __future__ import annotations

from msgspec.structs import replace

from qa_platform.kernel.rejected import Fault
from qa_platform.submissions.commands import AcceptSubmission, CloseAtIntake, ExtendReturn, ReturnSubmission
from qa_platform.submissions.decider import refusals
from qa_platform.submissions.decider.guards import refuse_personal_data, refuse_unless_at_intake, state_of
from qa_platform.submissions.decider.private_text import text_faults
from qa_platform.submissions.decider.state import Status, Submission
from qa_platform.submissions.events import (
    ClosureGround,
    CourseContent,
    SubmissionAccepted,
    SubmissionClosedAtIntake,
    SubmissionEvent,
    SubmissionReturned,
    SubmissionReturnExtended,
)

_FIELDS = frozenset({*CourseContent.__struct_fields__, "people"})


def accept(command: AcceptSubmission, submission: Submission) -> list[SubmissionEvent]:
    """Return the acceptance under one version of the standard."""
    accepted = SubmissionAccepted(
        submission_id=command.submission_id,
        accepted_on=command.on,
        standard_id=command.standard_id,
        rubric_version=command.rubric_version,
        rubric_hash=command.rubric_hash,
    )
    if submission.accepted is not None and submission.status is Status.ACCEPTED:
        if replace(accepted, accepted_on=submission.accepted.accepted_on) == submission.accepted:
            return []
        raise refusals.AcceptedOtherwise(
            f"{submission.title} was not accepted again: it was accepted under version "
            f"“{submission.accepted.rubric_version}” of the standard, and is judged under it for ever."
        )
    refuse_unless_at_intake(submission, "accepted")

    return [accepted]


def return_(command: ReturnSubmission, submission: Submission) -> list[SubmissionEvent]:
    """Return the submission's return, with what is to be completed."""
    refuse_unless_at_intake(submission, "returned")
    if not command.faults and not command.remark:
        raise refusals.ReturnWithoutReason(
            f"{submission.title} was not returned: nothing says what to complete. Name a field, or write a remark."
        )
    if command.due_on <= command.on:
        raise refusals.ReturnDateNotAhead(
            f"{submission.title} was not returned: {command.due_on} leaves no time. Choose a later day.",
            (Fault("due_on", "Choose a later day."),),
        )
    _refuse_unknown_fields(command, submission)
    texts = ((f"faults.{index}.message", fault.message) for index, fault in enumerate(command.faults))
    found = [fault for path, text in texts for fault in text_faults(path, text)]
    refuse_personal_data((*found, *text_faults("remark", command.remark)))

    return [
        SubmissionReturned(
            submission_id=command.submission_id, faults=command.faults, remark=command.remark, due_on=command.due_on
        )
    ]


def extend(command: ExtendReturn, submission: Submission) -> list[SubmissionEvent]:
    """Return the one extension of a return, until a later day than before."""
    if submission.status is not Status.RETURNED or submission.due_on is None:
        raise refusals.SubmissionNotReturned(
            f"{submission.title} was given no more time: it is {state_of(submission)}, and only what was returned "
            "has a time to be completed in."
        )
    if submission.return_extended:
        if command.due_on == submission.due_on:
            return []
        raise refusals.ReturnExtendedBefore(
            f"{submission.title} was given no more time: it was given more before, until {submission.due_on}, and that "
            "happens once. If it lapses, the provider can put the course forward anew."
        )
    if command.on > submission.due_on:
        raise refusals.ReturnOverdue(
            f"{submission.title} was given no more time: its time was over on {submission.due_on}. "
            "The provider can put the course forward anew."
        )
    if command.due_on <= submission.due_on:
        raise refusals.ReturnDateNotAhead(
            f"{submission.title} was given no more time: the provider has until {submission.due_on} already. "
            "Choose a later day.",
            (Fault("due_on", "Choose a later day."),),
        )
    refuse_personal_data(tuple(text_faults("reason", command.reason)))

    return [SubmissionReturnExtended(submission_id=command.submission_id, due_on=command.due_on, reason=command.reason)]


def close(command: CloseAtIntake, submission: Submission) -> list[SubmissionEvent]:
    """Return the closing of what the scheme does not take."""
    refuse_unless_at_intake(submission, "closed")
    if command.ground is ClosureGround.OTHER and not command.remark:
        message = "Say why, and where the provider can turn."
        raise refusals.ClosureWithoutReason(
            f"{submission.title} was not closed: no listed ground was chosen, and nothing else says why. {message}",
            (Fault("remark", message),),
        )
    refuse_personal_data(tuple(text_faults("remark", command.remark)))

    return [SubmissionClosedAtIntake(submission_id=command.submission_id, ground=command.ground, remark=command.remark)]


def _refuse_unknown_fields(command: ReturnSubmission, submission: Submission) -> None:
    unknown = tuple(
        Fault(f"faults.{index}.field", f"“{fault.field}” is no field of a course; name one, or leave it empty.")
        for index, fault in enumerate(command.faults)
        if fault.field and fault.field.split(".")[0] not in _FIELDS
    )
    if unknown:
        raise refusals.ReturnFieldUnknown(
            f"{submission.title} was not returned: it was pointed at a field that no course has. Name another.", unknown
        )
