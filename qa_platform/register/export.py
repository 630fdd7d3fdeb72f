"""The register as open data: one line an entry, for spreadsheets and programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from qa_platform.register.read_model import Listed

# A spreadsheet takes what begins so for a formula.
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = (
    "number",
    "kind",
    "title_en",
    "title_ms",
    "provider_id",
    "provider",
    "level",
    "credits",
    "hours",
    "field_iscedf_broad",
    "delivery_mode",
    "languages",
    "status",
    "status_since",
    "valid_from",
    "valid_to",
    "decision_code",
    "record",
    "simulated",
)


def as_csv(entries: Iterable[Listed]) -> str:
    """Return entries as CSV with a header; `record` is the digest of the newest document of each."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for listed in entries:
        writer.writerow([_plain(cell) for cell in _cells(listed)])
    return text.getvalue()


def _cells(listed: Listed) -> tuple[object, ...]:
    entry = listed.entry
    return (
        entry.number,
        entry.kind,
        entry.title_en,
        entry.title_ms,
        entry.provider_id,
        listed.provider,
        entry.level,
        entry.credits,
        entry.hours,
        listed.field,
        listed.mode,
        " ".join(listed.languages),
        entry.status,
        entry.status_since,
        entry.valid_from,
        entry.valid_to,
        entry.decision_code,
        entry.history[-1].record,
        str(entry.simulated).lower(),
    )


def _plain(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULAS) else cell
