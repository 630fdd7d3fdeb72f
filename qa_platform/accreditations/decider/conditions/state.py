"""How a condition stands: what its rules must remember."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import assert_never

import msgspec
from msgspec.structs import replace

from qa_platform.accreditations.events import (
    CheckedBy,
    ConditionCheckBegun,
    ConditionCheckHandedOver,
    ConditionEvent,
    ConditionEvidenceFiled,
    ConditionExtended,
    ConditionLapsed,
    ConditionMet,
    ConditionNotMet,
    ConditionSet,
    ConditionVerdictReversed,
    Verdict,
    VerdictCode,
)


class ConditionStatus(StrEnum):
    """Where a condition stands; `set` awaits evidence, and `extended` awaits more of it."""

    SET = "set"
    FILED = "filed"
    UNDER_CHECK = "under_check"
    EXTENDED = "extended"
    LAPSED = "lapsed"
    MET = "met"
    NOT_MET = "not_met"


# It is the provider's turn.
AWAITING = frozenset({ConditionStatus.SET, ConditionStatus.EXTENDED})
# Not ruled on for good.
OPEN = frozenset(ConditionStatus) - {ConditionStatus.MET, ConditionStatus.NOT_MET}


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """A condition as it stands.

    `answer_by` is the last day of whoever has the next step. `before` is how it stood before its
    verdict, as long as nothing followed that one; only then can it be taken back.
    """

    opened: ConditionSet | None = None
    status: ConditionStatus = ConditionStatus.SET
    checked_by: CheckedBy = "officer"
    checker_id: str | None = None
    due_on: date | None = None
    answer_by: date | None = None
    filings: int = 0
    extended: bool = False
    verdict: VerdictCode | None = None
    ruled: Verdict | None = None
    before: Condition | None = None

    @property
    def named(self) -> str:
        """Return the words by which a person knows the condition."""
        return "The condition" if self.opened is None else f"Condition {self.opened.place}"


def evolve(condition: Condition, event: ConditionEvent) -> Condition:
    """Return the condition as it stands after an event. Never refuses."""
    match event:
        case ConditionSet():
            return Condition(opened=event, checked_by=event.checked_by, due_on=event.due_on, answer_by=event.due_on)
        case ConditionVerdictReversed():
            return condition.before or condition
        case ConditionMet() | ConditionExtended() | ConditionNotMet():
            return _ruled(replace(condition, ruled=event, before=replace(condition, before=None)), event)
        case _:
            return _moved(replace(condition, before=None), event)


def _ruled(condition: Condition, event: Verdict) -> Condition:
    match event:
        case ConditionMet():
            return replace(condition, status=ConditionStatus.MET, verdict="COND-MET", answer_by=None)
        case ConditionNotMet():
            return replace(condition, status=ConditionStatus.NOT_MET, verdict="COND-FAIL", answer_by=None)
        case ConditionExtended():
            return replace(
                condition,
                status=ConditionStatus.EXTENDED,
                verdict="COND-EXT",
                extended=True,
                checker_id=None,
                due_on=event.due_on,
                answer_by=event.due_on,
            )
        case _:
            assert_never(event)


def _moved(
    condition: Condition,
    event: ConditionEvidenceFiled | ConditionCheckBegun | ConditionCheckHandedOver | ConditionLapsed,
) -> Condition:
    match event:
        case ConditionEvidenceFiled():
            return replace(condition, status=ConditionStatus.FILED, filings=event.filing, answer_by=event.check_due_on)
        case ConditionCheckBegun():
            return replace(condition, status=ConditionStatus.UNDER_CHECK, checker_id=event.checker_id)
        case ConditionCheckHandedOver():
            begun = condition.status is ConditionStatus.UNDER_CHECK
            status = ConditionStatus.FILED if begun else condition.status
            return replace(condition, status=status, checked_by=event.checked_by, checker_id=None)
        case ConditionLapsed():
            return replace(condition, status=ConditionStatus.LAPSED, answer_by=event.rule_by)
        case _:
            assert_never(event)
