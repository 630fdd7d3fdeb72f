"""A request's body, refused unless it is plain JSON that means one thing only (RFC 8259, I-JSON)."""

from __future__ import annotations

import json
import math
from typing import Any, Never

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from qa_platform.web.errors import Problem

MEDIA_TYPE = "application/json"
DEEPEST = 32
LARGEST_INTEGER = 2**53 - 1  # what every JSON reader keeps exactly
LONGEST_NUMBER = 40


def check_text(text: str, where: str) -> None:
    """Raise Problem for text that cannot be stored: a NUL, or half of a surrogate pair."""
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        why = "holds a character that cannot be stored (NUL or a lone surrogate)"
        raise Problem(400, "unusable-text", f"The request was not carried out: {where} {why}. Leave it out.")


def check_body() -> None:
    """Raise Problem unless the body is absent, or JSON that can be taken at its word.

    The argument parser reads the body again: what passes here, any reader reads alike.
    """
    body = request.get_data(cache=True)  # raises 413 by itself
    if not body:
        return
    # Without a length the framework cuts a body off at the limit and says nothing.
    if request.content_length is None and len(body) >= (request.max_content_length or 0):
        raise RequestEntityTooLarge
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype != MEDIA_TYPE or charset not in {"utf-8", "utf8"} or "Content-Encoding" in request.headers:
        raise Problem(415, "unsupported-media-type", "The body is not plain JSON. Send application/json in UTF-8.")
    try:
        parsed = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_no_number,
            parse_float=_fraction,
            parse_int=_integer,
        )
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:  # also broken UTF-8, and a byte order mark
        raise _malformed(str(error)) from None
    _check(parsed)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _malformed(f"the name “{twice[:40]}” stands twice in one object")
    return found


def _no_number(text: str) -> Never:
    raise _malformed(f"“{text}” is not a number in JSON")


def _integer(text: str) -> int:
    if len(text) > LONGEST_NUMBER or abs(int(text)) > LARGEST_INTEGER:
        raise _malformed(f"the number “{text[:20]}…” is too large")
    return int(text)


def _fraction(text: str) -> float:
    if len(text) > LONGEST_NUMBER or not math.isfinite(float(text)):
        raise _malformed(f"the number “{text[:20]}…” is too large or too long")
    return float(text)


def _check(parsed: object) -> None:
    """Look at every text and depth, without recursion, so that a deep body costs nothing."""
    waiting: list[tuple[object, int]] = [(parsed, 1)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise _too_deep()
        match value:
            case str():
                check_text(value, "its body")
            case dict():
                for name, inner in value.items():
                    check_text(name, "its body")
                    waiting.append((inner, depth + 1))
            case list():
                waiting.extend((inner, depth + 1) for inner in value)
            case _:
                pass


def _malformed(why: str) -> Problem:
    return Problem(400, "malformed-json", f"The body cannot be read as JSON: {why}. Correct it and send it again.")


def _too_deep() -> Problem:
    return Problem(400, "malformed-json", f"The body is nested more than {DEEPEST} levels deep. Send it flatter.")
