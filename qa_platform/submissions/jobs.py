"""What is due about submissions without anybody asking."""

from __future__ import annotations

from datetime import date

from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import system
from qa_platform.ledger.ledger import Also, Ledger
from qa_platform.submissions.commands import LapseSubmission
from qa_platform.submissions.read_model import list_overdue

_ACTOR = system("deadlines")


def lapse_overdue(ledger: Ledger, on: date, guard: Also) -> int:
    """Let lapse what was returned and not lodged again in time; return how many submissions.

    `guard` runs in the transaction of each effect and ends it when the job is in other hands.
    Running it again changes nothing.
    """
    with ledger.reading() as connection:
        overdue = list_overdue(connection, on)
    lapsed = 0
    for row in overdue:
        try:
            outcome = ledger.execute(LapseSubmission(submission_id=row.submission_id, on=on), actor=_ACTOR, also=guard)
        except Rejected:
            # Lodged again, or withdrawn, between the question and the command.
            continue
        lapsed += len(outcome.recorded)
    return lapsed
