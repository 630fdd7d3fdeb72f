"""How a lead and the reviewers come to one score now and then: proposed, agreed or left, objected to, taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from qa_platform.kernel.roles import system
from qa_platform.panels.commands import (
    AgreeToScore,
    CarryScore,
    ObjectToScore,
    ProposeScore,
    ReopenCriterion,
    WithdrawScoreProposal,
)
from qa_platform.scoring.outcome import outcome
from qa_platform.simulation.acts import Act, Step
from qa_platform.simulation.names import MARK
from qa_platform.simulation.office import working_days_after
from qa_platform.simulation.settling import found_right, settlement
from qa_platform.simulation.third_reading import third_reading

if TYPE_CHECKING:
    from qa_platform.scoring.rubric import Criterion
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.desk import Desk
    from qa_platform.simulation.players import Company, Player

Manner = Literal["agreed", "silence", "third reading", "taken back", "opened again", "third reading taken back"]

# What happens before the lead settles the rest, by the turn of the case in its round; in the others nothing.
_TURNS: Final[dict[int, Manner]] = {
    1: "agreed",
    2: "silence",
    4: "third reading",
    6: "taken back",
    7: "opened again",
    9: "third reading taken back",
}
_OBJECTION: Final = f"The sample that I read shows the contrary {MARK}."
_TAKEN_BACK: Final = f"Both reviewers say that they had the same in mind {MARK}."
_OPENED_AGAIN: Final = f"It was settled before the samples were laid side by side {MARK}."


def agreeing(  # noqa: PLR0917 -- what a moderation is about
    case: Case, company: Company, desk: Desk, lead: Player, day: date, turn: int
) -> Step:
    """Give what precedes the lead's own settlements; return the first day for these."""
    manner, day = _TURNS.get(turn), working_days_after(day, 1)
    called, apart = _differences(case)
    chosen = [one for one in (apart if manner == "silence" else (*called, *apart)) if _settles(case, one, manner)]
    if manner is None or not chosen:
        return day
    criterion = chosen[0]
    if manner == "opened again":
        return (yield from _opened_again(case, lead, criterion, day))
    proposing = _propose(case, lead, criterion, day)
    yield Act(at=case.at(day), actor=lead.actor, commands=(proposing,))
    next_day = working_days_after(day, 1)
    match manner:
        case "agreed":
            yield from _agreed(case, proposing, next_day)
        case "silence":
            carried_on = proposing.answer_by + timedelta(days=1)
            carrying = CarryScore(submission_id=case.submission_id, criterion=criterion.id, on=carried_on)
            case.settled[criterion.id] = proposing.score
            yield Act(at=case.at(carried_on), actor=system("deadlines"), commands=(carrying,))
            return working_days_after(carried_on, 1)
        case "taken back":
            taking_back = WithdrawScoreProposal(
                submission_id=case.submission_id,
                withdrawn_by=lead.person_id,
                criterion=criterion.id,
                reason=_TAKEN_BACK,
            )
            yield Act(at=case.at(next_day), actor=lead.actor, commands=(taking_back,))
        case _:
            yield _objected(case, criterion, next_day)
            taken_back = manner == "third reading taken back"
            return (yield from third_reading(case, company, desk, lead, next_day, taken_back=taken_back))
    return next_day


def _differences(case: Case) -> tuple[tuple[Criterion, ...], tuple[Criterion, ...]]:
    """Return the criteria that call for moderation, and those whose scores are apart without that."""
    found = outcome(case.rubric, case.route, case.sheets())
    named = {trigger.criterion for trigger in found.triggers}
    apart = {each.criterion for each in found.criteria if each.basis == "mean"} - named
    return (
        tuple(each for each in case.rubric.criteria if each.id in named),
        tuple(each for each in case.rubric.criteria if each.id in apart),
    )


def _settles(case: Case, criterion: Criterion, manner: Manner | None) -> bool:
    # Where nothing calls for moderation, the lead settles nothing by himself; and a score agreed on may be what
    # first parts the two outcomes, so that he would have to propose one more.
    if outcome(case.rubric, case.route, case.sheets()).triggers:
        return True
    if manner == "opened again":
        return False
    score, _ = found_right(case, criterion)
    return not outcome(case.rubric, case.route, case.sheets(), {criterion.id: score}).triggers


def _propose(case: Case, lead: Player, criterion: Criterion, day: date) -> ProposeScore:
    score, reason = found_right(case, criterion)
    return ProposeScore(
        submission_id=case.submission_id,
        proposed_by=lead.person_id,
        criterion=criterion.id,
        score=score,
        reason=reason,
        rubric=case.rubric,
        route=case.route,
        sheets=case.sheets(),
        on=day,
        answer_by=case.deadlines.answer_to_proposal(day),
    )


def _agreed(case: Case, proposing: ProposeScore, day: date) -> Step:
    case.settled[proposing.criterion] = proposing.score
    for _, reviewer in case.reviewing.values():
        agreement = AgreeToScore(
            submission_id=case.submission_id,
            criterion=proposing.criterion,
            reviewer_id=reviewer.player.person_id,
        )
        yield Act(at=case.at(day), actor=reviewer.player.actor, commands=(agreement,))
    return day


def _objected(case: Case, criterion: Criterion, day: date) -> Act:
    _, reviewer = case.reviewing[1]
    objecting = ObjectToScore(
        submission_id=case.submission_id,
        criterion=criterion.id,
        reviewer_id=reviewer.player.person_id,
        reason=_OBJECTION,
    )
    return Act(at=case.at(day), actor=reviewer.player.actor, commands=(objecting,))


def _opened_again(case: Case, lead: Player, criterion: Criterion, day: date) -> Step:
    yield Act(at=case.at(day), actor=lead.actor, commands=(settlement(case, lead, criterion),))
    day = working_days_after(day, 1)
    del case.settled[criterion.id]
    reopening = ReopenCriterion(
        submission_id=case.submission_id, reopened_by=lead.person_id, criterion=criterion.id, reason=_OPENED_AGAIN
    )
    yield Act(at=case.at(day), actor=lead.actor, commands=(reopening,))
    return day
