"""Taking back a step that was a mistake, while nothing is built upon it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, cast

from msgspec.structs import replace

from qa_platform.kernel.rejected import Fault
from qa_platform.submissions.commands import TakeBackStep
from qa_platform.submissions.decider import refusals
from qa_platform.submissions.decider.guards import refuse_personal_data, state_of
from qa_platform.submissions.decider.private_text import text_faults
from qa_platform.submissions.decider.state import ENDED, Before, Status, Submission
from qa_platform.submissions.events import (
    Step,
    SubmissionClosedAtIntake,
    SubmissionEvent,
    SubmissionLapsed,
    SubmissionReturned,
    SubmissionReturnExtended,
    SubmissionStepTakenBack,
    SubmissionWithdrawn,
)

_STEPS: Mapping[type[SubmissionEvent], Step] = {
    SubmissionReturned: Step.RETURN,
    SubmissionReturnExtended: Step.EXTENSION,
    SubmissionClosedAtIntake: Step.CLOSURE,
    SubmissionLapsed: Step.LAPSE,
    SubmissionWithdrawn: Step.WITHDRAWAL,
}
_WORDS: Mapping[Step, str] = {
    Step.RETURN: "return",
    Step.EXTENSION: "extension",
    Step.CLOSURE: "closing",
    Step.LAPSE: "lapse",
    Step.WITHDRAWAL: "withdrawal",
}


def take_back(command: TakeBackStep, submission: Submission) -> list[SubmissionEvent]:
    """Return that the last step was taken back."""
    lead = f"The {_WORDS[command.step]} of {submission.title} was not taken back"
    before = submission.before[-1] if submission.before else None
    if before is None or before.step is not command.step:
        raise refusals.StepNotLast(f"{lead}: {_what_followed(command, submission)}")
    if command.put_forward_anew and submission.status in ENDED:
        raise refusals.CoursePutForwardAnew(
            f"{lead}: its provider has put the course forward anew since. Go on with the newer submission."
        )
    due_on = before.due_on
    if command.step is Step.LAPSE:
        due_on = _new_day(command, lead)
    elif before.status is Status.RETURNED and due_on is not None and command.on > due_on:
        raise refusals.ReturnOverdue(
            f"{lead}: it would lapse at once, for its time was over on {due_on}. "
            "The provider can put the course forward anew."
        )
    refuse_personal_data(tuple(text_faults("reason", command.reason)))

    return [
        SubmissionStepTakenBack(
            submission_id=command.submission_id,
            step=command.step,
            status=cast("Literal['draft', 'lodged', 'returned']", before.status.value),
            due_on=due_on if before.status is Status.RETURNED else None,
            reason=command.reason,
        )
    ]


def remembering(before: Submission, event: SubmissionEvent, after: Submission) -> Submission:
    """Return the submission with what could be taken back of it; `before` is how it stood before an event."""
    if isinstance(event, SubmissionStepTakenBack):
        extended = before.before[-1].return_extended if before.before else after.return_extended
        return replace(after, before=before.before[:-1], return_extended=extended)
    step = _STEPS.get(type(event))
    # Reviewers were stood down with what was withdrawn after its acceptance, and are not asked again.
    if step is None or before.status is None or before.status is Status.ACCEPTED:
        return replace(after, before=())
    remembered = Before(step=step, status=before.status, due_on=before.due_on, return_extended=before.return_extended)
    return replace(after, before=(*before.before, remembered))


def _new_day(command: TakeBackStep, lead: str) -> date:
    if command.due_on is None or command.due_on <= command.on:
        raise refusals.ReturnDateNotAhead(
            f"{lead}: what had lapsed needs a new day to be lodged again by. Choose a later day.",
            (Fault("due_on", "Choose a later day."),),
        )
    return command.due_on


def _what_followed(command: TakeBackStep, submission: Submission) -> str:
    if command.step is Step.WITHDRAWAL and submission.status is Status.WITHDRAWN:
        return (
            "it had been accepted, and its reviewers were stood down. Put the course forward anew; "
            "what was entered is kept."
        )
    if submission.before:
        return f"the last step is its {_WORDS[submission.before[-1].step]}. Take that back first."
    return f"it is {state_of(submission)}, and other steps have followed or none was made. Look at its history."
