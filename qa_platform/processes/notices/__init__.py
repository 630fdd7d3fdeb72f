"""Which event is told to whom: one table, over the events of every context; pure.

The words are in the room of notices; who holds a role on the day is looked up by who follows the ledger.
"""

from __future__ import annotations

from qa_platform.processes.notices.catalogue import CATALOGUE, NOBODY_IS_TOLD, Entry, tellings
from qa_platform.processes.notices.known import Known, fold_known
from qa_platform.processes.notices.telling import Telling, To
from qa_platform.processes.notices.undoing import UNDONE, Undoing, undone_step

__all__ = [
    "CATALOGUE",
    "NOBODY_IS_TOLD",
    "UNDONE",
    "Entry",
    "Known",
    "Telling",
    "To",
    "Undoing",
    "fold_known",
    "tellings",
    "undone_step",
]
