"""Lodging a submission, taking it back, and letting it lapse."""

from __future__ import annotations

from qa_platform.kernel.rejected import Fault
from qa_platform.submissions.commands import LapseSubmission, LodgeSubmission, WithdrawSubmission
from qa_platform.submissions.decider import refusals
from qa_platform.submissions.decider.content import content_digest
from qa_platform.submissions.decider.declaration import CURRENT_DECLARATION, DECLARATIONS
from qa_platform.submissions.decider.faults import faults
from qa_platform.submissions.decider.guards import refuse_personal_data, state_of
from qa_platform.submissions.decider.private_text import text_faults
from qa_platform.submissions.decider.state import ENDED, OPEN, Status, Submission
from qa_platform.submissions.events import SubmissionEvent, SubmissionLapsed, SubmissionLodged, SubmissionWithdrawn


def lodge(command: LodgeSubmission, submission: Submission) -> list[SubmissionEvent]:
    """Return the lodging of a course that lacks nothing."""
    if submission.status not in OPEN:
        raise refusals.SubmissionNotLodgeable(
            f"{submission.title} was not lodged: it is {state_of(submission)}. Only a draft, or what was returned, "
            "can be lodged."
        )
    if not command.provider_is_recognised:
        raise refusals.ProviderNotRecognised(
            f"{submission.title} was not lodged: its provider is not recognised on {command.on}. "
            "Have the provider recognised, then lodge again."
        )
    if command.prior_has_ended:
        raise refusals.PriorListingEnded(
            f"{submission.title} was not lodged: the unit that it follows is listed no more. Withdraw it, and notify "
            "the unit anew once its programme is accredited, or put the course forward as one that stands alone."
        )
    _refuse_declaration(command, submission)
    found = faults(
        submission.content,
        submission.named_subjects,
        command.on,
        submission.route,
        longest_validity_months=command.longest_validity_months,
    )
    if found:
        what = "one thing is" if len(found) == 1 else f"{len(found)} things are"
        raise refusals.SubmissionIncomplete(
            f"{submission.title} was not lodged: {what} missing or wrong. Put right what is listed, then lodge again.",
            found,
        )

    return [
        SubmissionLodged(
            submission_id=command.submission_id,
            round=submission.round + 1,
            content_digest=content_digest(submission.content),
            declaration=command.declaration,
        )
    ]


def withdraw(command: WithdrawSubmission, submission: Submission) -> list[SubmissionEvent]:
    """Return the withdrawal of what is neither over nor before the committee."""
    if submission.status is Status.WITHDRAWN:
        return []
    if submission.status in ENDED:
        raise refusals.SubmissionEnded(f"{submission.title} was not withdrawn: it is {state_of(submission)} already.")
    if command.decided:
        raise refusals.SubmissionDecided(
            f"{submission.title} was not withdrawn: it is with the committee, and it can be taken back only before. "
            "Wait for the decision; an appeal against it can be filed."
        )
    refuse_personal_data(tuple(text_faults("reason", command.reason)))

    return [SubmissionWithdrawn(submission_id=command.submission_id, reason=command.reason)]


def lapse(command: LapseSubmission, submission: Submission) -> list[SubmissionEvent]:
    """Return the lapse of what was returned and not lodged again in time."""
    if submission.status is Status.LAPSED:
        return []
    if submission.status is not Status.RETURNED or submission.due_on is None:
        raise refusals.SubmissionNotReturned(
            f"{submission.title} did not lapse: it is {state_of(submission)}, and only what was returned can lapse."
        )
    if command.on <= submission.due_on:
        raise refusals.SubmissionNotOverdue(
            f"{submission.title} did not lapse: the provider has until the end of {submission.due_on}."
        )

    return [SubmissionLapsed(submission_id=command.submission_id, due_on=submission.due_on)]


def _refuse_declaration(command: LodgeSubmission, submission: Submission) -> None:
    if not command.officer_is_accountable:
        raise refusals.DeclarationNotAuthorised(
            f"{submission.title} was not lodged: only the provider's accountable officer can declare it. "
            "Ask that officer to lodge it."
        )
    if command.declaration.text_version not in DECLARATIONS:
        raise refusals.DeclarationTextUnknown(
            f"{submission.title} was not lodged: there is no declaration text "
            f"“{command.declaration.text_version}”. Declare “{CURRENT_DECLARATION}”.",
            (Fault("declaration.text_version", f"Declare the text “{CURRENT_DECLARATION}”."),),
        )
    if command.declaration.on != command.on:
        raise refusals.DeclarationNotToday(
            f"{submission.title} was not lodged: it was declared on {command.declaration.on}, "
            f"and today is {command.on}. Declare it again.",
            (Fault("declaration.on", "Declare it on the day on which it is lodged."),),
        )
