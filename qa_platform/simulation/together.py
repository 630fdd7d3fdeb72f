"""Cases that go one way together: their panels are allocated as one queue, and one meeting decides on most of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from qa_platform.kernel.roles import Role
from qa_platform.simulation.acts import Act, in_order, to_its_end
from qa_platform.simulation.deciding import decided, deciding, released
from qa_platform.simulation.meeting import POLLS, called_twice, moving, sitting_together, taking_off
from qa_platform.simulation.office import working_days_after
from qa_platform.simulation.proposing import propose
from qa_platform.simulation.reviewing import leading, reviewed
from qa_platform.simulation.seating import by_hand
from qa_platform.simulation.story import GIVEN_AWAY, until_accepted

if TYPE_CHECKING:
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.desk import Desk
    from qa_platform.simulation.players import Company

_QUEUE: Final = len(POLLS) + 1  # the last of them is taken off the agenda, and has a meeting of its own
_MOVED_BY: Final = 2  # working days


def together(cases: Sequence[Case], company: Company) -> tuple[Case, ...]:
    """Return the cases of the queue: plain ones of the agency's own house; none where there are too few."""
    plain = (
        case
        for case in cases
        if case.fate.ending == "released"
        and case.fate.twist == "none"
        and case.number % GIVEN_AWAY
        and case.provider not in {company.suspended, company.newcomer}
    )
    found = tuple(plain)[:_QUEUE]
    return found if len(found) == _QUEUE else ()


def going_together(
    cases: Sequence[Case], company: Company, desk: Desk, rubric_hash: str, begins: date
) -> Iterator[Act]:
    """Give what happens in the cases of the queue, in order of time."""
    days: list[date] = []
    yield from in_order(to_its_end(until_accepted(case, company, rubric_hash, begins), days.append) for case in cases)
    day = working_days_after(max(days), 1)
    yield _seating(cases, company, desk, day)
    days = []
    yield from in_order(to_its_end(reviewed(case, company, desk, day), days.append) for case in cases)
    yield from _meeting(cases, company, max(days), rubric_hash)


def _seating(cases: Sequence[Case], company: Company, desk: Desk, day: date) -> Act:
    seated = propose(cases, desk, day) or tuple(one for case in cases for one in by_hand(case, desk, day))
    leads = (leading(case, company, day) for case in cases)
    officer = company.one(Role.INTAKE_OFFICER, cases[0].number).actor
    return Act(at=_at(cases, day), actor=officer, commands=(*seated, *leads), stirs=True)


def _meeting(cases: Sequence[Case], company: Company, day: date, rubric_hash: str) -> Iterator[Act]:
    """Give the one meeting, which is moved once, and what becomes of each case after it."""
    secretary = company.one(Role.COMMITTEE_SECRETARY).actor
    called_on, announced = working_days_after(day, 1), cases[0].later(day, "committee")
    held_on = working_days_after(announced, _MOVED_BY)
    sitting = sitting_together(cases[0], company, held_on)
    *decide, left_out = cases
    steps = (*moving(cases, company, sitting, announced, called_on), taking_off(left_out, sitting))
    for commands in (called_twice(cases[0], sitting, called_on), *steps):
        yield Act(at=_at(cases, called_on), actor=secretary, commands=commands, stirs=True)
    last = _at(cases, held_on)
    for case, polling in zip(decide, POLLS, strict=True):
        case.follow(last)
        for act in decided(case, company, sitting, rubric_hash, polling):
            last = act.at
            yield act
    ends = [released(case, company, held_on) for case in decide]
    yield from in_order([*ends, deciding(left_out, company, held_on, rubric_hash)])


def _at(cases: Sequence[Case], day: date) -> datetime:
    """Return an instant of a day at which none of the cases has gone further."""
    instant = max(case.at(day) for case in cases)
    for case in cases:
        case.follow(instant)
    return instant
