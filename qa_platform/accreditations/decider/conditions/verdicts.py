"""Verdicts: met, met in part, not met; and how one that was recorded in error is taken back."""

from __future__ import annotations

from datetime import date

from qa_platform.accreditations.commands import ReverseVerdict, RuleOnCondition
from qa_platform.accreditations.decider.conditions import refusals
from qa_platform.accreditations.decider.conditions.checking import refuse_checker
from qa_platform.accreditations.decider.conditions.state import Condition, ConditionStatus
from qa_platform.accreditations.events import (
    ConditionEvent,
    ConditionExtended,
    ConditionMet,
    ConditionNotMet,
    ConditionVerdictReversed,
    Verdict,
)
from qa_platform.kernel.months import months_after
from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.rejected import Fault

# Of the national scheme, and no setting: counted from the decision, whatever is extended.
LONGEST_MONTHS = 12


def latest_extension(decided_on: date) -> date:
    """Return the last day on which a condition of a decision of that day may be due."""
    return months_after(decided_on, LONGEST_MONTHS)


def rule(command: RuleOnCondition, condition: Condition) -> list[ConditionEvent]:
    """Return the verdict on a condition, or raise Rejected."""
    event = _verdict(command)
    if condition.ruled == event and condition.before is not None:
        return []
    _refuse_ruler(command, condition)
    if command.verdict == "partly_met":
        _refuse_extension(command, condition)
    elif command.due_on is not None:
        message = "Leave the day out: only what is met in part gets more time."
        raise refusals.ExtensionImproper(f"Nothing was ruled. {message}", (Fault("due_on", message),))
    refuse_personal_data({"reason": command.reason})

    return [event]


def _verdict(command: RuleOnCondition) -> Verdict:
    said = {
        "condition_id": command.condition_id,
        "submission_id": command.submission_id,
        "reason": command.reason,
    }
    match command.verdict:
        case "met":
            return ConditionMet(**said, ruled_on=command.on)
        case "not_met":
            return ConditionNotMet(**said, ruled_on=command.on)
        case "partly_met":
            return ConditionExtended(**said, ruled_on=command.on, due_on=command.due_on or command.on)


def _refuse_ruler(command: RuleOnCondition, condition: Condition) -> None:
    if condition.status is ConditionStatus.LAPSED:
        _refuse_on_lapse(command, condition)
        return
    refuse_checker(command.ruler, condition)
    if condition.status is not ConditionStatus.UNDER_CHECK:
        raise refusals.NotUnderCheck(
            f"{condition.named} was not ruled on: it is “{condition.status}”. Begin the check of its evidence first."
        )
    if condition.checker_id != command.ruler.person_id:
        raise refusals.CheckNotYours(
            f"{condition.named} was not ruled on: whoever has its check in hand rules on it, and that is somebody "
            "else. A register officer can hand it over, with a reason."
        )


def _refuse_on_lapse(command: RuleOnCondition, condition: Condition) -> None:
    # Whoever was to check: a lapse is reported to the office, and the office rules on it.
    if not command.ruler.officer:
        raise refusals.CheckNotYours(
            f"{condition.named} was not ruled on: it lapsed without evidence, and a register officer rules on that."
        )
    if condition.opened is not None and condition.opened.provider_id in command.ruler.providers:
        raise refusals.CheckerNotApart(
            f"{condition.named} was not ruled on: who rules must be apart from the provider, and you act or acted "
            "for it. Leave it to somebody else."
        )
    if command.verdict == "met":
        raise refusals.MetWithoutEvidence(
            f"{condition.named} was not ruled on: it lapsed without evidence, so nobody can say that it is met. "
            "Give more time for it, once, or find that it is not met.",
            (Fault("verdict", "Choose “partly_met” with a day, or “not_met”."),),
        )


def _refuse_extension(command: RuleOnCondition, condition: Condition) -> None:
    if condition.extended:
        raise refusals.ExtendedBefore(
            f"{condition.named} was not extended: that was done before, until {condition.due_on}, and it is done once. "
            "Find that it is met, or that it is not.",
            (Fault("verdict", "Choose “met” or “not_met”."),),
        )
    latest = latest_extension(condition.opened.decided_on) if condition.opened else date.max
    message = f"Choose a day after today, and no later than {latest}, {LONGEST_MONTHS} months after the decision."
    if command.due_on is None or not command.on < command.due_on <= latest:
        raise refusals.ExtensionImproper(f"{condition.named} was not extended. {message}", (Fault("due_on", message),))
    if condition.due_on is not None and command.due_on <= condition.due_on:
        message = f"Choose a later day: it is due on {condition.due_on} already."
        raise refusals.ExtensionImproper(f"{condition.named} was not extended. {message}", (Fault("due_on", message),))


def reverse(command: ReverseVerdict, condition: Condition) -> list[ConditionEvent]:
    """Return the reversal of the last verdict, as long as nothing was built upon it, or raise Rejected."""
    if condition.before is None or condition.verdict is None:
        raise refusals.NoVerdict(
            f"Nothing was taken back: {condition.named.lower()} has no verdict upon which nothing was built since."
        )
    if command.closed:
        raise refusals.AlreadyClosed(
            f"The verdict on {condition.named.lower()} was not taken back: the closing document was issued since, and "
            "it says what the register says. Correct that document first, with a correction notice."
        )
    # An officer may take back any verdict, a member of the panel his own.
    if not command.ruler.officer and condition.checker_id != command.ruler.person_id:
        raise refusals.CheckNotYours(
            f"The verdict on {condition.named.lower()} was not taken back: it is somebody else's. "
            "Ask him, or a register officer."
        )
    refuse_personal_data({"reason": command.reason})

    return [
        ConditionVerdictReversed(
            condition_id=command.condition_id,
            submission_id=command.submission_id,
            verdict=condition.verdict,
            reason=command.reason,
            reversed_on=command.on,
        )
    ]
