"""What is due about panels without anybody asking: silence that agrees, and drafts that nobody answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from qa_platform.kernel.event import Command
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import system
from qa_platform.ledger.ledger import Also, Ledger
from qa_platform.panels.commands import CarryScore, CloseFactualCheck
from qa_platform.panels.read_model import PanelRow, list_silent, list_unanswered

_ACTOR = system("deadlines")


def let_silence_agree(ledger: Ledger, on: date, guard: Also) -> int:
    """Settle what no reviewer objected to in time; return how many criteria.

    `guard` runs in the transaction of each effect and ends it when the job is in other hands.
    Running it again changes nothing.
    """
    with ledger.reading() as connection:
        due = [command for panel in list_silent(connection, on) for command in _carried(panel, on)]
    return _ask(ledger, due, guard)


def _carried(panel: PanelRow, on: date) -> Iterable[CarryScore]:
    for proposal in panel.proposals:
        if proposal.silence_agrees and not proposal.objections and proposal.answer_by < on:
            yield CarryScore(submission_id=panel.submission_id, criterion=proposal.criterion, on=on)


def close_factual_checks(ledger: Ledger, on: date, report_due_on: date, guard: Also) -> int:
    """Close the factual checks whose time is over; return how many. See `let_silence_agree` for `guard`."""
    with ledger.reading() as connection:
        due = [
            CloseFactualCheck(submission_id=row.submission_id, on=on, report_due_on=report_due_on)
            for row in list_unanswered(connection, on)
        ]
    return _ask(ledger, due, guard)


def _ask(ledger: Ledger, commands: Iterable[Command], guard: Also) -> int:
    effective = 0
    for command in commands:
        try:
            outcome = ledger.execute(command, actor=_ACTOR, also=guard)
        except Rejected:
            # Answered, settled or taken back between the question and the command.
            continue
        effective += bool(outcome.recorded)
    return effective
