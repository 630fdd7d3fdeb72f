"""What is due about seats without anybody asking: a reminder, and a replacement of whoever is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from qa_platform.kernel.event import Command, StreamVersion
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import system
from qa_platform.ledger.ledger import Also, Ledger
from qa_platform.panels import read_model
from qa_platform.panels.commands import Candidacy, RemindReviewer, StandReviewerDown
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


def replace_late(ledger: Ledger, deadlines: Deadlines, on: date, guard: Also) -> int:
    """Give the seats of who is late, and was told so, to the next best; return of how many panels.

    Who leaves, the allocation with all that it was made from, and who comes: one transaction. Where
    nobody else fits the late one stays, for the officer to see to. Running it again changes nothing.
    """
    with ledger.reading() as connection:
        due = read_model.list_to_replace(connection, deadlines, on)
    return sum(_replace(ledger, deadlines, on, guard, late) for late in due.values())


def _replace(ledger: Ledger, deadlines: Deadlines, on: date, guard: Also, late: Sequence[SittingRow]) -> int:
    submission_id, allocation_id = late[0].submission_id, ledger.new_id()
    vacating = {submission_id: [one.seat for one in late]}
    with ledger.reading() as connection:
        panel = read_model.find_panel(connection, submission_id)
        known = read_model.know(connection, [submission_id], rotation=deadlines.rotation)
        # The allocation's own id is the seed: nobody chose it, and everybody can read it.
        instance = read_model.gather(
            connection, on, allocation_id, [submission_id], vacating, rotation=deadlines.rotation
        )
    found = read_model.allocate(instance)
    if panel is None or not found.seats:
        return 0
    kept = read_model.to_keep(allocation_id, instance, found)
    if panel.third is not None:
        third = read_model.to_seat_third(known, panel, found, ledger.new_id, on)
        if third is None:
            return 0
        coming: tuple[Command, ...] = (third[0],)
        candidates: Sequence[Candidacy] = (third[1],)
    else:
        (proposal,) = read_model.to_propose(kept, found, lambda _label: ledger.new_id())
        meant = [seat.reviewer_id for seat in proposal.seats]
        confirming = read_model.to_confirm(known, panel, meant, deadlines, on)
        coming, candidates = (proposal, confirming), confirming.candidates
    filled = {seat.seat for seat in found.seats}
    leaving = [one for one in late if one.seat in filled]
    return _done(
        ledger,
        guard,
        *(StandReviewerDown(submission_id=submission_id, review_id=one.review_id, ground="overdue") for one in leaving),
        kept,
        *coming,
        # Who moves his review on at the last moment keeps his seat.
        depends_on=(
            *(StreamVersion(stream=f"review-{one.review_id}", version=one.review_version) for one in leaving),
            *read_model.rests_on(candidates),
        ),
    )


def _done(ledger: Ledger, guard: Also, *commands: Command, depends_on: Sequence[StreamVersion] = ()) -> int:
    """Execute commands together; return 1 where something happened, 0 where it held already or is refused by now."""
    within_caps = read_model.within_caps(commands)

    def also(connection: Connection) -> None:
        guard(connection)
        within_caps(connection)

    try:
        outcome = ledger.execute_together(commands, actor=_ACTOR, also=also, depends_on=depends_on)
    except Rejected:
        # Answered, locked, withdrawn or seated by hand between the question and the command.
        return 0
    return min(len(outcome.recorded), 1)
