"""Ids of notices: they follow from what caused them, so that a second delivery changes nothing."""

from __future__ import annotations

from hashlib import sha1

# The namespace of these ids (a UUID, as bytes); it must never change.
_NAMESPACE = bytes.fromhex("b3a1c9d24f675e0c8a5d71e2f40c9b86")


def letter_id_of(cause_id: str, kind: str, stage: str = "") -> str:
    """Return the id of all that an event tells in one kind."""
    return _derived(f"letter\0{cause_id}\0{kind}\0{stage}")


def notice_id_of(cause_id: str, kind: str, person_id: str, stage: str = "") -> str:
    """Return the id of what one person is told of an event."""
    return _derived(f"notice\0{cause_id}\0{kind}\0{stage}\0{person_id}")


def digest_id_of(person_id: str, cut: str) -> str:
    """Return the id of the mail that gathers what a person was told up to an instant."""
    return _derived(f"digest\0{person_id}\0{cut}")


def _derived(name: str) -> str:
    digest = bytearray(sha1(_NAMESPACE + name.encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
