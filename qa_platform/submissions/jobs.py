"""What is due about submissions without anybody asking."""

from __future__ import annotations

from datetime import date

from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import system
from qa_platform.ledger.ledger import Also, Ledger
from qa_platform.submissions.commands import LapseSubmission
from qa_platform.submissions.commands.components import EndListing
from qa_platform.submissions.events.components import ListingEnd
from qa_platform.submissions.read_model import list_expired_components, list_overdue

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


def end_expired_listings(ledger: Ledger, on: date, guard: Also) -> int:
    """End the listing of units whose programme is not accredited any more; return how many.

    `guard` runs in the transaction of each effect and ends it when the job is in other hands.
    Running it again changes nothing.
    """
    with ledger.reading() as connection:
        expired = list_expired_components(connection, on)
    ended = 0
    for row in expired:
        ending = EndListing(
            component_id=row.component_id, on=on, ended_on=on, ground=ListingEnd.PROGRAMME_EXPIRED, reason=None
        )
        try:
            outcome = ledger.execute(ending, actor=_ACTOR, also=guard)
        except Rejected:
            # An officer ended it between the question and the command.
            continue
        ended += len(outcome.recorded)
    return ended
