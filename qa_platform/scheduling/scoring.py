"""Reminders of a review that is not locked: on the working days that the agency names, each once."""

from __future__ import annotations

from qa_platform.kernel.roles import Role, system
from qa_platform.ledger.ledger import Also, Ledger
from qa_platform.notices.commands import ComposeNotice
from qa_platform.notices.decider import letter_id_of, notice_id_of
from qa_platform.notices.events import Fact
from qa_platform.notices.read_model import readers_by_id
from qa_platform.reviews.read_model import Agenda, ReviewRow, Timing, list_to_remind

_ACTOR = system("reminders")
_KIND = "review_due_soon"


def remind_to_score(ledger: Ledger, agenda: Agenda, guard: Also) -> int:
    """Remind who is past the gate and has not locked his review; return how many were told.

    A reminder is made from the event that took him past the gate, and its number: a job that runs
    twice, late or on two workers makes it once. Late, of two only the last is told. `guard` runs in
    the transaction of each effect and ends it when the job is in other hands.
    """
    with ledger.reading() as connection:
        due = list_to_remind(connection, agenda)
        readers = readers_by_id(connection, (row.reviewer_id for row, _timing, _number in due))
    commands = [
        _reminder(row, timing, number, row.cleared_by)
        for row, timing, number in due
        if row.cleared_by is not None and row.reviewer_id in readers
    ]
    outcomes = [ledger.execute(command, actor=_ACTOR, cause=command.cause_id, also=guard) for command in commands]
    return sum(len(outcome.recorded) for outcome in outcomes)


def _reminder(row: ReviewRow, timing: Timing, number: int, cause_id: str) -> ComposeNotice:
    stage = f"scoring/{number}"
    return ComposeNotice(
        notice_id=notice_id_of(cause_id, _KIND, row.reviewer_id, stage),
        letter_id=letter_id_of(cause_id, _KIND, stage),
        kind=_KIND,
        person_id=row.reviewer_id,
        role=Role.REVIEWER,
        about=row.submission_id,
        cause_id=cause_id,
        stage=stage,
        # A mail can be read over a shoulder: not even the title of the course stands in it.
        facts=(Fact("due_on", timing.due_on.isoformat()),),
        due_on=timing.due_on,
    )
