"""Filing again what ended without a review: a case of its own, tied to the earlier one from both sides."""

from __future__ import annotations

from qa_platform.submissions.commands import DraftSubmission, FileAgain, RefileSubmission
from qa_platform.submissions.decider import refusals
from qa_platform.submissions.decider.drafting import draft
from qa_platform.submissions.decider.guards import state_of
from qa_platform.submissions.decider.state import ENDED, Status, Submission
from qa_platform.submissions.events import SubmissionEvent, SubmissionFiledAgain, SubmissionRefiled


def refile(command: RefileSubmission, submission: Submission) -> list[SubmissionEvent]:
    """Return the beginning of a submission that files an earlier one again."""
    drafting = DraftSubmission(
        submission_id=command.submission_id,
        course_id=command.course_id,
        course_version=command.course_version,
        provider_id=command.provider_id,
        route=command.route,
        prior_accreditation_id=command.prior_accreditation_id,
        simulated=command.simulated,
        provider_has_ceased=command.provider_has_ceased,
    )
    drafted = draft(drafting, submission)
    if not drafted and submission.refiles == command.earlier_id:
        return []
    if not drafted:
        raise refusals.SubmissionAlreadyDrafted(
            f"The submission “{command.submission_id}” was not filed again: there is another one of that id. "
            "File it under a new id."
        )

    return [
        *drafted,
        SubmissionRefiled(
            submission_id=command.submission_id, earlier_id=command.earlier_id, earlier_code=command.earlier_code
        ),
    ]


def file_again(command: FileAgain, submission: Submission) -> list[SubmissionEvent]:
    """Return the link from what ended to what files it again; there is one at most."""
    if submission.filed_again_as == command.later_id:
        return []
    if submission.status is Status.RETURNED:
        raise refusals.SubmissionNotOver(
            f"{submission.title} was not filed again: it is returned, and can be completed as it is. "
            "Complete it and lodge it again."
        )
    if submission.status not in ENDED:
        raise refusals.SubmissionNotOver(
            f"{submission.title} was not filed again: it is {state_of(submission)}, and only what lapsed, was "
            "withdrawn or was closed at intake can be. Go on with it, or withdraw it first."
        )
    if submission.filed_again_as is not None:
        raise refusals.SubmissionFiledBefore(
            f"{submission.title} was not filed again: it was, as “{submission.filed_again_as}”. Go on with that one."
        )

    return [SubmissionFiledAgain(submission_id=command.submission_id, later_id=command.later_id)]
