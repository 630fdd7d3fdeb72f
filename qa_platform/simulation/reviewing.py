"""The review of a case: seats, the conflict gate, two blind sheets, and what the lead settles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from qa_platform.kernel.conflicts import ConflictCode
from qa_platform.kernel.event import Command
from qa_platform.kernel.roles import Role, system
from qa_platform.panels.commands import AssignLead, RemindReviewer, StandReviewerDown
from qa_platform.reviews.commands import DeclineReview, MarkOverdue
from qa_platform.simulation.acts import Act, Step
from qa_platform.simulation.changing import changing, is_confirmed
from qa_platform.simulation.gate import declaration, declared
from qa_platform.simulation.moderating import moderating
from qa_platform.simulation.moves import Move, Moves
from qa_platform.simulation.office import working_days_after
from qa_platform.simulation.proposing import object_to, propose, rule_on
from qa_platform.simulation.reporting import reporting
from qa_platform.simulation.seating import asked_anew, by_hand
from qa_platform.simulation.sheets import scored

if TYPE_CHECKING:
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.desk import Desk
    from qa_platform.simulation.players import Company

_SEATS: Final = 2
_PROPOSED: Final = 6  # every so manieth panel is proposed, the others are seated by hand
_OBJECTS: Final = 4 * _PROPOSED  # every so manieth provider objects to its panel
_BARRING: Final[tuple[ConflictCode, ...]] = ("EMP", "CON", "FAM", "GIF")


def reviewing(case: Case, company: Company, desk: Desk, day: date) -> Step:
    """Give what happens from the seating of the reviewers to the final report."""
    day = case.later(day, "seating")
    proposed = () if case.number % _PROPOSED else propose((case,), desk, day)
    seating = changing(case, desk, proposed, day) if proposed else by_hand(case, desk, day)
    yield Act(
        at=case.at(day),
        actor=company.one(Role.INTAKE_OFFICER, case.number).actor,
        commands=(*seating, leading(case, company, day)),
        stirs=True,
    )
    if case.fate.ending == "invited":
        return day
    objected = bool(proposed) and case.number % _OBJECTS == 0
    # First of all, for seats may change hands.
    reminders = tuple(_reminders(case, day)) if is_confirmed(seating) and not objected else ()
    return (yield from reviewed(case, company, desk, day, objected=objected, reminders=reminders))


def leading(case: Case, company: Company, day: date) -> AssignLead:
    """Return who leads the panel of a case."""
    lead = company.one(Role.LEAD_REVIEWER, case.number)
    return AssignLead(
        submission_id=case.submission_id, lead_id=lead.person_id, is_lead_reviewer=True, interests=(), on=day
    )


def reviewed(
    case: Case, company: Company, desk: Desk, day: date, *, objected: bool = False, reminders: tuple[Move, ...] = ()
) -> Step:
    """Give what the seated do, from the gate to the final report."""
    moves = [*reminders]
    moves += [move for seat in (1, 2) for move in _seat(case, company, desk, seat, day, objected=objected)]
    moves = sorted(moves, key=lambda each: each.day)
    for move in moves:
        # The scoring closes once the last sheet is locked.
        stirs = move.stirs or move is moves[-1]
        yield Act(at=case.at(move.day), actor=move.actor, commands=move.commands, stirs=stirs)
    day = moves[-1].day
    if case.fate.ending in {"scoring", "withdrawn_late"}:
        return day
    lead = company.one(Role.LEAD_REVIEWER, case.number)
    day = yield from moderating(case, company, desk, lead, day)
    if case.fate.ending == "moderation":
        return day
    return (yield from reporting(case, company, lead, day))


def _reminders(case: Case, day: date) -> Iterator[Move]:
    # Whoever has not answered a working day before his last is reminded.
    remind_on = case.deadlines.reviewer_reminder(day)
    if remind_on <= case.later(day, "gate"):
        for review_id, _reviewer in case.reviewing.values():
            reminding = RemindReviewer(submission_id=case.submission_id, review_id=review_id, on=remind_on)
            yield Move(day=remind_on, actor=system("deadlines"), commands=(reminding,))


def _objected(case: Case, company: Company, desk: Desk, day: date) -> Moves:
    asked, answered = working_days_after(day, 1), working_days_after(day, 2)
    yield Move(day=asked, actor=case.provider.officer.actor, commands=(object_to(case, asked),))
    officer = company.one(Role.INTAKE_OFFICER, case.number).actor
    upheld = case.number // _OBJECTS % 2 == 1
    yield Move(day=answered, actor=officer, commands=(rule_on(case, upheld=upheld),), stirs=upheld)
    if not upheld:
        return case.later(day, "gate")
    return (yield from asked_anew(case, company, desk, _SEATS, working_days_after(answered, 1), ()))


def _seat(case: Case, company: Company, desk: Desk, seat: int, day: date, *, objected: bool) -> Iterator[Move]:
    if objected and seat == _SEATS:
        day = yield from _objected(case, company, desk, day)
    else:
        day = case.later(day, "gate")
    if seat == 1:
        if case.fate.twist in {"conflict", "decline"}:
            day = yield from _replaced(case, company, desk, day)
        elif case.fate.twist == "overdue":
            day = yield from _overdue(case, company, desk, day)
    yield from declared(case, company, desk, seat, day)
    yield from scored(case, company, desk, seat, day)


def _replaced(case: Case, company: Company, desk: Desk, day: date) -> Moves:
    review_id, reviewer = case.reviewing[1]
    asked: Command
    if case.fate.twist == "conflict":
        category = case.chance.choice(_BARRING)
        asked = declaration(case, desk, review_id, reviewer, (category,))
    else:
        asked = DeclineReview(
            review_id=review_id,
            submission_id=case.submission_id,
            reviewer_id=reviewer.player.person_id,
            reason=case.chance.choice(("workload", "expertise", "personal")),
        )
    yield Move(day=day, actor=reviewer.player.actor, commands=(asked,), stirs=True)
    return (yield from asked_anew(case, company, desk, 1, working_days_after(day, 1), ()))


def _overdue(case: Case, company: Company, desk: Desk, day: date) -> Moves:
    review_id, reviewer = case.reviewing[1]
    declaring = declaration(case, desk, review_id, reviewer, ())
    yield Move(day=day, actor=reviewer.player.actor, commands=(declaring,))
    due_on = case.deadlines.calendar.reached(day, case.deadlines.scoring_working_days, on=day)
    found_on = due_on + timedelta(days=1)
    late = MarkOverdue(
        review_id=review_id, submission_id=case.submission_id, lateness="scoring", due_on=due_on, on=found_on
    )
    yield Move(day=found_on, actor=system("deadlines"), commands=(late,))
    down = StandReviewerDown(submission_id=case.submission_id, review_id=review_id, ground="overdue")
    replaced_on = working_days_after(case.deadlines.last_chance(found_on), 1)
    return (yield from asked_anew(case, company, desk, 1, replaced_on, (down,)))
