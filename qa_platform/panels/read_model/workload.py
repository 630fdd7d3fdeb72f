"""How many open cases reviewers have, counted so that two officers at once cannot give somebody one too many."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.ledger.ledger import Also
from qa_platform.panels.commands import AssignReviewer, ConfirmProposal, UndoSeatChange
from qa_platform.panels.decider import refuse_overload
from qa_platform.panels.read_model.assignable import ASSIGNABLE
from qa_platform.panels.read_model.sittings import SITTINGS

# One after the other, for each reviewer: whoever comes second counts what the first one gave.
_HOLD = sa.text("""
SELECT pg_advisory_xact_lock(hashtextextended('workload-' || reviewer_id, 0))
FROM (SELECT reviewer_id FROM unnest(CAST(:reviewers AS text[])) AS reviewer_id ORDER BY reviewer_id) AS sorted
""")


def within_caps(commands: Iterable[object]) -> Also:
    """Return what ends a transaction in which somebody gets more open cases than he takes.

    It runs after the seats of these commands were given, in the same transaction. Raises ReviewerNotAssignable.
    """
    reviewers = sorted(_seated_by(commands))

    def check(connection: Connection) -> None:
        if reviewers:
            # The count is a statement of its own: it sees what was committed while this one waited.
            connection.execute(_HOLD, {"reviewers": reviewers})
            refuse_overload(open_cases_of(connection, reviewers), _caps(connection, reviewers))

    return check


def _seated_by(commands: Iterable[object]) -> set[str]:
    found: set[str] = set()
    for command in commands:
        match command:
            case AssignReviewer():
                found.add(command.reviewer_id)
            case UndoSeatChange():
                found.add(command.candidate.reviewer_id)
            case ConfirmProposal():
                found |= {one.reviewer_id for one in command.candidates}
            case _:
                pass
    return found


def open_cases_of(connection: Connection, reviewers: Iterable[str]) -> dict[str, int]:
    """Return in how many cases each of some reviewers sits whose review is not locked."""
    table = SITTINGS.table
    query = (
        sa.select(table.c.reviewer_id, sa.func.count().label("number"))
        .where(table.c.reviewer_id.in_(sorted(reviewers)), table.c.ground.is_(None), table.c.locked_on.is_(None))
        .group_by(table.c.reviewer_id)
    )
    return {row.reviewer_id: row.number for row in connection.execute(query)}


def _caps(connection: Connection, reviewers: Iterable[str]) -> dict[str, int]:
    table = ASSIGNABLE.table
    query = sa.select(table.c.reviewer_id, table.c.cap).where(table.c.reviewer_id.in_(sorted(reviewers)))
    return {row.reviewer_id: row.cap for row in connection.execute(query)}
