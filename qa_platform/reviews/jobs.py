"""What is due about reviews and queries without anybody asking."""

from __future__ import annotations

from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import system
from qa_platform.ledger.ledger import Also, Ledger
from qa_platform.reviews.commands import CloseQuery, MarkOverdue
from qa_platform.reviews.read_model import Agenda, list_late, list_unanswered

_ACTOR = system("deadlines")


def close_unanswered(ledger: Ledger, agenda: Agenda, guard: Also) -> int:
    """Close the queries that no provider answered in time; return how many.

    `guard` runs in the transaction of each effect and ends it when the job is in other hands.
    Running it again changes nothing.
    """
    with ledger.reading() as connection:
        unanswered = list_unanswered(connection, agenda.on)
    return sum(
        _done(ledger, CloseQuery(submission_id=row.submission_id, query_id=row.query_id, on=agenda.on), guard)
        for row in unanswered
    )


def mark_late(ledger: Ledger, agenda: Agenda, guard: Also) -> int:
    """Say of each reviewer whose day has passed that he is late, once; return how many. `guard` as above."""
    with ledger.reading() as connection:
        late = list_late(connection, agenda)
    commands = [
        MarkOverdue(
            review_id=row.review_id,
            submission_id=row.submission_id,
            lateness=timing.lateness,
            due_on=timing.due_on,
            on=agenda.on,
        )
        for row, timing in late
    ]
    return sum(_done(ledger, command, guard) for command in commands)


def _done(ledger: Ledger, command: CloseQuery | MarkOverdue, guard: Also) -> int:
    try:
        return len(ledger.execute(command, actor=_ACTOR, also=guard).recorded)
    except Rejected:
        # Done between the question and the command.
        return 0
