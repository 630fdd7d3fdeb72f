"""What must hold across the pieces of a rubric."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from qa_platform.scoring.rubric.source import Faults
from qa_platform.scoring.rubric.structure import LANGUAGES, Criterion, Rubric

_WHOLE = Decimal(100)


def check(rubric: Rubric, faults: Faults) -> None:
    """Note every fault that only shows when the pieces are held side by side."""
    _languages(rubric, faults)
    _unique("areas", "area", [area.id for area in rubric.areas], faults)
    _unique("criteria", "criterion", [criterion.id for criterion in rubric.criteria], faults)
    _scale(rubric, faults)
    for n, criterion in enumerate(rubric.criteria):
        _criterion(rubric, f"criteria.{n}", criterion, faults)
    _bands(rubric, faults)
    _moderation(rubric, faults)
    if not faults.wrong(".weight") and not faults.wrong(".area"):
        # With a weight missing or unreadable every sum would be wrong too, and would say nothing new.
        _weights(rubric, faults)


def _languages(rubric: Rubric, faults: Faults) -> None:
    if sorted(rubric.languages) != sorted(LANGUAGES) and not faults.wrong("languages"):
        faults.note("languages", f"the languages are not exactly {' and '.join(LANGUAGES)}; list each of them once")


def _unique(path: str, what: str, ids: Iterable[str], faults: Faults) -> None:
    seen: dict[str, str] = {}
    for n, each in enumerate(ids):
        here = f"{path}.{n}.id"
        if each in seen:
            first = faults.line(seen[each])
            faults.note(here, f"the {what} {each} is already there on line {first}; give each its own id")
        elif each:
            seen[each] = here


def _scale(rubric: Rubric, faults: Faults) -> None:
    if not rubric.scale or faults.wrong(".score") or faults.wrong(".points"):
        return
    scores = [level.score for level in rubric.scale]
    points = [level.points for level in rubric.scale]
    if scores != list(range(1, len(scores) + 1)):
        faults.note("scale", "the scores of the scale do not count 1, 2, 3 …; number the levels from 1 up")
    if points != sorted(points):
        faults.note("scale", "the points of the scale fall as the score rises; let a better score earn no less")
    if points[0] != 0 or points[-1] != 1:
        faults.note("scale", "the points of the scale do not run from '0' to '1'; the index is a share of the whole")


def _criterion(rubric: Rubric, path: str, criterion: Criterion, faults: Faults) -> None:
    def note(part: str, what: str) -> None:
        faults.note(f"{path}.{part}", what, criterion=criterion.id or None)

    if criterion.area and criterion.area not in {area.id for area in rubric.areas}:
        note("area", f"the area “{criterion.area}” is not among the areas; add it there, or name another")
    scores = [level.score for level in rubric.scale]
    for score in scores:
        if score not in criterion.anchors:
            note("anchors", f"there is no anchor for score {score}; say what it means")
    for score in sorted(set(criterion.anchors) - set(scores)):
        note(f"anchors.{score}", f"the scale has no score {score}; remove the anchor, or add the level")
    if len(set(criterion.applies_to)) < len(criterion.applies_to):
        note("applies_to", "a route stands twice; keep one of them")
    if criterion.must_pass and criterion.not_applicable:
        what = "a must-pass criterion cannot be left out as not applicable"
        note("not_applicable", f"{what}; write not_allowed, or exempt a route in applies_to")
    if criterion.weight <= 0 and not faults.wrong(f"{path}.weight"):
        note("weight", "the weight is not above 0; a criterion that counts for nothing cannot be scored")


def _bands(rubric: Rubric, faults: Faults) -> None:
    if any(fault.field.startswith(("bands", "scale")) for _, fault in faults.found):
        return
    top = len(rubric.scale)
    for band in rubric.bands.in_order:
        path = f"bands.{band.name}"
        if not 1 <= band.must_pass_min <= top:
            faults.note(f"{path}.must_pass_min", f"the must pass min is not on the scale; choose from 1 to {top}")
        for name, value in (("index_min", band.index_min), ("area_min", band.area_min)):
            if value > 1:
                faults.note(f"{path}.{name}", f"the {name.replace('_', ' ')} is above '1'; an index never is")
    best, next_best = rubric.bands.in_order
    for name in ("must_pass_min", "index_min", "area_min"):
        if getattr(next_best, name) > getattr(best, name):
            what = f"the {name.replace('_', ' ')} is higher than that of approve; conditions cannot ask for more"
            faults.note(f"bands.{next_best.name}.{name}", what)
    if best.below_met_max:
        what = "the below met max of approve is not 0; approval leaves no must-pass criterion below met"
        faults.note("bands.approve.below_met_max", what)


def _moderation(rubric: Rubric, faults: Faults) -> None:
    path = "moderation.difference_min"
    if not faults.wrong(path) and not faults.wrong("moderation") and rubric.moderation.difference_min < 1:
        faults.note(path, "the difference min is below 1; reviewers who agree need no moderation")


def _weights(rubric: Rubric, faults: Faults) -> None:
    for n, area in enumerate(rubric.areas):
        total = sum((each.weight for each in rubric.criteria if each.area == area.id), Decimal(0))
        if total != area.weight:
            what = f"the weight of area {area.id} is {area.weight}, but its criteria add up to {total}"
            faults.note(f"areas.{n}.weight", f"{what}; make them agree")
    total = sum((each.weight for each in rubric.criteria), Decimal(0))
    if total != _WHOLE:
        faults.note("criteria", f"the weights of the criteria add up to {total}; make them {_WHOLE}")
