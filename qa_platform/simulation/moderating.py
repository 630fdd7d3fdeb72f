"""What the lead reviewer settles where the two sheets are apart, until nothing calls for it any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from qa_platform.panels.commands import CloseModeration, SettleCriterion
from qa_platform.simulation import remarks, scoring_model
from qa_platform.simulation.acts import Act, Step
from qa_platform.simulation.office import working_days_after

if TYPE_CHECKING:
    from qa_platform.scoring.rubric import Criterion
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.players import Player


def moderating(case: Case, lead: Player, day: date) -> Step:
    """Give what the lead does from the end of scoring to the end of moderation."""
    day = case.later(day, "moderation")
    settling = tuple(_settlements(case, lead))
    if case.fate.ending == "moderation":
        # The lead has begun: half of it is settled.
        settling = settling[: len(settling) // 2]
        day = working_days_after(day, -case.days["moderation"])
    if case.fate.ending == "moderation":
        if settling:
            yield Act(at=case.at(day), actor=lead.actor, commands=settling)
        return day
    closing = CloseModeration(
        submission_id=case.submission_id,
        closed_by=lead.person_id,
        rubric=case.rubric,
        route=case.route,
        sheets=case.sheets(),
    )
    yield Act(at=case.at(day), actor=lead.actor, commands=(*settling, closing))
    return day


def _settlements(case: Case, lead: Player) -> Iterator[SettleCriterion]:
    while triggers := case.outcome().triggers:
        named = dict.fromkeys(trigger.criterion for trigger in triggers if trigger.criterion is not None)
        for criterion_id in named or [_heaviest_difference(case)]:
            criterion = case.rubric.criterion(criterion_id)
            if criterion is not None:
                yield _settlement(case, lead, criterion)


def _settlement(case: Case, lead: Player, criterion: Criterion) -> SettleCriterion:
    sheets = case.sheets()
    before = tuple(sheet.scores[criterion.id].score for sheet in sheets)
    score = scoring_model.settled(case.seed, case.number, criterion, before)
    case.settled[criterion.id] = score
    return SettleCriterion(
        submission_id=case.submission_id,
        settled_by=lead.person_id,
        criterion=criterion.id,
        score=score,
        reason=remarks.settlement(criterion, score, before),
        rubric=case.rubric,
        route=case.route,
        sheets=sheets,
    )


def _heaviest_difference(case: Case) -> str:
    # The two sheets alone lead to different outcomes: the lead begins where it matters most.
    apart = [each for each in case.outcome().criteria if each.basis == "mean"]
    return max(apart, key=lambda each: (each.weight, each.criterion)).criterion
