"""What a log may repeat of an error or an event: never what somebody wrote."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, MutableMapping
from types import TracebackType
from typing import Any

import psycopg
from sqlalchemy.exc import StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from qa_platform.ledger.lease import LeaseLost
from qa_platform.ledger.ledger import StreamMoved
from qa_platform.ledger.rebuild import ReadModelStale
from qa_platform.ledger.subscription import SubscriberStopped

# Words that begin so in PostgreSQL's table of error codes name objects and limits only; those of
# class 22 quote the value that did not fit, and those of P0 are whatever a trigger says.
_HARMLESS_CLASSES = frozenset({"08", "23", "25", "28", "40", "42", "53", "54", "55", "57", "58", "XX"})
# Errors of ours whose words name streams, leases and read models, and nobody.
_HARMLESS = (LeaseLost, PoolTimeout, ReadModelStale, StreamMoved)
_STOPPED_AT = re.compile(r"from position \d+: \w+")
_NAMES_IN_DATABASE = ("constraint_name", "table_name", "column_name")

# What PostgreSQL and SQLAlchemy put under an error: the row, the values, the statement.
_APPENDIX = re.compile(r"\n\s*(?:DETAIL|HINT|CONTEXT|LINE \d+|\[SQL|\[parameters)\b.*", re.DOTALL)
_LONGEST = 2_000

# Keys that can hold a person, what he wrote, where he came from, or what opens a door.
_REFUSED = re.compile(
    r"(?:^|_)(?:name|title|email|mail|telephone|phone|identity|person|people|actor|user|address|ip|remote|"
    r"text|comment|remark|reason|note|body|form|json|args|query|url|uri|path|referrer|headers?|cookie|"
    r"token|authorization|password|secret|key|params?|parameters|values?|row|record|data|command)s?(?:_|$)",
    re.IGNORECASE,
)
_OURS = frozenset({"event", "exception", "logger", "level", "timestamp", "request_id"})


def said(error: BaseException) -> str:
    """Return what a log may say of an error: its kind, and its words only where they can be about nobody."""
    kind = type(error).__name__
    match error:
        case StatementError(orig=psycopg.Error() as cause):
            return f"{kind}: {said(cause)}"
        case psycopg.Error():
            return f"{kind}{_of_database(error)}"
        case SubscriberStopped():
            place = _STOPPED_AT.match(str(error))
            return f"{kind} {place.group()}" if place else kind
        case OSError(strerror=str(words)):
            return f"{kind}: {words}"
        case _ if isinstance(error, _HARMLESS):
            return f"{kind}: {error}"
        case _:
            return kind


def traced(error: BaseException) -> str:
    """Return the trace of an error and of those behind it: places in the code, and what may be said."""
    parts = []
    for one, link in _chain(error):
        frames = traceback.StackSummary.extract(traceback.walk_tb(one.__traceback__)).format()
        parts.append(f"Traceback (most recent call last):\n{''.join(frames)}{said(one)}{link}")
    return "\n".join(parts)


def plain(text: str) -> str:
    """Return a text without what a database says beneath its error, and no longer than a log needs."""
    return _APPENDIX.sub("", text)[:_LONGEST]


def refuse_personal(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Drop what must not be logged, and name what was dropped: its key is a bug of ours."""
    refused = sorted(key for key in event if key not in _OURS and _REFUSED.search(key))
    for key in refused:
        del event[key]
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = value if key == "exception" else plain(value)
        elif isinstance(value, BaseException):
            event[key] = said(value)
        elif not isinstance(value, int | float | None):
            # A struct or a list may hold anything at all.
            event[key] = f"<{type(value).__name__}>"
    if refused:
        event["refused"] = ",".join(refused)
    return event


def error_of(info: object) -> BaseException | None:
    """Return the error of what logging calls exc_info."""
    match info:
        case (_, BaseException() as error, TracebackType() | None):
            return error
        case BaseException():
            return info
        case _:
            return None


def _of_database(error: psycopg.Error) -> str:
    if error.sqlstate is None:
        # The connection failed: the words are libpq's, about hosts and roles.
        lines = str(error).strip().splitlines()
        return f": {lines[0]}" if lines else ""
    names = [found for name in _NAMES_IN_DATABASE if (found := getattr(error.diag, name))]
    words = error.diag.message_primary if error.sqlstate[:2] in _HARMLESS_CLASSES else " ".join(names)
    return f" {error.sqlstate}: {words}" if words else f" {error.sqlstate}"


def _chain(error: BaseException) -> Iterator[tuple[BaseException, str]]:
    """Yield an error and those behind it, the first cause first, each with what leads to the next."""
    behind = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if behind is not None:
        direct = error.__cause__ is not None
        link = "\n\nwhich led to:\n" if direct else "\n\nand while that was handled:\n"
        *earlier, (last, _) = _chain(behind)
        yield from earlier
        yield last, link
    yield error, ""
