"""What is due about providers without anybody asking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qa_platform.kernel.event import Command
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import system
from qa_platform.ledger.ledger import Also, Ledger
from qa_platform.providers.commands import ExpireRecognition, LapseApplication
from qa_platform.providers.read_model import list_run_out, list_unanswered

_ACTOR = system("deadlines")


def lapse_unanswered(ledger: Ledger, on: date, guard: Also) -> int:
    """Deem withdrawn what was not answered in time; return how many applications.

    `guard` runs in the transaction of each effect and ends it when the job is in other hands.
    Running it again changes nothing.
    """
    with ledger.reading() as connection:
        overdue = list_unanswered(connection, on)
    asked = [LapseApplication(provider_id=row.provider_id, application_id=row.application_id, on=on) for row in overdue]
    return _execute(ledger, asked, guard)


def expire_recognitions(ledger: Ledger, on: date, guard: Also) -> int:
    """Record the end of recognitions whose last day has passed; return how many. Running it again changes nothing."""
    with ledger.reading() as connection:
        run_out = list_run_out(connection, on)
    return _execute(ledger, [ExpireRecognition(provider_id=row.provider_id, on=on) for row in run_out], guard)


def _execute(ledger: Ledger, commands: Sequence[Command], guard: Also) -> int:
    done = 0
    for command in commands:
        try:
            outcome = ledger.execute(command, actor=_ACTOR, also=guard)
        except Rejected:
            # Answered, renewed or ceased between the question and the command.
            continue
        done += len(outcome.recorded)
    return done
