"""What is due about conditions without anybody asking."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from qa_platform.accreditations.commands import LapseCondition
from qa_platform.accreditations.read_model import list_lapsing
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import system

if TYPE_CHECKING:
    from qa_platform.ledger.ledger import Also, Ledger
    from qa_platform.web.deadlines import Deadlines

_ACTOR = system("deadlines")


def lapse_overdue_conditions(ledger: Ledger, on: date, deadlines: Deadlines, guard: Also) -> int:
    """Let lapse the conditions whose day passed without evidence; return how many.

    `guard` runs in the transaction of each effect and ends it when the job is in other hands.
    Running it again changes nothing.
    """
    with ledger.reading() as connection:
        overdue = list_lapsing(connection, on)
    lapsed = 0
    for row in overdue:
        command = LapseCondition(
            condition_id=row.condition_id,
            submission_id=row.submission_id,
            on=on,
            rule_by=deadlines.condition_check(on),
        )
        try:
            outcome = ledger.execute(command, actor=_ACTOR, also=guard)
        except Rejected:
            # Evidence was filed between the question and the command.
            continue
        lapsed += len(outcome.recorded)
    return lapsed
