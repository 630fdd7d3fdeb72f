"""Submissions: what was declared is what is judged, and nothing changes behind anybody's back."""

from __future__ import annotations

from typing import Any

from qa_platform.audit.invariants.history import History, World
from qa_platform.audit.invariants.invariant import Found, Ground, Invariant, OfCases, OfStreams, at
from qa_platform.kernel.event import Recorded
from qa_platform.panels.events import PanelOpened
from qa_platform.reviews.events import ReviewerInvited
from qa_platform.submissions.decider import Status, Submission, content_digest, evolve
from qa_platform.submissions.events import (
    SubmissionAccepted,
    SubmissionClosedAtIntake,
    SubmissionContentChanged,
    SubmissionLodged,
    SubmissionPersonNamed,
    SubmissionPersonRemoved,
    SubmissionReturned,
    SubmissionReturnExtended,
)

_THE_PROVIDERS = (SubmissionContentChanged, SubmissionPersonNamed, SubmissionPersonRemoved, SubmissionLodged)
_OF_INTAKE = (SubmissionAccepted, SubmissionReturned, SubmissionClosedAtIntake)


def _declared(events: list[Recorded[Any]], _ground: Ground) -> Found:
    submission = Submission()
    for recorded in _of_a_submission(events):
        event = recorded.event
        if isinstance(event, SubmissionLodged) and content_digest(submission.content) != event.content_digest:
            yield at(recorded, "the content as it stood is not the one that was declared")
        submission = evolve(submission, recorded.event)


def _in_turn(events: list[Recorded[Any]], _ground: Ground) -> Found:
    submission = Submission()
    for recorded in _of_a_submission(events):
        standing = submission.status
        if isinstance(recorded.event, _THE_PROVIDERS) and standing not in {Status.DRAFT, Status.RETURNED}:
            yield at(recorded, f"the provider changed or lodged what was {standing or 'not drafted'}")
        if isinstance(recorded.event, _OF_INTAKE) and standing is not Status.LODGED:
            yield at(recorded, f"intake acted on what was {standing or 'not drafted'}")
        if isinstance(recorded.event, SubmissionReturnExtended):
            if standing is not Status.RETURNED:
                yield at(recorded, f"more time was given to what was {standing or 'not drafted'}")
            elif submission.return_extended:
                yield at(recorded, "a return was extended a second time")
        submission = evolve(submission, recorded.event)


def _of_a_submission(events: list[Recorded[Any]]) -> list[Recorded[Any]]:
    return events if events[0].stream.startswith("submission-") else []


def _accepted_version(case: History, _world: World) -> Found:
    accepted = case.first(SubmissionAccepted)
    about: list[Recorded[Any]] = [*case.of(PanelOpened), *case.of(ReviewerInvited)]
    for recorded in about:
        given = recorded.event.submission_version
        if accepted is None:
            yield at(recorded, "it is about a submission that was never accepted")
        elif given != accepted.version:
            yield at(
                recorded, f"it is about version {given} of the submission; accepted was version {accepted.version}"
            )


SUBMISSIONS = (
    Invariant(
        "submissions.content-as-declared",
        "What was lodged is the content that the accountable officer declared, by its digest.",
        OfStreams(_declared),
    ),
    Invariant(
        "submissions.changed-in-turn",
        "The provider changes a submission only while it is a draft or returned, and intake acts only on a lodged "
        "one; nobody changes what is being judged.",
        OfStreams(_in_turn),
    ),
    Invariant(
        "submissions.judged-as-accepted",
        "Panel and reviews are about the very version that was accepted.",
        OfCases(_accepted_version),
    ),
)
