"""Submissions: what was declared is what is judged, and nothing changes behind anybody's back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.audit.invariants.history import History, World
from qa_platform.audit.invariants.invariant import Asked, Found, Ground, Invariant, OfCases, OfStreams, Violation, at
from qa_platform.kernel.event import Recorded
from qa_platform.panels.events import PanelOpened
from qa_platform.reviews.events import ReviewerInvited
from qa_platform.submissions.decider import Status, Submission, content_digest, evolve
from qa_platform.submissions.decider.state import ENDED
from qa_platform.submissions.events import (
    SubmissionAccepted,
    SubmissionClosedAtIntake,
    SubmissionContentChanged,
    SubmissionFiledAgain,
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
        if isinstance(recorded.event, SubmissionFiledAgain) and (
            standing not in ENDED or submission.filed_again_as is not None
        ):
            yield at(
                recorded, f"it was filed again, and was {standing or 'not drafted'}, or had been filed again before"
            )
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


def _tied(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_ONE_SIDED):
        what = "it is tied to a submission of which nothing says that it is tied to this one"
        yield Violation(position=row.position, stream=row.stream, version=row.version, what=what)


# Both sides are written in one append, by the same provider's officer.
_ONE_SIDED = sa.text(r"""
SELECT p.position, e.stream, e.version
FROM ledger.events e JOIN ledger.positions p ON p.id = e.id
CROSS JOIN LATERAL (VALUES (
    CASE e.name WHEN 'submission.refiled.v1' THEN 'submission.filed_again.v1' ELSE 'submission.refiled.v1' END,
    CASE e.name WHEN 'submission.refiled.v1' THEN 'earlier_id' ELSE 'later_id' END,
    CASE e.name WHEN 'submission.refiled.v1' THEN 'later_id' ELSE 'earlier_id' END)) AS o(name, theirs, ours)
WHERE e.stream LIKE 'submission-%' AND e.name IN ('submission.refiled.v1', 'submission.filed_again.v1')
  AND NOT EXISTS (
    SELECT FROM ledger.events a
    JOIN ledger.events b ON b.stream = a.stream AND b.version = 1
    JOIN ledger.events d ON d.stream = e.stream AND d.version = 1
    WHERE a.stream = 'submission-' || (e.record -> 'data' ->> o.theirs) AND a.name = o.name
      AND a.record -> 'data' ->> o.ours = e.record -> 'data' ->> 'submission_id'
      AND b.record -> 'data' ->> 'provider_id' = d.record -> 'data' ->> 'provider_id')
ORDER BY 1
""")


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
        "submissions.refiled-from-both-sides",
        "What files an ended submission again and what was filed again name each other, and are of one provider.",
        Asked(_tied),
    ),
    Invariant(
        "submissions.judged-as-accepted",
        "Panel and reviews are about the very version that was accepted.",
        OfCases(_accepted_version),
    ),
)
