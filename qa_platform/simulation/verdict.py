"""What the committee decides on a case, and how it words it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from qa_platform.decisions.events import Code, Condition, Ground, Severity
from qa_platform.kernel.months import months_after
from qa_platform.simulation.varying import varies
from qa_platform.submissions.events import Route

if TYPE_CHECKING:
    from qa_platform.scoring.outcome import Outcome
    from qa_platform.simulation.case import Case

_CONDITION_MONTHS: Final = 6
_CRITICAL_MONTHS: Final = 3
_MANY_FAULTS: Final = 2
_FEWEST_CONDITIONS: Final = 1
_TO_BE_SHOWN: Final = "The provider changed its platform after the review, and the change is to be shown."


def verdict(case: Case, found: Outcome) -> tuple[Code, str | None]:
    """Return the code of the decision, and why it departs from what the scores suggest."""
    departs = case.fate.twist == "departure"
    if varies(case):
        reason = "What is missing is a matter of the level, and falls away with it."
        return "APP-V", None if found.band == "approve" else reason
    if case.fate.ending == "conditional":
        return "APP-C", None if found.band == "approve_with_conditions" else _TO_BE_SHOWN
    match found.band:
        case "approve" if departs:
            return "APP-C", _TO_BE_SHOWN
        case "approve":
            return ("LIST" if case.route is Route.APMC else "APP"), None
        case "approve_with_conditions" if departs:
            reason = "The provider showed before the meeting that what was missing is in place."
            return ("LIST" if case.route is Route.APMC else "APP"), reason
        case "approve_with_conditions":
            return ("APP-CX" if len(found.must_pass_faults) >= _MANY_FAULTS else "APP-C"), None
        case _ if departs:
            return "APP-C", "What is missing can be put right within the time of a condition, and learners are waiting."
        case _:
            return "REF", None


def grounds(case: Case, found: Outcome) -> tuple[Ground, ...]:
    """Return why, area by area."""
    weak = [each for each in found.areas if each.index is not None and each.index < case.rubric.bands.approve.index_min]
    areas = {area.id: area.title.en for area in case.rubric.areas}
    grounds = [Ground(area=each.area, text=f"“{areas[each.area]}” reaches {each.index} of 1.") for each in weak]
    for criterion_id in found.must_pass_faults:
        criterion = case.rubric.criterion(criterion_id)
        if criterion is not None:
            grounds.append(Ground(area=criterion.area, text=f"“{criterion.title.en}” must be met, and is not."))
    return tuple(grounds) or (Ground(area=case.rubric.areas[0].id, text="All areas reach what the standard asks."),)


def conditions(case: Case, found: Outcome, code: Code, day: date) -> tuple[Condition, ...]:
    """Return what is to be put right, and by when."""
    if code not in {"APP-C", "APP-CX"}:
        return ()
    weakest = sorted((each for each in found.criteria if each.points is not None), key=lambda each: each.points or 0)
    named = list(found.must_pass_faults) or [each.criterion for each in weakest[:_FEWEST_CONDITIONS]]
    return tuple(_condition(case, criterion, place, code, day) for place, criterion in enumerate(named))


def _condition(case: Case, criterion_id: str, place: int, code: Code, day: date) -> Condition:
    criterion = case.rubric.criterion(criterion_id)
    critical = code == "APP-CX" and place == 0
    severity: Severity = "critical" if critical else ("major" if criterion and criterion.must_pass else "minor")
    asked = criterion.anchors[case.rubric.met].en if criterion else criterion_id
    return Condition(
        condition_id=case.new_id(),
        criterion=criterion_id,
        severity=severity,
        text=f"Show that this holds: {asked}.",
        due_on=months_after(day, _CRITICAL_MONTHS if critical else _CONDITION_MONTHS),
        checked_by="panel" if criterion and criterion.area in {"C", "D", "E"} else "officer",
    )


def recommendations(case: Case, found: Outcome) -> tuple[str, ...]:
    """Return what the provider should work on."""
    below = [each.criterion for each in found.criteria if each.judged_on is not None and not each.must_pass]
    weak = [each for each in found.criteria if each.criterion in below and (each.judged_on or 0) < case.rubric.met]
    titles = (case.rubric.criterion(each.criterion) for each in weak[:2])
    return tuple(f"Work on “{criterion.title.en}” before the next cohort." for criterion in titles if criterion)


def commendations(case: Case, found: Outcome) -> tuple[str, ...]:
    """Return what goes beyond what is asked."""
    praised = (case.rubric.criterion(criterion) for criterion in found.commendations[:2])
    return tuple(f"“{criterion.title.en}” goes beyond what is asked." for criterion in praised if criterion)
