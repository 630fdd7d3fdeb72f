"""Refusals that several commands share."""

from __future__ import annotations

from qa_platform.kernel.rejected import Fault
from qa_platform.submissions.decider import refusals
from qa_platform.submissions.decider.state import OPEN, Status, Submission


def refuse_unless_open(submission: Submission, what: str) -> None:
    """Refuse to change what is neither a draft nor returned."""
    if submission.status not in OPEN:
        raise refusals.SubmissionNotOpen(
            f"{submission.title} was not {what}: it is {state_of(submission)}. "
            "Only a draft, or what was returned, can be."
        )


def refuse_unless_at_intake(submission: Submission, what: str) -> None:
    """Refuse to check what is not lodged."""
    if submission.status is not Status.LODGED:
        raise refusals.SubmissionNotAtIntake(
            f"{submission.title} was not {what}: it is {state_of(submission)}. Only what is lodged can be."
        )


def refuse_personal_data(found: tuple[Fault, ...]) -> None:
    """Refuse to save what was found to be personal."""
    if found:
        raise refusals.PersonalDataInText(
            "Nothing was saved: a text that others read holds personal data. Take it out; "
            "names and contacts of people go under people.",
            found,
        )


def state_of(submission: Submission) -> str:
    """Return the words for where a submission stands."""
    status = submission.status
    return "a draft" if status is Status.DRAFT else "closed" if status is Status.CLOSED else f"{status}"
