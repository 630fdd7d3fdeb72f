"""What is due about reviewers without anybody asking."""

from __future__ import annotations

from datetime import date

from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import system
from qa_platform.ledger.ledger import Also, Ledger
from qa_platform.reviewers.commands import RaiseRecalibration
from qa_platform.reviewers.decider import recalibration_due
from qa_platform.reviewers.read_model import in_force, list_active, new_standard_from
from qa_platform.scoring.agreement import CalibrationPolicy

_ACTOR = system("deadlines")


def raise_recalibrations(ledger: Ledger, on: date, policy: CalibrationPolicy, guard: Also) -> int:
    """Ask for a new calibration wherever one is due on a day; return of how many reviewers.

    `guard` runs in the transaction of each effect and ends it when the job is in other hands.
    Running it again changes nothing.
    """
    with ledger.reading() as connection:
        versions, reviewers = in_force(connection), list_active(connection)
    asked = [
        RaiseRecalibration(person_id=row.person_id, on=on, policy=policy, new_standard_from=since)
        for row in reviewers
        for since in (new_standard_from(row, versions),)
        if recalibration_due(row.valid_until, row.window, since, on, policy) is not None
    ]
    raised = 0
    for command in asked:
        try:
            raised += len(ledger.execute(command, actor=_ACTOR, also=guard).recorded)
        except Rejected:
            # Retired between the question and the command.
            continue
    return raised
