"""Several sheets made one: the result of each criterion, of each area, and of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import msgspec

from qa_platform.scoring.outcome.numbers import rounded_share
from qa_platform.scoring.outcome.result import AreaResult, Basis, CriterionResult, Sheet
from qa_platform.scoring.rubric import Criterion, Rubric

# What moderation settled, by criterion; None settles that it does not apply.
Settled = Mapping[str, int | None]


class Combined(msgspec.Struct, frozen=True, kw_only=True):
    """The results, before any band is asked about."""

    criteria: tuple[CriterionResult, ...]
    areas: tuple[AreaResult, ...]
    earned: Decimal
    applicable: Decimal


def combine(rubric: Rubric, route: str, sheets: Sequence[Sheet], settled: Settled) -> Combined:
    """Return what the sheets come to on a route.

    Assumes sheets without faults: a criterion that nobody scored is a bug of the caller.
    """
    criteria = tuple(_result(rubric, each, sheets, settled) for each in rubric.applying(route))
    areas = tuple(_area(area.id, criteria) for area in rubric.areas)
    earned, applicable = _sums(criteria)
    if not applicable:
        message = f"nothing of {rubric.standard_id} {rubric.version} applies on route {route!r}"
        raise ValueError(message)

    return Combined(criteria=criteria, areas=areas, earned=earned, applicable=applicable)


def _result(rubric: Rubric, criterion: Criterion, sheets: Sequence[Sheet], settled: Settled) -> CriterionResult:
    scores = tuple(sheet.scores[criterion.id].score for sheet in sheets if criterion.id in sheet.scores)
    if not scores and criterion.id not in settled:
        message = f"no sheet has a score for {criterion.id}"
        raise ValueError(message)

    basis, counting = _counting(scores, criterion.id, settled)
    points = [rubric.points(score) for score in counting]
    return CriterionResult(
        criterion=criterion.id,
        area=criterion.area,
        weight=criterion.weight,
        must_pass=criterion.must_pass,
        scores=scores,
        basis=basis,
        score=counting[0] if len(set(counting)) == 1 else None,
        judged_on=min(counting, default=None),
        points=sum(points, Decimal(0)) / len(points) if points else None,
    )


def _counting(scores: tuple[int | None, ...], criterion: str, settled: Settled) -> tuple[Basis, list[int]]:
    """Return the scores whose points count: one, or the two in the middle when those differ."""
    if criterion in settled:
        score = settled[criterion]
        return "settled", [] if score is None else [score]
    given = sorted(score for score in scores if score is not None)
    if not given:
        return "not_applicable", []
    if given[0] == given[-1]:
        return "agreed", given[:1]
    middle = given[(len(given) - 1) // 2 : len(given) // 2 + 1]
    if middle[0] == middle[-1]:
        return "median", middle[:1]
    return "mean", middle


def _area(area: str, criteria: tuple[CriterionResult, ...]) -> AreaResult:
    earned, applicable = _sums(each for each in criteria if each.area == area)
    index = rounded_share(earned, applicable) if applicable else None
    return AreaResult(area=area, earned=earned, applicable=applicable, index=index)


def _sums(criteria: Iterable[CriterionResult]) -> tuple[Decimal, Decimal]:
    earned = applicable = Decimal(0)
    for each in criteria:
        if each.points is not None:
            earned += each.weight * each.points
            applicable += each.weight
    return earned, applicable
