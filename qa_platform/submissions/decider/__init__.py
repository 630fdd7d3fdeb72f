"""The rules of a submission: who may do what when; the rules of its content are beside, by what they show."""

from __future__ import annotations

from typing import assert_never, get_args

from msgspec.structs import replace

from qa_platform.kernel.decider import Decider
from qa_platform.submissions.commands import (
    AcceptSubmission,
    ChangeContent,
    CloseAtIntake,
    DraftSubmission,
    ExtendReturn,
    FileAgain,
    LapseSubmission,
    LodgeSubmission,
    NamePerson,
    RefileSubmission,
    RemovePerson,
    ReturnSubmission,
    SubmissionCommand,
    TakeBackStep,
    WithdrawSubmission,
)
from qa_platform.submissions.decider import refusals
from qa_platform.submissions.decider.components import component_decider
from qa_platform.submissions.decider.content import changed, content_digest
from qa_platform.submissions.decider.declaration import CURRENT_DECLARATION, DECLARATIONS
from qa_platform.submissions.decider.drafting import change, draft, name, remove
from qa_platform.submissions.decider.faults import faults, warnings
from qa_platform.submissions.decider.intake import accept, close, extend, return_
from qa_platform.submissions.decider.lodging import lapse, lodge, withdraw
from qa_platform.submissions.decider.outcomes import INTAKE_CODES, TURN_TO, class_of
from qa_platform.submissions.decider.refiling import file_again, refile
from qa_platform.submissions.decider.state import Status, Submission
from qa_platform.submissions.decider.taking_back import remembering, take_back
from qa_platform.submissions.events import (
    SubmissionAccepted,
    SubmissionClosedAtIntake,
    SubmissionContentChanged,
    SubmissionDrafted,
    SubmissionEvent,
    SubmissionFiledAgain,
    SubmissionLapsed,
    SubmissionLodged,
    SubmissionPersonNamed,
    SubmissionPersonRemoved,
    SubmissionRefiled,
    SubmissionReturned,
    SubmissionReturnExtended,
    SubmissionStepTakenBack,
    SubmissionWithdrawn,
)

__all__ = [
    "CURRENT_DECLARATION",
    "DECLARATIONS",
    "INTAKE_CODES",
    "TURN_TO",
    "Status",
    "Submission",
    "changed",
    "class_of",
    "component_decider",
    "content_digest",
    "decide",
    "evolve",
    "faults",
    "refusals",
    "submission_decider",
    "warnings",
]


def decide(command: SubmissionCommand, submission: Submission) -> list[SubmissionEvent]:
    """Return what follows from a command, or raise Rejected."""
    if isinstance(command, DraftSubmission):
        return draft(command, submission)
    if isinstance(command, RefileSubmission):
        return refile(command, submission)
    if submission.status is None:
        raise refusals.SubmissionUnknown(
            f"There is no submission “{command.submission_id}”. Draft it first, or check its id."
        )
    match command:
        case ChangeContent():
            return change(command, submission)
        case NamePerson():
            return name(command, submission)
        case RemovePerson():
            return remove(command, submission)
        case LodgeSubmission():
            return lodge(command, submission)
        case AcceptSubmission():
            return accept(command, submission)
        case ReturnSubmission():
            return return_(command, submission)
        case ExtendReturn():
            return extend(command, submission)
        case CloseAtIntake():
            return close(command, submission)
        case WithdrawSubmission():
            return withdraw(command, submission)
        case LapseSubmission():
            return lapse(command, submission)
        case TakeBackStep():
            return take_back(command, submission)
        case FileAgain():
            return file_again(command, submission)
        case _:
            assert_never(command)


def evolve(submission: Submission, event: SubmissionEvent) -> Submission:
    """Return the submission as it stands after an event. Never refuses."""
    return remembering(submission, event, _after(submission, event))


def _after(submission: Submission, event: SubmissionEvent) -> Submission:
    match event:
        case SubmissionDrafted():
            return replace(submission, status=Status.DRAFT, drafted=event)
        case SubmissionContentChanged():
            return replace(submission, content=changed(submission.content, event.content))
        case SubmissionPersonNamed():
            return replace(submission, named_subjects=submission.named_subjects | {event.subject})
        case SubmissionPersonRemoved():
            return replace(submission, named_subjects=submission.named_subjects - {event.subject})
        case SubmissionLodged():
            return replace(submission, status=Status.LODGED, round=event.round, due_on=None)
        case SubmissionAccepted():
            return replace(submission, status=Status.ACCEPTED, accepted=event)
        case SubmissionReturned():
            return replace(submission, status=Status.RETURNED, due_on=event.due_on, return_extended=False)
        case SubmissionReturnExtended():
            return replace(submission, due_on=event.due_on, return_extended=True)
        case SubmissionClosedAtIntake():
            return replace(submission, status=Status.CLOSED)
        case SubmissionWithdrawn():
            return replace(submission, status=Status.WITHDRAWN)
        case SubmissionLapsed():
            return replace(submission, status=Status.LAPSED)
        case SubmissionStepTakenBack():
            return replace(submission, status=Status(event.status), due_on=event.due_on)
        case SubmissionRefiled():
            return replace(submission, refiles=event.earlier_id)
        case SubmissionFiledAgain():
            return replace(submission, filed_again_as=event.later_id)
        case _:
            assert_never(event)


def _stream(command: SubmissionCommand) -> str:
    return f"submission-{command.submission_id}"


def _case(command: SubmissionCommand) -> str:
    return command.submission_id


submission_decider: Decider[SubmissionCommand, Submission, SubmissionEvent] = Decider(
    commands=get_args(SubmissionCommand),
    events=get_args(SubmissionEvent),
    stream=_stream,
    initial=Submission(),
    decide=decide,
    evolve=evolve,
    case=_case,
)
