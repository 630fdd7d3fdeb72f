"""What a sheet, or a single score, lacks under a rubric."""

from __future__ import annotations

from qa_platform.kernel.rejected import Fault
from qa_platform.scoring.outcome.result import Sheet
from qa_platform.scoring.rubric import Criterion, Rubric


def check_sheet(rubric: Rubric, route: str, sheet: Sheet) -> tuple[Fault, ...]:
    """Return what keeps a sheet from being locked, criterion by criterion.

    A score on a criterion that does not count on the route is no fault: the outcome passes it over.
    """
    faults = []
    for criterion in rubric.applying(route):
        given = sheet.scores.get(criterion.id)
        if given is None:
            remedy = "Score it, or say why it does not apply." if criterion.not_applicable else "Give it a score."
            faults.append(_fault(criterion, f"has no score yet. {remedy}"))
        else:
            faults += _faults(rubric, criterion, given.score)
    return tuple(faults)


def check_score(rubric: Rubric, route: str, criterion_id: str, score: int | None) -> tuple[Fault, ...]:
    """Return what is wrong with giving a criterion a score (None: not applicable) on a route."""
    criterion = rubric.criterion(criterion_id)
    if criterion is None:
        known = f"{rubric.title.en}, version {rubric.version}"
        return (Fault(criterion_id, f"“{criterion_id}” is no criterion of “{known}”. Choose one of its criteria."),)
    if route not in criterion.applies_to:
        return (_fault(criterion, f"does not count on the route {route}. Leave it without a score."),)
    return tuple(_faults(rubric, criterion, score))


def _faults(rubric: Rubric, criterion: Criterion, score: int | None) -> list[Fault]:
    if score is None:
        if criterion.not_applicable:
            return []
        return [_fault(criterion, "cannot be left out as not applicable. Give it a score.")]
    on_scale = [level.score for level in rubric.scale]
    if score in on_scale:
        return []
    return [_fault(criterion, f"has the score {score}. Choose one from {on_scale[0]} to {on_scale[-1]}.")]


def _fault(criterion: Criterion, what: str) -> Fault:
    return Fault(criterion.id, f"Criterion {criterion.id} “{criterion.title.en}” {what}")
