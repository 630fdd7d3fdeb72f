"""Which band the results reach, and what keeps them out of the better ones."""

from __future__ import annotations

from decimal import Decimal

from qa_platform.scoring.outcome.combining import Combined
from qa_platform.scoring.outcome.numbers import missing_share, reaches, rounded_share
from qa_platform.scoring.outcome.result import CriterionResult, Finding, FindingRule
from qa_platform.scoring.rubric import Band, Rubric


def band_of(rubric: Rubric, combined: Combined) -> tuple[str, tuple[Finding, ...]]:
    """Return the best band that is reached, and the findings that kept out of the better ones."""
    findings: tuple[Finding, ...] = ()
    for band in rubric.bands.in_order:
        against = _against(band, rubric, combined)
        if not against:
            return band.name, findings
        findings += against
    return rubric.bands.otherwise, findings


def must_pass_below_met(rubric: Rubric, combined: Combined) -> tuple[CriterionResult, ...]:
    """Return the must-pass criteria that stay below met."""
    return tuple(
        each
        for each in combined.criteria
        if each.must_pass and each.judged_on is not None and each.judged_on < rubric.met
    )


def _against(band: Band, rubric: Rubric, combined: Combined) -> tuple[Finding, ...]:
    below = must_pass_below_met(rubric, combined)
    return (
        *_too_low(band, combined),
        *_not_conditionable(band, rubric, below),
        *_too_many(band, below),
        *_index_too_low(band, combined),
        *_areas_too_low(band, combined),
    )


def _too_low(band: Band, combined: Combined) -> list[Finding]:
    return [
        _on_criterion(band, "must_pass_min", each, band.must_pass_min)
        for each in combined.criteria
        if each.must_pass and each.judged_on is not None and each.judged_on < band.must_pass_min
    ]


def _not_conditionable(band: Band, rubric: Rubric, below: tuple[CriterionResult, ...]) -> list[Finding]:
    if not band.only_if_conditionable:
        return []
    curable = {each.id for each in rubric.criteria if each.conditionable}
    # One below the band's own minimum is told already; it needs no second finding.
    return [
        _on_criterion(band, "not_conditionable", each, rubric.met)
        for each in below
        if each.criterion not in curable and (each.judged_on or 0) >= band.must_pass_min
    ]


def _too_many(band: Band, below: tuple[CriterionResult, ...]) -> list[Finding]:
    told_already = [each for each in below if (each.judged_on or 0) < band.must_pass_min]
    actual, most = len(below) - len(told_already), band.below_met_max
    if actual <= most:
        return []
    return [_finding(band, "below_met_max", Decimal(actual), Decimal(most), Decimal(actual - most))]


def _index_too_low(band: Band, combined: Combined) -> list[Finding]:
    earned, applicable = combined.earned, combined.applicable
    if reaches(earned, applicable, band.index_min):
        return []
    shortfall = missing_share(earned, applicable, band.index_min)
    return [_finding(band, "index_min", rounded_share(earned, applicable), band.index_min, shortfall)]


def _areas_too_low(band: Band, combined: Combined) -> list[Finding]:
    return [
        _finding(
            band,
            "area_min",
            rounded_share(each.earned, each.applicable),
            band.area_min,
            missing_share(each.earned, each.applicable, band.area_min),
            area=each.area,
        )
        for each in combined.areas
        if each.applicable and not reaches(each.earned, each.applicable, band.area_min)
    ]


def _on_criterion(band: Band, rule: FindingRule, result: CriterionResult, required: int) -> Finding:
    actual = result.judged_on or 0
    shortfall = Decimal(required - actual)
    return _finding(
        band, rule, Decimal(actual), Decimal(required), shortfall, criterion=result.criterion, area=result.area
    )


def _finding(
    band: Band,
    rule: FindingRule,
    actual: Decimal,
    required: Decimal,
    shortfall: Decimal,
    *,
    criterion: str | None = None,
    area: str | None = None,
) -> Finding:
    return Finding(
        band=band.name,
        rule=rule,
        criterion=criterion,
        area=area,
        actual=actual,
        required=required,
        shortfall=shortfall,
    )
