"""The conditions of a released decision become obligations, once there is an accreditation that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa_platform.accreditations.commands import OpenCondition

if TYPE_CHECKING:
    from qa_platform.kernel.event import Command
    from qa_platform.processes.case import Case


def open_conditions(case: Case) -> list[Command]:
    """Return a command for each condition of the case's released decision, or none where it is not their time."""
    drafted, decision, released_on = case.drafted, case.decision, case.released_on
    if drafted is None or decision is None or released_on is None:
        return []
    accreditation_id = case.accreditation_id or drafted.prior_accreditation_id
    if accreditation_id is None:
        return []
    return [
        OpenCondition(
            condition_id=condition.condition_id,
            submission_id=decision.submission_id,
            decision_id=decision.decision_id,
            accreditation_id=accreditation_id,
            provider_id=drafted.provider_id,
            place=place,
            of=len(decision.conditions),
            criterion=condition.criterion,
            severity=condition.severity,
            text=condition.text,
            checked_by=condition.checked_by,
            decided_on=decision.taken_on,
            set_on=released_on,
            due_on=condition.due_on,
        )
        for place, condition in enumerate(decision.conditions, start=1)
    ]
