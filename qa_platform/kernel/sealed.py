"""Personal data inside an event: sealed under its person's key, and gone when the key is."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")


class Forgotten(msgspec.Struct, frozen=True):
    """What stands where personal data stood before its key was destroyed."""

    def __str__(self) -> str:
        """Return the words a page shows."""
        return "(erased)"


FORGOTTEN = Forgotten()


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """A sealed value as it is stored, with all that its opening needs beside the person's key.

    Bytes are base64 in JSON. `event`, `stream`, `field`, `subject` and `key_version` are the
    authenticated data, so that a box opens only where it was put.
    """

    event: str
    stream: str
    field: str
    subject: str
    purpose: str
    key_version: int
    nonce: bytes
    ciphertext: bytes
    key_commitment: str
    commit: str


class Sealed(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """A value about a person; only ever a whole field of an event.

    `value` is the plain value while the event is new or opened, `Forgotten` once the key is
    destroyed, and None when the reader did not open it. Rules never look at it.
    """

    subject: str
    value: Any = None  # T, Forgotten or None: said here, for a union of dict and struct cannot be decoded
    purpose: str = "contact"
    box: Box | None = None


def seal(subject: str, value: T, *, purpose: str = "contact") -> Sealed[T]:
    """Return a value that the ledger will seal under the key of a person (and a purpose)."""
    return Sealed(subject=subject, value=value, purpose=purpose)
