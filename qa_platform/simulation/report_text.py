"""What the report on a case says: of each area, and of what the committee may ask, suggest or praise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from qa_platform.panels.commands import AreaText
from qa_platform.panels.events import FindingKind, ReportFinding
from qa_platform.simulation.names import MARK

if TYPE_CHECKING:
    from qa_platform.scoring.outcome import AreaResult
    from qa_platform.simulation.case import Case

_MOST_OF_A_KIND: Final = 2


def areas_of(case: Case) -> tuple[AreaText, ...]:
    """Return a sentence or two on each area that applies on the route of a case."""
    found = {each.area: each for each in case.outcome().areas}
    titles = {area.id: area.title.en for area in case.rubric.areas}
    applying = dict.fromkeys(each.area for each in case.rubric.applying(case.route))
    return tuple(AreaText(area=area, text=_summary(case, titles[area], found[area])) for area in applying)


def _summary(case: Case, title: str, found: AreaResult) -> str:
    if found.index is None:
        return f"“{title}” does not apply to this course {MARK}."
    if found.index >= case.rubric.bands.approve.index_min:
        return f"What is asked in “{title}” is in place, and the evidence shows it {MARK}."
    if found.index >= case.rubric.bands.approve_with_conditions.index_min:
        return f"Most of what is asked in “{title}” is in place; what is missing is named below {MARK}."
    return f"Much of what is asked in “{title}” is missing, or could not be seen {MARK}."


def findings_of(case: Case) -> tuple[ReportFinding, ...]:
    """Return the findings on single criteria, each under its number."""
    return tuple(
        ReportFinding(finding_id=f"F{number}", kind=kind, criterion=criterion, text=text)
        for number, (kind, criterion, text) in enumerate(_findings(case), start=1)
    )


def _findings(case: Case) -> Iterator[tuple[FindingKind, str, str]]:
    found = case.outcome()
    titles = {each.id: each.title.en for each in case.rubric.criteria}
    for criterion in found.must_pass_faults:
        yield "condition", criterion, f"“{titles[criterion]}” has to be met, and is not yet {MARK}."
    weak = [
        each for each in found.criteria if not each.must_pass and (each.judged_on or case.rubric.met) < case.rubric.met
    ]
    for each in weak[:_MOST_OF_A_KIND]:
        yield "recommendation", each.criterion, f"“{titles[each.criterion]}” deserves work {MARK}."
    for criterion in found.commendations[:_MOST_OF_A_KIND]:
        yield "commendation", criterion, f"“{titles[criterion]}” is a good example for others {MARK}."
