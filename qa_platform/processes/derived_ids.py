"""Ids of what a process creates: the same however often its cause is delivered."""

from __future__ import annotations

from hashlib import sha1

# The namespace of derived ids (a UUID, as bytes); it must never change.
_NAMESPACE = bytes.fromhex("0d1f7c5c2e8f5b0f9c3b7a64d1a2e9b3")


def derived_id(cause: str, label: str) -> str:
    """Return the UUIDv5 (RFC 9562) of what an event causes; `label` says which of several things."""
    digest = bytearray(sha1(_NAMESPACE + f"{cause}\0{label}".encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
