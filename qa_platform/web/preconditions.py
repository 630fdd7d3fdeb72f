"""ETag, If-Match and If-None-Match, tied to the versions of streams (RFC 9110, section 13).

A tag is the version of the stream that a row shows, in quotation marks. Whoever sends it back
in `If-Match` insists on that version; the ledger compares within the append itself.
"""

from __future__ import annotations

import re
from typing import Protocol, TypeVar

from flask import Response, request

from qa_platform.web.auth import SAFE_METHODS
from qa_platform.web.errors import Problem

_TAG = r'(W/)?"([\x21\x23-\x7e\x80-\xff]*)"'
_TAGS = re.compile(rf"\s*{_TAG}(?:\s*,\s*{_TAG})*\s*\Z")
_VERSION = re.compile(r"(?:0|[1-9][0-9]{0,17})\Z")
MOST_TAGS = 8

NOTHING_THERE = 0
"""The version of a stream before its first event."""


class Versioned(Protocol):
    """A row that says which version of its stream it shows."""

    @property
    def version(self) -> int:
        """The version of the stream."""
        ...


V = TypeVar("V", bound=Versioned)


def if_match() -> int | None:
    """Return the stream version that this request insists on, None when it insists on none.

    Of several, the first; `receipts.run` tries them all.
    """
    accepted = accepted_versions()
    return None if accepted is None else accepted[0]


def accepted_versions() -> tuple[int, ...] | None:
    """Return the stream versions that an unsafe request allows, None when it allows any.

    Raises Problem 412 when no version can ever match, and 400 for what is no condition.
    """
    if request.method in SAFE_METHODS:
        return None
    if "If-None-Match" in request.headers:
        return _only_if_new()
    if "If-Match" not in request.headers:
        return None
    value = _field("If-Match")
    if value == "*":
        return None  # that it exists is for the rules to say, and they say it as 404
    # Strong comparison: a weak tag never matches, and neither does one that we did not make.
    versions = tuple(int(tag) for weak, tag in _parsed(value) if not weak and _VERSION.match(tag))
    if not versions:
        raise failed()
    return versions


def failed() -> Problem:
    """Return the problem of a condition that does not hold."""
    return Problem(
        412,
        "precondition-failed",
        "The request was not carried out: what it is about is no longer as you saw it. "
        "Read it again, and repeat the request with its new ETag.",
    )


def etag(version: int) -> str:
    """Return the tag of a version."""
    return f'"{version}"'


def tagged(row: V) -> tuple[V, int, dict[str, str]] | Response:
    """Return a row with its ETag, or 304 when the asker has it already."""
    tag = etag(row.version)
    if _known(row.version):
        return Response(status=304, headers={"ETag": tag})
    if _outdated(row.version):
        raise failed()
    return row, 200, {"ETag": tag}


def _known(version: int) -> bool:
    if "If-None-Match" not in request.headers:
        return False
    value = _field("If-None-Match")
    # Weak comparison: W/"3" and "3" are the same here.
    return value == "*" or str(version) in {tag for _, tag in _parsed(value, "If-None-Match")}


def _outdated(version: int) -> bool:
    if "If-Match" not in request.headers or (value := _field("If-Match")) == "*":
        return False
    return ("", str(version)) not in _parsed(value)  # a weak tag matches nothing here


def _only_if_new() -> tuple[int, ...]:
    if _field("If-None-Match") != "*" or "If-Match" in request.headers:
        raise _malformed("If-None-Match", "on a change, only * alone is understood")
    return (NOTHING_THERE,)


def _field(name: str) -> str:
    return ", ".join(request.headers.getlist(name)).strip()


def _parsed(value: str, header: str = "If-Match") -> list[tuple[str, str]]:
    if not _TAGS.match(value):
        raise _malformed(header, "tags stand in quotation marks, with commas between them")
    tags = re.findall(_TAG, value)
    if len(tags) > MOST_TAGS:
        raise _malformed(header, f"more than {MOST_TAGS} tags")
    return tags


def _malformed(header: str, why: str) -> Problem:
    detail = f"The request was not carried out: its {header} is not understood ({why}). Send the ETag as you got it."
    return Problem(400, "malformed-precondition", detail)
