"""What a moderated case says about those who scored it: it goes into their own records, once."""

from __future__ import annotations

from qa_platform.kernel.event import Command
from qa_platform.processes.case import Case
from qa_platform.reviewers.commands import RecordAgreement
from qa_platform.reviewers.events import ModeratedScore


def record_agreements(case: Case) -> list[Command]:
    """Return what each reviewer of a moderated case gave beside what holds, to be kept with his own record.

    What the reviewers agree on holds without anybody's word; a difference that nobody settled has
    no moderated score to be measured by.
    """
    locked = {review_id: case.scores.get(review_id, {}) for _seat, review_id in sorted(case.seated.items())}
    holds = _moderated(locked, case.settled)
    return [
        RecordAgreement(
            person_id=case.reviewers[review_id],
            review_id=review_id,
            criteria=tuple(
                ModeratedScore(criterion=name, score=score, moderated=holds[name])
                for name, score in sorted(given.items())
                if name in holds
            ),
        )
        for review_id, given in locked.items()
    ]


def _moderated(locked: dict[str, dict[str, int | None]], settled: dict[str, int | None]) -> dict[str, int | None]:
    names = {name for given in locked.values() for name in given}
    agreed = {}
    for name in names:
        scores = [given[name] for given in locked.values() if name in given]
        if len(scores) == len(locked) and len(set(scores)) == 1:
            agreed[name] = scores[0]
    return {**agreed, **settled}
