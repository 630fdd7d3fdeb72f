"""What a command comes to: its outcome, the key of a retry, and why nothing was written."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.rejected import Rejected


class StreamMoved(Rejected):
    """Somebody else wrote first, and the caller had pinned what it saw."""


class KeyReused(Rejected):
    """An idempotency key came back with another request than the first time."""


class StreamHole(RuntimeError):
    """An append would have left a hole in a stream: a bug, never shown."""


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """An idempotency key in its scope; `fingerprint` is the hex SHA-256 of the whole request."""

    actor: str
    route: str
    key: str
    fingerprint: str

    @property
    def scope(self) -> str:
        """Return what makes this key unique, in hex."""
        return hashlib.sha256(f"{self.actor}\0{self.route}\0{self.key}".encode()).hexdigest()


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What a command came to: its events, where each stream now stands, and the first answer.

    `versions` holds every stream that was asked, also one that did not change. `replayed`
    tells that an idempotency key had been answered before and nothing was appended now.
    """

    recorded: tuple[Recorded[Any], ...]
    versions: dict[str, int]
    answer: dict[str, Any] = {}
    replayed: bool = False


class StoredOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """An outcome as it is kept under a key: its events by stream and version."""

    events: list[tuple[str, int]]
    versions: dict[str, int]
    answer: dict[str, Any]
