"""A reviewer's sheet: filled in one sitting or two, and locked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from qa_platform.reviews.commands import LockReview, ScoreCriterion
from qa_platform.reviews.events import Pointer
from qa_platform.simulation import remarks, scoring_model
from qa_platform.simulation.moves import Move
from qa_platform.simulation.office import working_days_after
from qa_platform.simulation.querying import asked_of_provider
from qa_platform.submissions.events import Route

if TYPE_CHECKING:
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.desk import Desk
    from qa_platform.simulation.players import Company, Reviewer

_FIRST_AREAS: Final = "ABC"  # what a reviewer reads in the first sitting
_IN_ONE_GO: Final = 2  # every other reviewer sits down once for a whole sheet
_RESCORED: Final = 0.15  # the share of sheets in which a reviewer changes a score on second thought


def scored(case: Case, company: Company, desk: Desk, seat: int, day: date) -> Iterator[Move]:
    """Give what a reviewer does from the gate to the lock; now and then he asks the provider first."""
    review_id, reviewer = case.reviewing[seat]
    actor, asked = reviewer.player.actor, asked_of_provider(case, company, seat, day)
    first, second = _sittings(case, reviewer, sheet(case, review_id, reviewer, lacking=asked.lacking))
    yield from asked.moves
    # The second seat is the quicker one, now and then by days.
    half = working_days_after(day, max(1, case.days["scoring"] // 2 - seat % 2))
    if first:
        yield Move(day=half, actor=actor, commands=tuple(first))
    if seat == 1 and case.fate.ending in {"scoring", "withdrawn_late"}:
        desk.done(reviewer, case.provider, reviewed=False)
        return
    done = working_days_after(day, case.days["scoring"] - (seat - 1) * case.chance.randrange(3))
    if case.fate.ending == "scoring":
        done = half
    locking = lock(case, review_id, reviewer, queried=asked.criteria)
    yield Move(day=max(done, asked.until), actor=actor, commands=(*second, locking))
    desk.done(reviewer, case.provider, reviewed=True, full=case.route is Route.SAMC)


def sheet(case: Case, review_id: str, reviewer: Reviewer, *, lacking: tuple[str, ...] = ()) -> list[ScoreCriterion]:
    """Return all scores of a reviewer; `lacking` are the criteria for which the evidence is not there."""
    scores = (_scoring(case, review_id, reviewer, each) for each in case.judgements(reviewer))
    return [replace(one, insufficient_evidence=one.criterion in lacking) for one in scores]


def lock(case: Case, review_id: str, reviewer: Reviewer, *, queried: tuple[str, ...] = ()) -> LockReview:
    """Return the lock of a sheet."""
    return LockReview(
        review_id=review_id,
        submission_id=case.submission_id,
        reviewer_id=reviewer.player.person_id,
        rubric=case.rubric,
        route=case.route,
        queried=queried,
    )


def _sittings(
    case: Case, reviewer: Reviewer, scores: list[ScoreCriterion]
) -> tuple[list[ScoreCriterion], list[ScoreCriterion]]:
    """Return what is scored first, and what with the lock; some do it all at once, some think again."""
    first = [each for each in scores if each.criterion[0] in _FIRST_AREAS]
    second = scores[len(first) :]
    again = next((each for each in first if each.score in {2, 3}), None)
    if case.chance.random() < _RESCORED and again is not None:
        return [_before(case, each) if each is again else each for each in first], [*second, again]
    if reviewer.number % _IN_ONE_GO == 0 and case.fate.ending in {"released", "awaiting", "decided", "conditional"}:
        return [], scores
    return first, second


def _before(case: Case, final: ScoreCriterion) -> ScoreCriterion:
    criterion = case.rubric.criterion(final.criterion)
    if criterion is None or final.score is None:
        return final
    other = 5 - final.score
    return replace(
        final, score=other, comment=remarks.comment(case.chance, criterion, other), confidence="low", private_note=None
    )


def _scoring(case: Case, review_id: str, reviewer: Reviewer, judged: scoring_model.Judgement) -> ScoreCriterion:
    return ScoreCriterion(
        review_id=review_id,
        submission_id=case.submission_id,
        reviewer_id=reviewer.player.person_id,
        criterion=judged.criterion,
        score=judged.score,
        comment=judged.comment,
        confidence=judged.confidence,
        rubric=case.rubric,
        route=case.route,
        not_applicable_reason=judged.not_applicable_reason,
        private_note=judged.private_note,
        evidence=tuple(Pointer(field=field, note=note) for field, note in judged.evidence),
        insufficient_evidence=judged.insufficient_evidence,
    )
