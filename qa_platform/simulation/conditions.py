"""Life with conditions: evidence, checks and verdicts after a conditional grant, and the document that closes them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import reduce
from typing import TYPE_CHECKING, Final, Literal

from msgspec.structs import replace

from qa_platform.accreditations.commands import (
    BeginCheck,
    ConditionStanding,
    CorrectClosing,
    FileEvidence,
    HandOverCheck,
    IssueClosing,
    LapseCondition,
    ReverseVerdict,
    RuleOnCondition,
    Ruler,
)
from qa_platform.accreditations.decider import Condition as Stand
from qa_platform.accreditations.decider import condition_decider
from qa_platform.accreditations.events import ClosingDocument, EvidenceDocument
from qa_platform.kernel.roles import Role, system
from qa_platform.simulation.acts import Act, ReadStream, Step
from qa_platform.simulation.chance import chance
from qa_platform.simulation.office import working_days_after

if TYPE_CHECKING:
    from qa_platform.decisions.events import Condition
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.players import Company, Player

Way = Literal["lapsed", "reversed", "handed over", "extended", "met"]
# What takes longest, or is seldom seen, comes first: a small demo has few conditions.
_WAYS: Final[tuple[Way, ...]] = ("lapsed", "reversed", "handed over", "extended", "met")
# Working days until each step, from the shortest to the longest; a critical condition has three months.
_FILING: Final = (15, 40)
_TAKING_UP: Final = (1, 3)
_CHECKING: Final = (2, 8)
_ISSUING: Final = (1, 4)


def living_with_conditions(case: Case, company: Company, released_on: date) -> Iterator[Act]:
    """Give what happens to the conditions of a case, from their release on."""
    # Where the case ends here, its provider still has all the time.
    if not case.conditions or case.fate.ending == "conditional":
        return
    way = company.in_turn("way with conditions", _WAYS)
    # A critical condition comes first, and its time is the shortest; what lapses is the last.
    first, others, last = case.conditions[:1], case.conditions[1:], case.conditions[-1]
    day = working_days_after(released_on, _days(case, "filing", _FILING))
    if way == "lapsed":
        yield from _meet(case, company, case.conditions[:-1], day)
        yield from _lapse(case, company, last)
        return
    if way == "extended":
        day = yield from _extend(case, company, first[0], day)
        day = yield from _meet(case, company, (*others, *first), day)
    elif way == "reversed":
        day = yield from _mistake(case, company, first[0], day)
        day = yield from _meet(case, company, others, day)
    elif way == "handed over":
        day = yield from _hand_over(case, company, first[0], day)
        day = yield from _meet(case, company, others, day)
    else:
        day = yield from _meet(case, company, case.conditions, day)
    day = working_days_after(day, _days(case, "issuing", _ISSUING))
    yield _close(case, company, day, "closing")
    if way == "reversed":
        yield from _correct(case, company, working_days_after(day, 2))


def _days(case: Case, step: str, limits: tuple[int, int]) -> int:
    return chance(case.seed, f"conditions, {step}", case.number).randint(*limits)


def _meet(case: Case, company: Company, conditions: tuple[Condition, ...], day: date) -> Step:
    for condition in conditions:
        day = yield from _check(case, company, condition, day)
        yield _rule(case, company, condition, day, "met")
    return day


def _extend(case: Case, company: Company, condition: Condition, day: date) -> Step:
    day = yield from _check(case, company, condition, day)
    yield _rule(case, company, condition, day, "partly_met")
    return working_days_after(day, _days(case, "filing again", _FILING))


def _mistake(case: Case, company: Company, condition: Condition, day: date) -> Step:
    """Give a verdict that was recorded on the wrong condition, its reversal, and the right one."""
    day = yield from _check(case, company, condition, day)
    yield _rule(case, company, condition, day, "not_met")
    day = working_days_after(day, 1)
    checker = _checker(case, company, condition)
    reversal = ReverseVerdict(
        condition_id=condition.condition_id,
        submission_id=case.submission_id,
        ruler=_ruler(case, checker),
        reason="Recorded in error: the evidence was taken for that of another course.",
        closed=False,
        on=day,
    )
    yield Act(at=case.at(day), actor=checker.actor, commands=(reversal,))
    day = working_days_after(day, 1)
    yield _rule(case, company, condition, day, "met")
    return day


def _hand_over(case: Case, company: Company, condition: Condition, day: date) -> Step:
    """Give a check that goes from the panel to the office before it is begun, or the other way."""
    day = working_days_after(day, 1)
    yield _file(case, condition, day)
    day = working_days_after(day, 1)
    handed = replace(condition, checked_by="panel" if condition.checked_by == "officer" else "officer")
    handing = HandOverCheck(
        condition_id=condition.condition_id,
        submission_id=case.submission_id,
        checked_by=handed.checked_by,
        reason="Who was to check it is away until its last day.",
        on=day,
    )
    yield Act(at=case.at(day), actor=company.one(Role.REGISTER_OFFICER).actor, commands=(handing,))
    day = yield from _take_up(case, company, handed, day)
    yield _rule(case, company, handed, day, "met")
    return day


def _lapse(case: Case, company: Company, condition: Condition) -> Iterator[Act]:
    day = condition.due_on + timedelta(days=1)
    lapsing = LapseCondition(
        condition_id=condition.condition_id,
        submission_id=case.submission_id,
        on=day,
        rule_by=case.deadlines.condition_check(day),
    )
    yield Act(at=case.at(day), actor=system("deadlines"), commands=(lapsing,))
    yield _rule(
        case, company, condition, working_days_after(day, _days(case, "checking", _CHECKING)), "not_met", lapsed=True
    )


def _check(case: Case, company: Company, condition: Condition, day: date) -> Step:
    """File evidence and take its check in hand; return the day of the verdict."""
    day = working_days_after(day, 1)
    yield _file(case, condition, day)
    return (yield from _take_up(case, company, condition, day))


def _file(case: Case, condition: Condition, day: date) -> Act:
    filing = FileEvidence(
        condition_id=condition.condition_id,
        submission_id=case.submission_id,
        statement="The documents show how it is done since the decision.",
        documents=(EvidenceDocument(title="What was changed, with samples", sha256=_digest(case, f"evidence, {day}")),),
        on=day,
        check_due_on=case.deadlines.condition_check(day),
    )
    return Act(at=case.at(day), actor=case.provider.officer.actor, commands=(filing,))


def _take_up(case: Case, company: Company, condition: Condition, day: date) -> Step:
    day = working_days_after(day, _days(case, "taking up", _TAKING_UP))
    checker = _checker(case, company, condition)
    beginning = BeginCheck(
        condition_id=condition.condition_id, submission_id=case.submission_id, ruler=_ruler(case, checker), on=day
    )
    yield Act(at=case.at(day), actor=checker.actor, commands=(beginning,))
    return working_days_after(day, _days(case, "checking", _CHECKING))


def _rule(
    case: Case,
    company: Company,
    condition: Condition,
    day: date,
    verdict: Literal["met", "partly_met", "not_met"],
    *,
    lapsed: bool = False,
) -> Act:
    checker = company.one(Role.REGISTER_OFFICER) if lapsed else _checker(case, company, condition)
    ruling = RuleOnCondition(
        condition_id=condition.condition_id,
        submission_id=case.submission_id,
        ruler=_ruler(case, checker),
        verdict=verdict,
        reason={
            "met": "The samples show it.",
            "partly_met": "It is done, and not yet in every unit.",
            "not_met": "Nothing was filed, and nothing was said." if lapsed else "The samples show nothing of it.",
        }[verdict],
        on=day,
        due_on=case.deadlines.extended_condition(max(day, condition.due_on)) if verdict == "partly_met" else None,
    )
    return Act(at=case.at(day), actor=checker.actor, commands=(ruling,))


def _checker(case: Case, company: Company, condition: Condition) -> Player:
    if condition.checked_by == "officer":
        return company.one(Role.REGISTER_OFFICER)
    return case.reviewing[min(case.reviewing)][1].player


def _ruler(case: Case, checker: Player) -> Ruler:
    return Ruler(
        person_id=checker.person_id,
        officer=checker.role is Role.REGISTER_OFFICER,
        panel=tuple(reviewer.player.person_id for _, (_, reviewer) in sorted(case.reviewing.items())),
    )


def _close(case: Case, company: Company, day: date, text: str) -> Act:
    officer = company.one(Role.REGISTER_OFFICER).actor
    return Act(at=case.at(day), actor=officer, rests_on=lambda read: (_closing(case, day, text, read),))


def _correct(case: Case, company: Company, day: date) -> Iterator[Act]:
    """Give the correction of a closing document that says the wrong day, and the one that follows it."""

    def correcting(read: ReadStream) -> tuple[CorrectClosing, ...]:
        closing = _closing(case, day, "correction", read)
        reason = "It gave the day of the reversed verdict."
        return (
            CorrectClosing(
                accreditation_id=closing.accreditation_id,
                submission_id=case.submission_id,
                reason=reason,
                documents=closing.documents,
                on=day,
            ),
        )

    yield Act(at=case.at(day), actor=company.one(Role.REGISTER_OFFICER).actor, rests_on=correcting)
    yield _close(case, company, working_days_after(day, 1), "closing, with the right day")


def _closing(case: Case, day: date, text: str, read: ReadStream) -> IssueClosing:
    streams = [read(f"condition-{condition.condition_id}") for condition in case.conditions]
    stands = [reduce(condition_decider.evolve, (one.event for one in stream), Stand()) for stream in streams]
    opened = streams[0][0].event
    return IssueClosing(
        accreditation_id=opened.accreditation_id,
        submission_id=case.submission_id,
        conditions=tuple(
            ConditionStanding(
                condition_id=condition.condition_id,
                version=stream[-1].version,
                status=stand.status,
                of=len(case.conditions),
            )
            for condition, stream, stand in zip(case.conditions, streams, stands, strict=True)
        ),
        documents=tuple(
            ClosingDocument(language=language, sha256=_digest(case, f"{text}, {language}")) for language in ("en", "ms")
        ),
        on=day,
    )


def _digest(case: Case, what: str) -> str:
    return hashlib.sha256(f"seed {case.seed}, case {case.number + 1}: {what}".encode()).hexdigest()
