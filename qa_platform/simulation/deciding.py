"""The decision on a case: who sits, what they decide on exactly which basis, and its release."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from qa_platform.decisions.commands import RecuseMember, Sitting, TakeDecision
from qa_platform.decisions.events import Code, Condition, Ground, Severity
from qa_platform.kernel.months import months_after
from qa_platform.kernel.roles import Role
from qa_platform.simulation.acts import Act, ReadStream
from qa_platform.simulation.committee import (
    MEMBERS,
    dossier_of,
    releasing,
    signing,
    sitting_of,
    tabling,
    taking,
    voting,
)
from qa_platform.simulation.conditions import living_with_conditions
from qa_platform.simulation.deferring import deferring
from qa_platform.submissions.events import Route

if TYPE_CHECKING:
    from qa_platform.scoring.outcome import Outcome
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.players import Company

_CONDITION_MONTHS: Final = 6
_CRITICAL_MONTHS: Final = 3
_MANY_FAULTS: Final = 2
_FEWEST_CONDITIONS: Final = 1


def deciding(case: Case, company: Company, day: date, rubric_hash: str) -> Iterator[Act]:
    """Give what happens from the committee's meeting to the release, and to the conditions after it."""
    secretary = company.one(Role.COMMITTEE_SECRETARY).actor
    chair = company.one(Role.COMMITTEE_MEMBER, case.number).actor
    day = case.later(day, "committee")
    if case.fate.twist == "deferral":
        day = yield from deferring(case, company, day, rubric_hash)
    sitting = sitting_of(case, company, day)
    yield Act(at=case.at(day), actor=secretary, commands=tabling(case, sitting))
    if case.fate.twist == "recusal":
        recused = company.one(Role.COMMITTEE_MEMBER, case.number + MEMBERS)
        recusing = RecuseMember(submission_id=case.submission_id, member_id=recused.person_id, category="COL")
        yield Act(at=case.at(day), actor=secretary, commands=(recusing,))
    code, departure = _verdict(case, case.outcome())
    # Who departs from what the scores suggest is seldom of one mind.
    against = sitting.members[-1:] if departure else ()
    yield Act(at=case.at(day), actor=secretary, commands=voting(case, sitting, code, against))
    yield Act(
        at=case.at(day),
        actor=secretary,
        rests_on=lambda read: (_decision(case, company, sitting, rubric_hash, read),),
    )
    yield Act(at=case.at(day), actor=chair, commands=(signing(case, case.decision_id, sitting),))
    if case.fate.ending == "decided":
        return
    day = case.later(day, "release")
    yield Act(at=case.at(day), actor=secretary, commands=(releasing(case, day),), stirs=True)
    yield from living_with_conditions(case, company, day)


def _decision(case: Case, company: Company, sitting: Sitting, rubric_hash: str, read: ReadStream) -> TakeDecision:
    found = case.outcome()
    code, departure = _verdict(case, found)
    case.conditions = _conditions(case, found, code, sitting.held_on)
    dossier = dossier_of(case, company, rubric_hash, read)
    return replace(
        taking(case, company, sitting, dossier, decision_id=case.decision_id, code=code),
        departure_reason=departure,
        grounds=_grounds(case, found),
        conditions=case.conditions,
        recommendations=_recommendations(case, found),
        commendations=_commendations(case, found),
    )


def _verdict(case: Case, found: Outcome) -> tuple[Code, str | None]:
    departs = case.fate.twist == "departure"
    match found.band:
        case "approve" if departs:
            return "APP-C", "The provider changed its platform after the review, and the change is to be shown."
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


def _grounds(case: Case, found: Outcome) -> tuple[Ground, ...]:
    weak = [each for each in found.areas if each.index is not None and each.index < case.rubric.bands.approve.index_min]
    areas = {area.id: area.title.en for area in case.rubric.areas}
    grounds = [Ground(area=each.area, text=f"“{areas[each.area]}” reaches {each.index} of 1.") for each in weak]
    for criterion_id in found.must_pass_faults:
        criterion = case.rubric.criterion(criterion_id)
        if criterion is not None:
            grounds.append(Ground(area=criterion.area, text=f"“{criterion.title.en}” must be met, and is not."))
    return tuple(grounds) or (Ground(area=case.rubric.areas[0].id, text="All areas reach what the standard asks."),)


def _conditions(case: Case, found: Outcome, code: Code, day: date) -> tuple[Condition, ...]:
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


def _recommendations(case: Case, found: Outcome) -> tuple[str, ...]:
    below = [each.criterion for each in found.criteria if each.judged_on is not None and not each.must_pass]
    weak = [each for each in found.criteria if each.criterion in below and (each.judged_on or 0) < case.rubric.met]
    titles = (case.rubric.criterion(each.criterion) for each in weak[:2])
    return tuple(f"Work on “{criterion.title.en}” before the next cohort." for criterion in titles if criterion)


def _commendations(case: Case, found: Outcome) -> tuple[str, ...]:
    praised = (case.rubric.criterion(criterion) for criterion in found.commendations[:2])
    return tuple(f"“{criterion.title.en}” goes beyond what is asked." for criterion in praised if criterion)
