"""The Idempotency-Key of a request: the same key answers as the first time, and does nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa_platform.ledger.ledger import Key


def command_key() -> Key | None:
    """Return the idempotency key of this request, None when it has none."""
    raise NotImplementedError
