"""A third reading where two reviewers cannot agree: asked for, blind, locked, and the middle of three scores."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from qa_platform.kernel.roles import Role
from qa_platform.panels.commands import RequestThirdReview, SettleByMedian, WithdrawThirdReview
from qa_platform.panels.decider.third_review import median
from qa_platform.scoring.outcome import outcome
from qa_platform.simulation.acts import Act, Step
from qa_platform.simulation.chance import chance
from qa_platform.simulation.gate import declaration
from qa_platform.simulation.names import MARK
from qa_platform.simulation.office import working_days_after
from qa_platform.simulation.seating import assign, tried
from qa_platform.simulation.sheets import lock, sheet
from qa_platform.submissions.events import Route

if TYPE_CHECKING:
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.desk import Desk
    from qa_platform.simulation.players import Company, Player

_SEAT: Final = 3
_READ_WITHIN: Final = 3  # working days
_CANNOT_AGREE: Final = f"Both have read the samples again, and each stays with what was found {MARK}."
_AGREED_AFTER_ALL: Final = f"The reviewers have talked, and one of them follows the other {MARK}."


def third_reading(case: Case, company: Company, desk: Desk, lead: Player, day: date, *, taken_back: bool) -> Step:
    """Give what happens from an objection to the middle of three scores, or to where it is not needed any more."""
    requesting = RequestThirdReview(
        submission_id=case.submission_id,
        requested_by=lead.person_id,
        reason=_CANNOT_AGREE,
        rubric=case.rubric,
        route=case.route,
        sheets=case.sheets(),
        on=day,
        due_on=case.deadlines.third_review(day),
    )
    yield Act(at=case.at(day), actor=lead.actor, commands=(requesting,))
    if taken_back:
        day = working_days_after(day, 1)
        withdrawing = WithdrawThirdReview(
            submission_id=case.submission_id, withdrawn_by=lead.person_id, reason=_AGREED_AFTER_ALL
        )
        yield Act(at=case.at(day), actor=lead.actor, commands=(withdrawing,))
        return day
    day = yield from _read(case, company, desk, day)
    settling = SettleByMedian(
        submission_id=case.submission_id,
        settled_by=lead.person_id,
        rubric=case.rubric,
        route=case.route,
        sheets=case.sheets(),
    )
    day = working_days_after(day, 1)
    _note_medians(case)
    yield Act(at=case.at(day), actor=lead.actor, commands=(settling,))
    return day


def _read(case: Case, company: Company, desk: Desk, day: date) -> Step:
    reviewer = desk.choose(case, chance(case.seed, "third reader", case.number), tried(case))
    review_id, actor = case.new_id(), reviewer.player.actor
    case.reviewing[_SEAT] = (review_id, reviewer)
    officer = company.one(Role.INTAKE_OFFICER, case.number).actor
    yield Act(at=case.at(day), actor=officer, commands=(assign(case, desk, _SEAT, day),), stirs=True)
    day = working_days_after(day, 1)
    declaring = declaration(case, desk, review_id, reviewer, ())
    yield Act(at=case.at(day), actor=actor, commands=(declaring,))
    day = working_days_after(day, _READ_WITHIN)
    scores = sheet(case, review_id, reviewer)
    yield Act(at=case.at(day), actor=actor, commands=(*scores, lock(case, review_id, reviewer)), stirs=True)
    desk.done(reviewer, case.provider, reviewed=True, full=case.route is Route.SAMC)
    return day


def _note_medians(case: Case) -> None:
    # What the rules settle by: where scores differ, or something calls for it, and there is a middle.
    found = outcome(case.rubric, case.route, case.sheets())
    called = {trigger.criterion for trigger in found.triggers}
    for each in found.criteria:
        if each.criterion not in case.settled and (each.criterion in called or len(set(each.scores)) > 1):
            middle = median(each.scores)
            if middle is not None:
                case.settled[each.criterion] = middle[0]
