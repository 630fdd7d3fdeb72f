"""The Idempotency-Key of a request: the same key answers as the first time, and does nothing twice."""

from __future__ import annotations

import hashlib
import re

from flask import request

from qa_platform.ledger.ledger import Key
from qa_platform.web.auth import SAFE_METHODS, actor
from qa_platform.web.errors import Problem

HEADER = "Idempotency-Key"
_WELL_FORMED = re.compile(r"[\x21-\x7e]{1,128}\Z", re.ASCII)


def check_key() -> None:
    """Raise Problem for a key that cannot be one."""
    given = request.headers.getlist(HEADER)
    if given and (len(given) > 1 or not _WELL_FORMED.match(given[0])):
        raise Problem(
            400,
            "malformed-idempotency-key",
            "The request was not carried out: its Idempotency-Key is not 1 to 128 visible ASCII characters. "
            "Use a new random UUID for each thing that you ask.",
        )


def command_key() -> Key | None:
    """Return the idempotency key of this request, None when it has none.

    It is one person's, for one method and address; whoever sends it with another body, or in
    another role, asks for something else.
    """
    given = request.headers.get(HEADER)
    if given is None or request.method in SAFE_METHODS:
        return None
    return Key(actor=actor().person_id, route=_route(), key=given, fingerprint=_fingerprint())


def _route() -> str:
    rule = request.url_rule.rule if request.url_rule else request.path
    ids = "".join(f";{name}={value}" for name, value in sorted((request.view_args or {}).items()))
    return f"{request.method} {rule}{ids}"


def _fingerprint() -> str:
    digest = hashlib.sha256()
    parts = (
        request.method.encode(),
        request.path.encode(),
        request.query_string,
        actor().acting_as.encode(),
        request.get_data(cache=True),
    )
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)  # lengths first: no two requests read the same
    return digest.hexdigest()
