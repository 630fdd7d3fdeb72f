"""What is due about seats without anybody asking: a reminder, a replacement, a new proposal."""

from __future__ import annotations

from datetime import date

from qa_platform.kernel.event import Command
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import system
from qa_platform.ledger.ledger import Also, Ledger
from qa_platform.panels import read_model
from qa_platform.panels.commands import ConfirmProposal, RemindReviewer, StandReviewerDown
from qa_platform.panels.read_model import SittingRow
from qa_platform.web.deadlines import Deadlines

_ACTOR = system("deadlines")


def remind_reviewers(ledger: Ledger, on: date, guard: Also) -> int:
    """Remind who was asked and has not answered; return how many. Running it again changes nothing."""
    with ledger.reading() as connection:
        due = read_model.list_to_remind(connection, on)
    return sum(
        _done(ledger, guard, RemindReviewer(submission_id=one.submission_id, review_id=one.review_id, on=on))
        for one in due
    )


def replace_unanswering(ledger: Ledger, deadlines: Deadlines, on: date, guard: Also) -> int:
    """Stand down who did not answer in time, and give the seat to the next best; return how many stood down.

    Where nobody fits, the seat stays free for the officer. Running it again changes nothing.
    """
    with ledger.reading() as connection:
        due = read_model.list_unanswering(connection, on)
    return sum(_replace(ledger, deadlines, on, guard, one) for one in due)


def _replace(ledger: Ledger, deadlines: Deadlines, on: date, guard: Also, sitting: SittingRow) -> int:
    down = StandReviewerDown(submission_id=sitting.submission_id, review_id=sitting.review_id, ground="overdue")
    if not _done(ledger, guard, down):
        return 0
    with ledger.reading() as connection:
        allocation_id = ledger.new_id()
        instance = read_model.gather(connection, on, allocation_id, [sitting.submission_id])
    found = read_model.allocate(instance)
    if not found.seats:
        return 1
    kept = read_model.to_keep(allocation_id, instance, found)
    proposals = read_model.to_propose(kept, found, lambda _label: ledger.new_id())
    if _done(ledger, guard, kept, *proposals):
        _confirm(ledger, deadlines, on, guard, sitting.submission_id)
    return 1


def _confirm(ledger: Ledger, deadlines: Deadlines, on: date, guard: Also, submission_id: str) -> None:
    with ledger.reading() as connection:
        panel = read_model.find_panel(connection, submission_id)
        proposal = read_model.find_proposal(connection, submission_id)
        if panel is None or proposal is None:
            return
        known = [read_model.get_candidacy(connection, panel, seat.reviewer_id, on) for seat in proposal.seats]
    _done(
        ledger,
        guard,
        ConfirmProposal(
            submission_id=submission_id,
            candidates=tuple(one for one in known if one is not None),
            on=on,
            remind_on=deadlines.reviewer_reminder(on),
            answer_by=deadlines.reviewer_answer(on),
            object_by=deadlines.objection_to_panel(on),
        ),
    )


def _done(ledger: Ledger, guard: Also, *commands: Command) -> int:
    """Execute commands together; return 1 where something happened, 0 where it held already or is refused by now."""
    try:
        return min(len(ledger.execute_together(commands, actor=_ACTOR, also=guard).recorded), 1)
    except Rejected:
        # Answered, withdrawn or seated by hand between the question and the command.
        return 0
