"""The data keys of people: made on first use, wrapped under one key of ours, destroyed on erasure.

The key-encryption key is a file of its own and in no backup of the database. Nothing caches
an unwrapped key: a key destroyed by one process is gone for all of them at once.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from sqlalchemy import Connection

from qa_platform.kernel.rejected import Rejected
from qa_platform.ledger.sealing import DataKey, KeyId, OpeningKeys

_KEY_BYTES = 32


class PersonForgotten(Rejected):
    """Personal data cannot be written about a person whose key was destroyed."""


class KeyFileUnusable(Exception):
    """The key file is absent, too open, or not the one that wrapped the stored keys."""


def read_key_file(path: Path) -> bytes:
    """Return the key-encryption key (32 bytes, hex in the file). Raises KeyFileUnusable."""
    try:
        if path.stat().st_mode & 0o077:
            message = f"The key file “{path}” can be read by others. Close it with: chmod 600 {path}"
            raise KeyFileUnusable(message)
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as unreadable:
        message = f"The key file “{path}” cannot be read: {unreadable}. Restore it from its own backup."
        raise KeyFileUnusable(message) from unreadable
    if len(key) != _KEY_BYTES:
        raise KeyFileUnusable(f"The key file “{path}” must hold 64 hexadecimal digits. Restore it from its own backup.")
    return key


def fingerprint(key: bytes) -> str:
    """Return a public name for a key that tells nothing of it."""
    return hashlib.sha256(b"key-fingerprint/v1\0" + key).hexdigest()[:32]


class Keys:
    """The key store, as the ledger uses it: one query for all keys that a page of events needs."""

    def __init__(self, key_encryption_key: bytes) -> None:
        """Keep the key that wraps all others."""
        self._wrapper = AESGCMSIV(key_encryption_key)
        self._blinding = hmac.digest(key_encryption_key, b"blinding/v1", "sha256")

    def for_writing(self, connection: Connection, people: Iterable[tuple[str, str]]) -> dict[tuple[str, str], DataKey]:
        """Return the live key of each (person, purpose), made now where there is none. Raises PersonForgotten."""
        wanted = sorted(set(people))
        if not wanted:
            return {}
        found = self._live(connection, wanted)
        missing = [pair for pair in wanted if pair not in found]
        if missing:
            connection.execute(_INSERT, [self._fresh(subject, purpose) for subject, purpose in missing])
            found = self._live(connection, wanted)
        return found

    def for_reading(self, connection: Connection, key_ids: Iterable[KeyId]) -> OpeningKeys:
        """Return the keys that still exist; a destroyed one is None."""
        wanted = sorted(set(key_ids))
        if not wanted:
            return {}
        rows = connection.execute(_SELECT, {"subjects": sorted({subject for subject, _, _ in wanted})})
        asked = set(wanted)
        return {
            (row.subject, row.purpose, row.version): self._unwrap(row)
            for row in rows
            if (row.subject, row.purpose, row.version) in asked
        }

    def destroy(self, connection: Connection, subject: str) -> tuple[str, ...]:
        """Destroy every key of a person in this transaction; return the fingerprints of what is gone."""
        rows = connection.execute(_DESTROY, {"subject": subject})
        return tuple(sorted(row.fingerprint for row in rows))

    def blind(self, fingerprint: str) -> str:
        """Return a keyed hash in hex: the plain hash of a request that holds a name could be guessed."""
        return hmac.digest(self._blinding, fingerprint.encode(), "sha256").hex()

    def fingerprints(self, connection: Connection, subject: str) -> tuple[str, ...]:
        """Return the fingerprints of a person's live keys."""
        rows = connection.execute(_SELECT, {"subjects": [subject]})
        return tuple(sorted(row.fingerprint for row in rows if row.wrapped is not None))

    def _live(self, connection: Connection, wanted: list[tuple[str, str]]) -> dict[tuple[str, str], DataKey]:
        asked = set(wanted)
        found: dict[tuple[str, str], DataKey] = {}
        for row in connection.execute(_SELECT, {"subjects": sorted({subject for subject, _ in wanted})}):
            if (row.subject, row.purpose) not in asked:
                continue
            key = self._unwrap(row)
            if key is None:
                raise PersonForgotten(
                    "Nothing was saved: the personal data of this person were erased for good, "
                    "and nothing personal may be written about them again. Register the person anew."
                )
            found[row.subject, row.purpose] = DataKey(row.version, key)
        return found

    def _fresh(self, subject: str, purpose: str) -> dict[str, object]:
        key = secrets.token_bytes(_KEY_BYTES)
        nonce = secrets.token_bytes(12)
        wrapped = nonce + self._wrapper.encrypt(nonce, key, _bound_to(subject, purpose, 1))
        return {"subject": subject, "purpose": purpose, "wrapped": wrapped, "fingerprint": fingerprint(key)}

    def _unwrap(self, row: sa.Row[tuple[str, str, int, bytes | None, str]]) -> bytes | None:
        if row.wrapped is None:
            return None
        aad = _bound_to(row.subject, row.purpose, row.version)
        try:
            return self._wrapper.decrypt(row.wrapped[:12], row.wrapped[12:], aad)
        except InvalidTag as wrong:
            raise KeyFileUnusable(
                "The key file does not open the stored keys. Restore the key file that belongs to this database."
            ) from wrong


def _bound_to(subject: str, purpose: str, version: int) -> bytes:
    return f"{subject}\0{purpose}\0{version}".encode()


_SELECT = sa.text(
    "SELECT subject, purpose, version, wrapped, fingerprint FROM keys.subject_keys WHERE subject = ANY(:subjects)"
)
_INSERT = sa.text(
    "INSERT INTO keys.subject_keys (subject, purpose, version, wrapped, fingerprint) "
    "VALUES (:subject, :purpose, 1, :wrapped, :fingerprint) ON CONFLICT DO NOTHING"
)
_DESTROY = sa.text(
    "UPDATE keys.subject_keys SET wrapped = NULL, destroyed_at = clock_timestamp() "
    "WHERE subject = :subject AND wrapped IS NOT NULL RETURNING fingerprint"
)
