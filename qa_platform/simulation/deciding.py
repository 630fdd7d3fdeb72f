"""The decision on a case: who sits, what they decide on exactly which basis, and its release."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from qa_platform.decisions.commands import (
    CastVote,
    ConveneMeeting,
    CountersignDecision,
    Dossier,
    PutMotion,
    RecuseMember,
    ReleaseDecision,
    Sitting,
    TableCase,
    TableItem,
    TakeDecision,
)
from qa_platform.decisions.events import Basis, Code, Condition, Ground, Severity
from qa_platform.kernel.event import Command
from qa_platform.kernel.months import months_after
from qa_platform.kernel.roles import Role
from qa_platform.simulation.acts import Act, ReadStream
from qa_platform.simulation.conditions import living_with_conditions
from qa_platform.submissions.events import Route

if TYPE_CHECKING:
    from qa_platform.scoring.outcome import Outcome
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.players import Company

_MEMBERS: Final = 3
_CONDITION_MONTHS: Final = 6
_CRITICAL_MONTHS: Final = 3
_MANY_FAULTS: Final = 2
_FEWEST_CONDITIONS: Final = 1


def deciding(case: Case, company: Company, day: date, rubric_hash: str) -> Iterator[Act]:
    """Give what happens from the committee's meeting to the release, and to the conditions after it."""
    secretary = company.one(Role.COMMITTEE_SECRETARY).actor
    day = case.later(day, "committee")
    sitting = _sitting(case, company, day)
    yield Act(at=case.at(day), actor=secretary, commands=_tabling(case, sitting))
    if case.fate.twist == "recusal":
        recused = company.one(Role.COMMITTEE_MEMBER, case.number + _MEMBERS)
        recusing = RecuseMember(submission_id=case.submission_id, member_id=recused.person_id, category="COL")
        yield Act(at=case.at(day), actor=secretary, commands=(recusing,))
    yield Act(at=case.at(day), actor=secretary, commands=_voting(case, sitting))
    yield Act(
        at=case.at(day),
        actor=secretary,
        rests_on=lambda read: (_decision(case, company, sitting, rubric_hash, read),),
    )
    signing = CountersignDecision(
        submission_id=case.submission_id,
        decision_id=case.decision_id,
        member_id=sitting.chair_id,
        signed_on=day,
    )
    chair = company.one(Role.COMMITTEE_MEMBER, case.number).actor
    yield Act(at=case.at(day), actor=chair, commands=(signing,))
    if case.fate.ending == "decided":
        return
    day = case.later(day, "release")
    releasing = ReleaseDecision(
        submission_id=case.submission_id,
        submission_status="accepted",
        released_on=day,
        appeal_until=case.deadlines.appeal_until(day),
        appeal_calendar_days=case.deadlines.appeal_calendar_days,
    )
    yield Act(at=case.at(day), actor=secretary, commands=(releasing,), stirs=True)
    yield from living_with_conditions(case, company, day)


def _sitting(case: Case, company: Company, day: date) -> Sitting:
    members = tuple(company.one(Role.COMMITTEE_MEMBER, case.number + place).person_id for place in range(_MEMBERS))
    return Sitting(meeting_id=case.new_id(), held_on=day, chair_id=members[0], members=members)


def _tabling(case: Case, sitting: Sitting) -> tuple[Command, ...]:
    return (
        ConveneMeeting(
            meeting_id=sitting.meeting_id,
            held_on=sitting.held_on,
            chair_id=sitting.chair_id,
            members=sitting.members,
            committee=sitting.members,
            quorum=case.deadlines.committee_quorum,
            on=sitting.held_on,
        ),
        TableItem(meeting_id=sitting.meeting_id, submission_id=case.submission_id),
        TableCase(
            submission_id=case.submission_id,
            meeting_id=sitting.meeting_id,
            held_on=sitting.held_on,
            submission_status="accepted",
            scoring_closed=True,
            on=sitting.held_on,
        ),
    )


def _voting(case: Case, sitting: Sitting) -> tuple[Command, ...]:
    code, departure = _verdict(case, case.outcome())
    motion = PutMotion(
        submission_id=case.submission_id,
        motion_id=case.new_id(),
        code=code,
        route=case.route,
        sitting=sitting,
        on=sitting.held_on,
    )
    # Who departs from what the scores suggest is seldom of one mind.
    against = sitting.members[-1:] if departure else ()
    votes = (
        CastVote(
            submission_id=case.submission_id,
            member_id=member,
            vote="against" if member in against else "for",
            asked_by=None,
            sitting=sitting,
            reviewed_by=(),
        )
        for member in sitting.members
    )
    return (motion, *votes)


def _decision(case: Case, company: Company, sitting: Sitting, rubric_hash: str, read: ReadStream) -> TakeDecision:
    found = case.outcome()
    code, departure = _verdict(case, found)
    case.conditions = _conditions(case, found, code, sitting.held_on)
    return TakeDecision(
        submission_id=case.submission_id,
        decision_id=case.decision_id,
        dossier=_dossier(case, company, rubric_hash, read),
        code=code,
        members=sitting.members,
        committee=sitting.members,
        taken_on=sitting.held_on,
        longest_validity_months=case.deadlines.longest_validity_months,
        longest_deferral_calendar_days=case.deadlines.deferral_calendar_days,
        quorum=case.deadlines.committee_quorum,
        sitting=sitting,
        recorded_by=company.one(Role.COMMITTEE_SECRETARY).person_id,
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


def _dossier(case: Case, company: Company, rubric_hash: str, read: ReadStream) -> Dossier:
    # Only what does not depend on the day is read from it.
    content = case.content(date.min + timedelta(days=3650))
    lead = company.one(Role.LEAD_REVIEWER, case.number)
    reviews = [review_id for _, (review_id, _) in sorted(case.reviewing.items())]
    streams = [f"submission-{case.submission_id}", f"panel-{case.submission_id}"]
    streams += [*(f"review-{review_id}" for review_id in reviews), f"standard-{case.rubric.standard_id}"]
    last = [read(stream)[-1] for stream in streams]
    return Dossier(
        route=case.route,
        submission_status="accepted",
        standard_id=case.rubric.standard_id,
        rubric_version=case.rubric.version,
        rubric_hash=rubric_hash,
        rubric=case.rubric,
        sheets=case.sheets(),
        settled=dict(case.settled),
        scoring_closed=True,
        moderation_closed=True,
        scored_by=(*(reviewer.player.person_id for _, reviewer in case.reviewing.values()), lead.person_id),
        level_claimed=content.mqf_level_claimed,
        credits_claimed=content.credits_claimed,
        hours_claimed=None if content.notional_hours is None else Decimal(content.notional_hours),
        basis=tuple(Basis(stream=each.stream, version=each.version, digest=each.digest) for each in last),
    )


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
