"""Who checks: the officer or the member of the panel that the decision names, and never somebody of the provider."""

from __future__ import annotations

from qa_platform.accreditations.commands import BeginCheck, HandOverCheck, Ruler
from qa_platform.accreditations.decider.conditions import refusals
from qa_platform.accreditations.decider.conditions.state import OPEN, Condition, ConditionStatus
from qa_platform.accreditations.events import ConditionCheckBegun, ConditionCheckHandedOver, ConditionEvent
from qa_platform.kernel.personal_data import refuse_personal_data


def begin(command: BeginCheck, condition: Condition) -> list[ConditionEvent]:
    """Return the beginning of a check by whoever is to check, or raise Rejected."""
    refuse_checker(command.ruler, condition)
    if condition.status is ConditionStatus.UNDER_CHECK:
        if condition.checker_id == command.ruler.person_id:
            return []
        raise refusals.CheckNotYours(
            f"The check of {condition.named.lower()} was not begun: somebody else has it in hand. "
            "Leave it there, or have a register officer hand it over."
        )
    if condition.status is not ConditionStatus.FILED:
        raise refusals.NothingToCheck(
            f"The check of {condition.named.lower()} was not begun: it is “{condition.status}”, "
            "and only evidence that was filed can be checked."
        )

    return [
        ConditionCheckBegun(
            condition_id=command.condition_id,
            submission_id=command.submission_id,
            checker_id=command.ruler.person_id,
            filings=condition.filings,
            begun_on=command.on,
        )
    ]


def hand_over(command: HandOverCheck, condition: Condition) -> list[ConditionEvent]:
    """Return that another is to check, from the beginning, or raise Rejected."""
    if condition.status not in OPEN:
        raise refusals.CheckClosed(
            f"The check of {condition.named.lower()} was not handed over: it has been ruled on. "
            "Take the verdict back first, if it was recorded in error."
        )
    if condition.checked_by == command.checked_by and condition.checker_id is None:
        return []
    refuse_personal_data({"reason": command.reason})

    return [
        ConditionCheckHandedOver(
            condition_id=command.condition_id,
            submission_id=command.submission_id,
            checked_by=command.checked_by,
            reason=command.reason,
            handed_on=command.on,
        )
    ]


def refuse_checker(ruler: Ruler, condition: Condition) -> None:
    """Refuse whoever is not to check this condition, or is not apart from its provider."""
    if condition.opened is not None and condition.opened.provider_id in ruler.providers:
        raise refusals.CheckerNotApart(
            f"{condition.named} was not touched: who checks it must be apart from the provider, and you act or acted "
            "for it. Leave it to somebody else."
        )
    if condition.checked_by == "officer" and not ruler.officer:
        raise refusals.CheckNotYours(
            f"{condition.named} was not touched: a register officer checks it, not the panel. "
            "Ask a register officer to hand it over, if that is wrong."
        )
    if condition.checked_by == "panel" and ruler.person_id not in ruler.panel:
        raise refusals.CheckNotYours(
            f"{condition.named} was not touched: a member of the case's panel checks it. "
            "A register officer can hand it over to the office, with a reason."
        )
