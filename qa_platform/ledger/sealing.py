"""Sealing and opening one personal field: AES-256-GCM-SIV with key commitment (RFC 8452).

GCM-SIV because a restored machine snapshot may repeat a nonce; the key commitment because
otherwise another key could be shown later that opens the same ciphertext to another text.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from qa_platform.kernel.sealed import FORGOTTEN, Box, Forgotten, Sealed

KeyId = tuple[str, str, int]  # subject, purpose, version


class DataKey(msgspec.Struct, frozen=True):
    """The live data key of one person for one purpose."""

    version: int
    key: bytes


# None stands for a key that was destroyed.
OpeningKeys = Mapping[KeyId, bytes | None]


class SealBroken(Exception):
    """A sealed field does not open under its own key: the record or the key was altered."""


def key_commitment(key: bytes) -> str:
    """Return what binds a ciphertext to one key without telling the key, in hex."""
    return hmac.digest(key, b"key-commit/v1", "sha256").hex()


def seal_field(value: Sealed[Any], key: DataKey, *, event: str, stream: str, field: str) -> Box:
    """Return the closed box of a value, bound to its event, stream, field and person."""
    salt = secrets.token_bytes(32)
    body = msgspec.to_builtins(value.value)
    text = msgspec.json.encode({"salt": salt.hex(), "value": body}, order="sorted")
    commit = hashlib.sha256(b"commit/v1\0" + salt + msgspec.json.encode([f"sealed.{field}", body], order="sorted"))
    nonce = secrets.token_bytes(12)
    aad = _bound_to(event, stream, field, value.subject, key.version)
    return Box(
        event=event,
        stream=stream,
        field=field,
        subject=value.subject,
        purpose=value.purpose,
        key_version=key.version,
        nonce=nonce,
        ciphertext=AESGCMSIV(key.key).encrypt(nonce, text, aad),
        key_commitment=key_commitment(key.key),
        commit=commit.hexdigest(),
    )


def open_box(box: Box, keys: OpeningKeys, inner: Any = Any) -> Any | Forgotten:  # noqa: ANN401 -- whatever was sealed
    """Return the sealed value as `inner`, or Forgotten when its key is destroyed. Raises SealBroken."""
    key = keys.get((box.subject, box.purpose, box.key_version))
    if key is None:
        return FORGOTTEN
    if not hmac.compare_digest(key_commitment(key), box.key_commitment):
        raise SealBroken(f"the key of {box.subject} is not the one that sealed {box.field} of event {box.event}")
    aad = _bound_to(box.event, box.stream, box.field, box.subject, box.key_version)
    try:
        text = AESGCMSIV(key).decrypt(box.nonce, box.ciphertext, aad)
    except InvalidTag as broken:
        raise SealBroken(f"{box.field} of event {box.event} does not open under its key") from broken
    return msgspec.convert(msgspec.json.decode(text)["value"], inner, strict=False)


def _bound_to(event: str, stream: str, field: str, subject: str, version: int) -> bytes:
    return msgspec.json.encode(
        {"event": event, "stream": stream, "field": field, "subject": subject, "version": version}, order="sorted"
    )
