"""Who sits on a panel: asked by hand, or out of a proposal, and asked anew where a seat comes free."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qa_platform.kernel.event import Command
from qa_platform.kernel.roles import Role
from qa_platform.panels.commands import AssignReviewer, Interest
from qa_platform.simulation.moves import Move, Moves
from qa_platform.simulation.office import working_days_after

if TYPE_CHECKING:
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.desk import Desk
    from qa_platform.simulation.players import Company


def by_hand(case: Case, desk: Desk, day: date) -> tuple[Command, ...]:
    """Return what seats two reviewers whom the desk chooses."""
    asked = [desk.choose(case, case.chance, set())]
    asked.append(desk.choose(case, case.chance, {asked[0].number}))
    case.reviewing = {seat: (case.new_id(), reviewer) for seat, reviewer in enumerate(asked, start=1)}
    return tuple(assign(case, desk, seat, day) for seat in case.reviewing)


def asked_anew(  # noqa: PLR0917 -- what one seat of a case is about
    case: Case, company: Company, desk: Desk, seat: int, day: date, before: tuple[Command, ...]
) -> Moves:
    """Give what asks somebody else for a seat, after what makes it free."""
    _, gone = case.reviewing[seat]
    desk.done(gone, case.provider, reviewed=False)
    case.gone.add(gone.number)
    case.reviewing[seat] = (case.new_id(), desk.choose(case, case.chance, tried(case)))
    officer = company.one(Role.INTAKE_OFFICER, case.number).actor
    yield Move(day=day, actor=officer, commands=(*before, assign(case, desk, seat, day)), stirs=True)
    return working_days_after(day, 1)


def tried(case: Case) -> set[int]:
    """Return who sits or sat on the panel of a case."""
    return {reviewer.number for _, reviewer in case.reviewing.values()} | case.gone


def assign(case: Case, desk: Desk, seat: int, day: date) -> AssignReviewer:
    """Return what gives a seat to whom it is meant for."""
    review_id, reviewer = case.reviewing[seat]
    return AssignReviewer(
        submission_id=case.submission_id,
        review_id=review_id,
        reviewer_id=reviewer.player.person_id,
        seat=seat,
        reasons=desk.reasons(reviewer, case),
        status="eligible",
        interests=tuple(
            Interest(provider_id=tie.provider_id, course_id=None, category=tie.category, since=tie.since)
            for tie in reviewer.ties
        ),
        eligible_from=case.eligible_from,
        on=day,
    )
