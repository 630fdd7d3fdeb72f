"""What about the sheets calls for moderation.

A criterion that moderation has settled calls no more. From a third sheet on the median settles
differences in score, so only doubt and disputed applicability still call.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa_platform.scoring.outcome.bands import band_of
from qa_platform.scoring.outcome.combining import Settled, combine
from qa_platform.scoring.outcome.result import Score, Sheet, Trigger, TriggerRule
from qa_platform.scoring.rubric import Criterion, Rubric

_PAIR = 2


def triggers_of(rubric: Rubric, route: str, sheets: Sequence[Sheet], settled: Settled) -> tuple[Trigger, ...]:
    """Return what calls for moderation, criterion by criterion, then the whole."""
    found: list[Trigger] = []
    for criterion in rubric.applying(route):
        if criterion.id not in settled:
            given = [sheet.scores[criterion.id] for sheet in sheets if criterion.id in sheet.scores]
            found += _of_criterion(rubric, criterion, given)
    return (*found, *_bands_differ(rubric, route, sheets, settled))


def _of_criterion(rubric: Rubric, criterion: Criterion, given: list[Score]) -> list[Trigger]:
    scores = [each.score for each in given if each.score is not None]
    found: list[Trigger] = []
    if len(scores) == _PAIR:
        found += _difference(rubric, criterion, scores)
        found += _straddles(rubric, criterion, scores)
    found += _doubt(rubric, criterion, given)
    found += _applicability(rubric, criterion, given)
    return found


def _difference(rubric: Rubric, criterion: Criterion, scores: list[int]) -> list[Trigger]:
    difference, least = max(scores) - min(scores), rubric.moderation.difference_min
    if difference < least:
        return []
    return [_on(criterion, "difference", scores, difference, least)]


def _straddles(rubric: Rubric, criterion: Criterion, scores: list[int]) -> list[Trigger]:
    asked = rubric.moderation.straddles_met_on_must_pass and criterion.must_pass
    if not asked or not min(scores) < rubric.met <= max(scores):
        return []
    return [_on(criterion, "straddles_met", scores, max(scores) - min(scores), 1)]


def _doubt(rubric: Rubric, criterion: Criterion, given: list[Score]) -> list[Trigger]:
    doubting = [each.score for each in given if each.confidence == "low"]
    if not doubting or not (rubric.moderation.low_confidence_on_must_pass and criterion.must_pass):
        return []
    return [_on(criterion, "low_confidence", doubting, len(doubting), 1)]


def _applicability(rubric: Rubric, criterion: Criterion, given: list[Score]) -> list[Trigger]:
    left_out = sum(each.score is None for each in given)
    if not rubric.moderation.applicability_differs or left_out in {0, len(given)}:
        return []
    return [_on(criterion, "applicability_differs", [each.score for each in given], left_out, 1)]


def _bands_differ(rubric: Rubric, route: str, sheets: Sequence[Sheet], settled: Settled) -> list[Trigger]:
    if not rubric.moderation.bands_differ or len(sheets) != _PAIR:
        return []
    # What is settled counts in both, so that settling the criteria that made the bands differ ends it.
    bands = tuple(band_of(rubric, combine(rubric, route, [sheet], settled))[0] for sheet in sheets)
    different = len(set(bands))
    if different == 1:
        return []
    return [Trigger(rule="bands_differ", criterion=None, values=bands, actual=different, required=_PAIR)]


def _on(criterion: Criterion, rule: TriggerRule, values: Sequence[int | None], actual: int, required: int) -> Trigger:
    return Trigger(rule=rule, criterion=criterion.id, values=tuple(values), actual=actual, required=required)
