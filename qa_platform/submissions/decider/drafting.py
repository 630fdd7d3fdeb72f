"""Beginning a submission, saying what the course is, and who is in it."""

from __future__ import annotations

from qa_platform.kernel.rejected import Fault
from qa_platform.kernel.sealed import Sealed, seal
from qa_platform.submissions.commands import ChangeContent, DraftSubmission, NamePerson, RemovePerson
from qa_platform.submissions.decider import refusals
from qa_platform.submissions.decider.content import changes
from qa_platform.submissions.decider.guards import refuse_personal_data, refuse_unless_open
from qa_platform.submissions.decider.private_text import is_pseudonym, personal_data_faults, text_faults
from qa_platform.submissions.decider.state import Submission
from qa_platform.submissions.events import (
    Route,
    SubmissionContentChanged,
    SubmissionDrafted,
    SubmissionEvent,
    SubmissionPersonNamed,
    SubmissionPersonRemoved,
)


def draft(command: DraftSubmission, submission: Submission) -> list[SubmissionEvent]:
    """Return the beginning of a submission."""
    drafted = SubmissionDrafted(
        submission_id=command.submission_id,
        course_id=command.course_id,
        course_version=command.course_version,
        provider_id=command.provider_id,
        route=command.route,
        prior_accreditation_id=command.prior_accreditation_id,
        source=command.source,
        simulated=command.simulated,
    )
    if submission.drafted == drafted:
        return []
    if submission.status is not None:
        raise refusals.SubmissionAlreadyDrafted(
            f"The submission “{command.submission_id}” was not drafted: there is another one of that id. "
            "Draft it under a new id."
        )
    if command.provider_has_ceased:
        raise refusals.ProviderHasCeased(
            "Nothing was drafted: the provider has ended its work, and puts nothing forward any more. "
            "Draft it for the provider that goes on with the course."
        )
    if command.route in {Route.RENEWAL, Route.CHANGE} and not command.prior_accreditation_id:
        raise refusals.PriorAccreditationNeeded(
            "The submission was not drafted: a renewal or change follows an accreditation. Say which one.",
            (Fault("prior_accreditation_id", "Say which accreditation this follows."),),
        )
    if command.source is not None:
        refuse_personal_data(tuple(text_faults("source.reference", command.source.reference, numbers=False)))

    return [drafted]


def change(command: ChangeContent, submission: Submission) -> list[SubmissionEvent]:
    """Return what really changes in the course."""
    patch = changes(submission.content, command.content)
    if patch is None:
        return []
    refuse_unless_open(submission, "changed")
    refuse_personal_data(tuple(personal_data_faults(patch)))

    return [SubmissionContentChanged(submission_id=command.submission_id, content=patch)]


def name(command: NamePerson, submission: Submission) -> list[SubmissionEvent]:
    """Return a person with a name, sealed under the pseudonym."""
    refuse_unless_open(submission, "changed")
    if not is_pseudonym(command.subject):
        raise refusals.PersonNotPseudonymous(
            "Nobody was named: a person is told by a random pseudonym, a UUID in small letters. Make one, and use it "
            "in the course too."
        )

    def sealed(value: str | None) -> Sealed[str] | None:
        return seal(command.subject, value) if value else None

    return [
        SubmissionPersonNamed(
            submission_id=command.submission_id,
            subject=command.subject,
            capacity=command.capacity,
            name=seal(command.subject, command.name),
            email=sealed(command.email),
            telephone=sealed(command.telephone),
            cv_sha256=sealed(command.cv_sha256),
        )
    ]


def remove(command: RemovePerson, submission: Submission) -> list[SubmissionEvent]:
    """Return a person's leaving."""
    if command.subject not in submission.named_subjects:
        return []
    refuse_unless_open(submission, "changed")

    return [SubmissionPersonRemoved(submission_id=command.submission_id, subject=command.subject)]
