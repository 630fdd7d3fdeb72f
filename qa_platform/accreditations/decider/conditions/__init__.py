"""The rules of conditions: evidence in time, a check by somebody apart, one extension, and verdicts that can be undone.

A condition that lapses is not yet one that is not met: an officer rules on it, who may have heard why.
"""

from __future__ import annotations

from typing import assert_never, get_args

from qa_platform.accreditations.commands import (
    BeginCheck,
    ConditionCommand,
    FileEvidence,
    HandOverCheck,
    LapseCondition,
    OpenCondition,
    ReverseVerdict,
    RuleOnCondition,
)
from qa_platform.accreditations.decider.conditions import refusals
from qa_platform.accreditations.decider.conditions.checking import begin, hand_over
from qa_platform.accreditations.decider.conditions.evidence import file, lapse
from qa_platform.accreditations.decider.conditions.state import AWAITING, OPEN, Condition, ConditionStatus, evolve
from qa_platform.accreditations.decider.conditions.verdicts import LONGEST_MONTHS, latest_extension, reverse, rule
from qa_platform.accreditations.events import ConditionEvent, ConditionSet
from qa_platform.kernel.decider import Decider

__all__ = [
    "AWAITING",
    "LONGEST_MONTHS",
    "OPEN",
    "Condition",
    "ConditionStatus",
    "condition_decider",
    "decide",
    "evolve",
    "latest_extension",
]


def decide(command: ConditionCommand, condition: Condition) -> list[ConditionEvent]:
    """Return what follows from a command, or raise Rejected."""
    if isinstance(command, OpenCondition):
        return _open(command, condition)
    if condition.opened is None:
        raise refusals.NoSuchCondition("There is no such condition. Check the address.")
    match command:
        case FileEvidence():
            return file(command, condition)
        case BeginCheck():
            return begin(command, condition)
        case HandOverCheck():
            return hand_over(command, condition)
        case RuleOnCondition():
            return rule(command, condition)
        case LapseCondition():
            return lapse(command, condition)
        case ReverseVerdict():
            return reverse(command, condition)
        case _:
            assert_never(command)


def _open(command: OpenCondition, condition: Condition) -> list[ConditionEvent]:
    event = ConditionSet(**{name: getattr(command, name) for name in ConditionSet.__struct_fields__})
    if condition.opened == event:
        return []
    if condition.opened is not None:
        raise refusals.ConditionAlreadySet("The condition was not set: it stands already, in other words.")

    return [event]


condition_decider: Decider[ConditionCommand, Condition, ConditionEvent] = Decider(
    commands=get_args(ConditionCommand),
    events=get_args(ConditionEvent),
    stream=lambda command: f"condition-{command.condition_id}",
    initial=Condition(),
    decide=decide,
    evolve=evolve,
    case=lambda command: command.submission_id,
)
