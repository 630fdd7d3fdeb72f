"""What whoever took a step back learns at once: who had been told of it, and which correction is proposed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

import msgspec

from qa_platform.kernel.event import Recorded, stored_name
from qa_platform.kernel.roles import Actor, Role
from qa_platform.ledger.ledger import Ledger
from qa_platform.notices.decider import Status, letter_id_of
from qa_platform.notices.read_model import (
    CORRECTION,
    NoticeRow,
    is_reviewer_of,
    known_to,
    letters_of,
    notices_caused_by,
)
from qa_platform.notices.read_model.letters import Letter
from qa_platform.processes.notices import UNDONE, undone_step


def undone_by(ledger: Ledger, recorded: Iterable[Recorded[Any]], viewer: Actor) -> list[dict[str, Any]]:
    """Return each step that these events undid, with the letters about it that a viewer may know of.

    Readers are counted by role and never named. A correction stands in the outbox of its releaser
    as soon as the worker has written it.
    """
    found = (_undone(ledger, event, viewer) for event in recorded if type(event.event) in UNDONE)
    return [cast("dict[str, Any]", msgspec.to_builtins(shown)) for shown in found if shown is not None]


def _undone(ledger: Ledger, event: Recorded[Any], viewer: Actor) -> dict[str, Any] | None:
    step = undone_step(ledger.read_stream(event.stream), event)
    if step is None:
        return None
    with ledger.reading() as connection:
        hidden = Role.REVIEWER in viewer.roles and is_reviewer_of(connection, viewer.person_id, event.case_id or "")
        rows = [] if hidden else known_to(viewer.acting_as, notices_caused_by(connection, step.id))
    return {
        "step": stored_name(type(step.event)),
        "stream": step.stream,
        "at": step.at,
        "told": [_told(letter, rows, event) for letter in letters_of(rows)],
    }


def _told(letter: Letter, rows: Sequence[NoticeRow], event: Recorded[Any]) -> dict[str, Any]:
    releaser = UNDONE[type(event.event)].releaser
    had_gone = any(row.status is Status.TOLD for row in rows if row.letter_id == letter.letter_id)
    proposed = releaser is not None and had_gone
    return {
        "letter_id": letter.letter_id,
        "kind": letter.kind,
        "subject": letter.en.subject,
        "told_at": letter.told_at,
        "readers": letter.readers,
        "held_back": releaser is not None and Status.WAITING in letter.statuses,
        "correction": letter_id_of(event.id, CORRECTION, letter.letter_id) if proposed else None,
        "releaser": releaser if proposed else None,
    }
