"""What is read of accreditations: the public register, and apart from it the histories that others wrote."""

from __future__ import annotations

from qa_platform.accreditations.read_model.histories import IMPORTED_HISTORIES, ImportedHistoryRow, every_history
from qa_platform.accreditations.read_model.register import (
    ACCREDITATIONS,
    EXPIRED,
    AccreditationRow,
    as_of,
    get_accreditation,
    select_accreditations,
)

__all__ = [
    "ACCREDITATIONS",
    "EXPIRED",
    "IMPORTED_HISTORIES",
    "AccreditationRow",
    "ImportedHistoryRow",
    "as_of",
    "every_history",
    "get_accreditation",
    "select_accreditations",
]
