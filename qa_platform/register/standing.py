"""How an entry stood on a day, told from its documents: the answer for whoever holds a certificate of that day."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from qa_platform.accreditations.read_model import AccreditationRow, RegisterDocument

Standing = Literal["not_yet", "listed", "conditional", "expired", "ended"]
_BY_CLASS: dict[str, Standing] = {
    "positive": "listed",
    "positive_with_conditions": "conditional",
    "positive_with_restrictions": "conditional",
    "not_applicable": "ended",
}


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """How an entry stood on a day, and the document that said so (None before the first)."""

    on: date
    standing: Standing
    document: RegisterDocument | None

    @property
    def accredited(self) -> bool:
        """Return whether the course was accredited on that day; under conditions it was."""
        return self.standing in {"listed", "conditional"}


def on_day(entry: AccreditationRow, day: date) -> Answer:
    """Return how an entry stood on a day, by the documents that were issued until then."""
    until = [document for document in entry.history if document.issued_on <= day]
    if day < entry.valid_from or not until:
        return Answer(on=day, standing="not_yet", document=None)
    holding = until[-1]
    # A correction that names no class restores what the first document said.
    standing = _BY_CLASS[holding.decision_class or until[0].decision_class or "positive"]
    if standing != "ended" and day > entry.valid_to:
        standing = "expired"
    return Answer(on=day, standing=standing, document=holding)
