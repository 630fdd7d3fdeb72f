"""What the lead reviewer settles where the two sheets are apart, until nothing calls for it any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from qa_platform.panels.commands import CloseModeration, ReopenModeration
from qa_platform.simulation.acts import Act, Step
from qa_platform.simulation.agreeing import agreeing
from qa_platform.simulation.names import MARK
from qa_platform.simulation.office import working_days_after
from qa_platform.simulation.settling import settlement

if TYPE_CHECKING:
    from qa_platform.panels.commands import SettleCriterion
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.desk import Desk
    from qa_platform.simulation.players import Company, Player

_ROUND: Final = 14
_OPENED_AGAIN: Final = 10  # the turn in each round at which a closed moderation is opened again
_NOT_LOOKED_AT: Final = f"A sample had been read by one reviewer only {MARK}."


def moderating(case: Case, company: Company, desk: Desk, lead: Player, day: date) -> Step:
    """Give what the lead does from the end of scoring to the end of moderation."""
    ends = case.later(day, "moderation")
    if case.fate.ending == "moderation":
        # The lead has begun: half of it is settled.
        settling = tuple(_settlements(case, lead))
        if begun := settling[: len(settling) // 2]:
            yield Act(at=case.at(day), actor=lead.actor, commands=begun)
        return day
    turn = None if case.fate.turn is None else case.fate.turn % _ROUND
    if turn is not None:
        ends = max(ends, (yield from agreeing(case, company, desk, lead, day, turn)))
    yield _close(case, lead, ends)
    if turn == _OPENED_AGAIN:
        ends = working_days_after(ends, 1)
        reopening = ReopenModeration(
            submission_id=case.submission_id, reopened_by=lead.person_id, reason=_NOT_LOOKED_AT, decided=False
        )
        yield Act(at=case.at(ends), actor=lead.actor, commands=(reopening,))
        yield _close(case, lead, ends)
    return ends


def _close(case: Case, lead: Player, day: date) -> Act:
    settling = tuple(_settlements(case, lead))
    closing = CloseModeration(
        submission_id=case.submission_id,
        closed_by=lead.person_id,
        rubric=case.rubric,
        route=case.route,
        sheets=case.sheets(),
    )
    return Act(at=case.at(day), actor=lead.actor, commands=(*settling, closing))


def _settlements(case: Case, lead: Player) -> Iterator[SettleCriterion]:
    while triggers := case.outcome().triggers:
        named = dict.fromkeys(trigger.criterion for trigger in triggers if trigger.criterion is not None)
        for criterion_id in named or [_heaviest_difference(case)]:
            criterion = case.rubric.criterion(criterion_id)
            if criterion is not None:
                yield settlement(case, lead, criterion)


def _heaviest_difference(case: Case) -> str:
    # The two sheets alone lead to different outcomes: the lead begins where it matters most.
    apart = [each for each in case.outcome().criteria if each.basis == "mean"]
    return max(apart, key=lambda each: (each.weight, each.criterion)).criterion
