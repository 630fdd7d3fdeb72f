"""What is due about centres without anybody asking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qa_platform.centres.commands import AssignCase, MoveCase
from qa_platform.centres.decider import Status
from qa_platform.centres.read_model import get_centre, list_left_behind, list_unassigned
from qa_platform.kernel.event import Command, StreamVersion
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.roles import system
from qa_platform.ledger.ledger import Also, Ledger, StreamMoved

_ACTOR = system("centres")


def assign_by_default(ledger: Ledger, centre_id: str | None, on: date, guard: Also) -> int:
    """Give what was lodged, and nobody has touched, to the usual centre; return how many cases.

    `guard` runs in the transaction of each effect and ends it when the job is in other hands. A
    centre that is not approved gets none, and none gets a course of its own institution by itself.
    Running it again changes nothing.
    """
    if centre_id is None:
        return 0
    with ledger.reading() as connection:
        centre = get_centre(connection, centre_id)
        if centre is None or centre.status is not Status.APPROVED:
            return 0
        waiting = list_unassigned(connection, centre.institution)
    asked = [
        AssignCase(
            submission_id=case_id, centre_id=centre_id, on=on, lodged=True, centre_is_approved=True, by_default=True
        )
        for case_id in waiting
    ]
    return _execute(ledger, asked, guard, (centre.stream_version,))


def hand_over_left_behind(ledger: Ledger, on: date, guard: Also) -> int:
    """Hand over what was given to a centre at the very moment its approval ended; return how many cases."""
    with ledger.reading() as connection:
        left = list_left_behind(connection)
        heirs = {successor: get_centre(connection, successor) for _, successor in left if successor is not None}
    asked = []
    for case_id, successor in left:
        heir = None if successor is None else heirs[successor]
        taking = heir is not None and heir.status is Status.APPROVED
        asked.append(
            MoveCase(
                submission_id=case_id,
                # Where the successor takes no cases either, they are the agency's.
                to_centre_id=successor if taking else None,
                on=on,
                reason="The approval of its centre ended.",
                centre_is_approved=taking,
            )
        )
    return _execute(ledger, asked, guard)


def _execute(ledger: Ledger, commands: Sequence[Command], guard: Also, depends_on: Sequence[StreamVersion] = ()) -> int:
    done = 0
    for command in commands:
        try:
            outcome = ledger.execute(command, actor=_ACTOR, depends_on=depends_on, also=guard)
        except (Rejected, StreamMoved):
            # Assigned, moved or suspended between the question and the command.
            continue
        done += len(outcome.recorded)
    return done
