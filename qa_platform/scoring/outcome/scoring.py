"""From rubric, route, sheets and what was settled to the outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa_platform.scoring.outcome.bands import band_of, must_pass_below_met
from qa_platform.scoring.outcome.combining import combine
from qa_platform.scoring.outcome.numbers import rounded_share
from qa_platform.scoring.outcome.result import CriterionResult, Outcome, Sheet
from qa_platform.scoring.outcome.triggers import triggers_of
from qa_platform.scoring.rubric import Rubric


def outcome(
    rubric: Rubric, route: str, sheets: Sequence[Sheet], settled: Mapping[str, int | None] | None = None
) -> Outcome:
    """Return what locked sheets mean under a rubric.

    On each criterion a settled score wins; then what all agree on; then the middle score, or the
    mean of the points of the two middle ones where those differ, must-pass being judged on the
    lower. It is left out only if all who judged it say that it does not apply. The order of the
    sheets does not matter. Raises ValueError for sheets that `check_sheet` would not have passed.
    """
    if not sheets:
        message = "an outcome needs at least one sheet"
        raise ValueError(message)

    settled = settled or {}
    sheets = sorted(sheets, key=lambda sheet: sheet.review_id)
    combined = combine(rubric, route, sheets, settled)
    band, findings = band_of(rubric, combined)
    return Outcome(
        standard_id=rubric.standard_id,
        rubric_version=rubric.version,
        route=route,
        band=band,
        index=rounded_share(combined.earned, combined.applicable),
        earned=combined.earned,
        applicable=combined.applicable,
        areas=combined.areas,
        criteria=combined.criteria,
        must_pass_faults=tuple(each.criterion for each in must_pass_below_met(rubric, combined)),
        findings=findings,
        triggers=triggers_of(rubric, route, sheets, settled),
        commendations=_commendations(rubric, combined.criteria),
    )


def _commendations(rubric: Rubric, criteria: tuple[CriterionResult, ...]) -> tuple[str, ...]:
    commended = {level.score for level in rubric.scale if level.commendation}
    return tuple(each.criterion for each in criteria if each.score in commended)
