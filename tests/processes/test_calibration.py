from __future__ import annotations

from qa_platform.processes.calibration import record_agreements
from qa_platform.processes.case import Case
from qa_platform.reviewers.commands import RecordAgreement
from qa_platform.reviewers.events import ModeratedScore

CASE = Case(
    seated={1: "r-1", 2: "r-2"},
    reviewers={"r-0": "gone", "r-1": "ann", "r-2": "ben"},
    scores={
        "r-0": {"C1": 1},
        "r-1": {"C1": 3, "C2": 4, "C3": 2, "C4": None},
        "r-2": {"C1": 3, "C2": 2, "C3": 3, "C4": None},
    },
    settled={"C2": 3},
    scoring_closed=True,
)


def recorded(person: str, review: str, *scores: tuple[str, int | None, int | None]) -> RecordAgreement:
    criteria = tuple(ModeratedScore(criterion=name, score=own, moderated=other) for name, own, other in scores)
    return RecordAgreement(person_id=person, review_id=review, criteria=criteria)


def test_own_scores_are_kept_beside_what_was_agreed_or_settled():
    """What was settled counts, and what both agree on; a difference that nobody settled does not."""
    assert record_agreements(CASE) == [
        recorded("ann", "r-1", ("C1", 3, 3), ("C2", 4, 3), ("C4", None, None)),
        recorded("ben", "r-2", ("C1", 3, 3), ("C2", 2, 3), ("C4", None, None)),
    ]
