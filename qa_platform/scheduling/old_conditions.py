"""Conditions of decisions that were released before conditions were obligations: the journey passed them by."""

from __future__ import annotations

from qa_platform.accreditations.events import AccreditationOpened
from qa_platform.accreditations.read_model import list_without_conditions
from qa_platform.ledger.ledger import Also, Ledger
from qa_platform.scheduling.journey import carry_on


def set_old_conditions(ledger: Ledger, register_prefix: str, guard: Also) -> int:
    """Let the journey answer again to the entry of each conditional accreditation without conditions; return how many.

    Running it again changes nothing: what has its conditions is not found again.
    """
    with ledger.reading() as connection:
        entries = list_without_conditions(connection)
    for entry in entries:
        opened = [
            recorded
            for recorded in ledger.read_stream(f"accreditation-{entry.accreditation_id}")
            if isinstance(recorded.event, AccreditationOpened)
        ]
        carry_on(ledger, opened, register_prefix, guard)
    return len(entries)
