"""What a simulated reviewer scores, and how he says why.

The model, in points of the scale: what a reviewer sees in a criterion is

    MEAN + quality(case) + strength(case, area) + gap(case, criterion) + ease(criterion)    the same for every reviewer
         + severity(reviewer) + taste(reviewer, case) + noise                               this reviewer's own

rounded to a whole score and held between 1 and 4. Each term is normal with the spread below;
severity is dealt out evenly, so that every ten reviewers reach from the mildest to the strictest.
Taste is what keeps one reviewer's total from saying much: reviewers differ on a whole case, not
only on single criteria. The spreads are chosen so that the agreement of single reviewers on total
scores, ICC(2,1), is about 0.35, as in panels that review research grants.
"""

from __future__ import annotations

from functools import cache, lru_cache
from statistics import NormalDist
from typing import Final

import msgspec

from qa_platform.reviews.events import Confidence
from qa_platform.scoring.rubric import Criterion, Rubric
from qa_platform.simulation.chance import chance
from qa_platform.simulation.remarks import comment, pointers, private_note

MEAN: Final = 3.30
SPREAD: Final = {
    "quality": 0.27,
    "strength": 0.12,
    "gap": 0.35,
    "ease": 0.10,
    "severity": 0.20,
    "taste": 0.30,
    "noise": 0.36,
}
_DEALT_TOGETHER: Final = 10
_LOWEST: Final = 1
_HIGHEST: Final = 4
_DOUBT: Final = 0.12  # how near to the border between two scores a reviewer says that he is unsure
_NOT_APPLICABLE: Final = 0.04
_PRIVATE_NOTES: Final = 0.06


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """What one reviewer says about one criterion; `score` None where it does not apply."""

    criterion: str
    score: int | None
    not_applicable_reason: str | None
    comment: str
    private_note: str | None
    confidence: Confidence
    evidence: tuple[tuple[str, str], ...]
    insufficient_evidence: bool


def sheet(seed: int, case: int, reviewer: int, rubric: Rubric, route: str) -> tuple[Judgement, ...]:
    """Return a reviewer's whole score sheet, in the order of the rubric."""
    return tuple(judgement(seed, case, reviewer, each) for each in rubric.applying(route))


def judgement(seed: int, case: int, reviewer: int, criterion: Criterion) -> Judgement:
    """Return what a reviewer says about one criterion of a case."""
    source = chance(seed, "judgement", case, reviewer, criterion.id)
    if criterion.not_applicable and source.random() < _NOT_APPLICABLE:
        return _left_out(criterion)
    seen = perceived(seed, case, reviewer, criterion)
    score = rounded(seen)
    doubt = abs(abs(seen - score) - 0.5)
    return Judgement(
        criterion=criterion.id,
        score=score,
        not_applicable_reason=None,
        comment=comment(source, criterion, score),
        private_note=private_note(source) if source.random() < _PRIVATE_NOTES else None,
        confidence="high" if doubt > 2 * _DOUBT else source.choice(("medium", "medium", "medium", "high", "low")),
        evidence=pointers(source, criterion),
        insufficient_evidence=False,
    )


def perceived(seed: int, case: int, reviewer: int, criterion: Criterion) -> float:
    """Return what a reviewer sees in a criterion, before it becomes a score."""
    return (
        truth(seed, case, criterion)
        + severity(seed, reviewer)
        + _term(seed, "taste", reviewer, case)
        + _term(seed, "noise", reviewer, case, criterion.id)
    )


@cache
def severity(seed: int, reviewer: int) -> float:
    """Return what a reviewer adds to every score: below zero for a strict one."""
    deal, place = divmod(reviewer, _DEALT_TOGETHER)
    order = chance(seed, "severity", deal).sample(range(_DEALT_TOGETHER), _DEALT_TOGETHER)
    return NormalDist(0, SPREAD["severity"]).inv_cdf((order[place] + 0.5) / _DEALT_TOGETHER)


def truth(seed: int, case: int, criterion: Criterion) -> float:
    """Return what a reviewer without severity, taste and noise would see."""
    return (
        MEAN
        + _term(seed, "quality", case)
        + _term(seed, "strength", case, criterion.area)
        + _term(seed, "gap", case, criterion.id)
        + _term(seed, "ease", criterion.id)
    )


def settled(seed: int, case: int, criterion: Criterion, before: tuple[int | None, ...]) -> int:
    """Return the score that a lead reviewer settles on: the truth, between the scores before."""
    given = [score for score in before if score is not None]
    return min(max(rounded(truth(seed, case, criterion)), min(given)), max(given))


def rounded(seen: float) -> int:
    """Return the score nearest to what was seen."""
    return min(max(round(seen), _LOWEST), _HIGHEST)


@lru_cache(maxsize=4096)
def _term(seed: int, name: str, *about: object) -> float:
    return chance(seed, name, *about).gauss(0, SPREAD[name])


def _left_out(criterion: Criterion) -> Judgement:
    reason = "The course makes no promise that this criterion could be held against."
    return Judgement(
        criterion=criterion.id,
        score=None,
        not_applicable_reason=reason,
        comment=f"“{criterion.title.en}” does not apply here. {reason}",
        private_note=None,
        confidence="high",
        evidence=(),
        insufficient_evidence=False,
    )
