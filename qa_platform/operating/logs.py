"""The log of a process: one line an event, JSON for a collector or readable in a terminal.

Ours and the libraries' go the same way, through the standard library's loggers and one
formatter of structlog's, so that none of them escapes the redaction.
"""

from __future__ import annotations

import logging
import sys
import threading
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.types import EventDict, Processor

from qa_platform.operating.redaction import error_of, plain, refuse_personal, said, traced

# Below these levels a library speaks of values, addresses or every tick of its clock.
_LIBRARIES = {
    "": logging.WARNING,
    "gunicorn.error": logging.INFO,
    "gunicorn.http": logging.WARNING,
    "gunicorn.access": logging.CRITICAL,
    "sqlalchemy": logging.WARNING,
    "apscheduler": logging.ERROR,
    "alembic": logging.WARNING,
}
# The web server quotes the request line and the address it came from.
_QUOTING = ("Invalid request from", "Error handling request")
_FIRST = ("timestamp", "level", "event", "request_id", "logger")


def configure(level: str, form: str, *, stream: TextIO | None = None) -> None:
    """Send all that is logged in this process down one pipe; `level` is for our own words."""
    logging.getLogger().handlers = [pipe(form, stream or sys.stderr)]
    for name, lowest in _LIBRARIES.items():
        logging.getLogger(name).setLevel(max(lowest, logging.getLevelNamesMapping()[level]))
    logging.getLogger("qa_platform").setLevel(level)
    logging.captureWarnings(capture=True)
    # Otherwise a line that cannot be written is printed with all its arguments.
    logging.raiseExceptions = False
    sys.excepthook = _died
    threading.excepthook = _thread_died


def pipe(form: str, stream: TextIO) -> logging.Handler:
    """Return what writes each record as one line; `auto` is for a person where a terminal listens."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(console=form == "console" or (form == "auto" and stream.isatty())))
    return handler


def _formatter(*, console: bool) -> logging.Formatter:
    last: list[Processor] = [structlog.processors.JSONRenderer(ensure_ascii=False)]
    if console:
        last = [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback, sort_keys=False)]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            _worded,
            structlog.stdlib.add_log_level,
            structlog.stdlib.ExtraAdder(),
            _named,
            structlog.contextvars.merge_contextvars,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _trace,
            refuse_personal,
            _in_order,
            *last,
        ],
        use_get_message=False,
        pass_foreign_args=True,
    )


def _worded(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Put the words of a record together, with an error among its arguments as far as it may be said."""
    record: logging.LogRecord = event["_record"]
    arguments = event.pop("positional_args", ())
    event["event"] = _words(record.msg, arguments)
    return event


def _words(message: object, arguments: Any) -> str:  # noqa: ANN401 -- a tuple, or the one mapping that stands for it
    if isinstance(message, BaseException):
        return said(message)
    text = str(message)
    for start in _QUOTING:
        if text.startswith(start):
            return start.removesuffix(" from")
    if not arguments:
        return plain(text)
    safe = arguments if isinstance(arguments, dict) else tuple(_argument(one) for one in arguments)
    try:
        return plain(text % safe)
    except (TypeError, ValueError, KeyError):
        return text


def _argument(value: object) -> object:
    return said(value) if isinstance(value, BaseException) else value


def _named(_logger: object, _method: str, event: EventDict) -> EventDict:
    event["logger"] = event["_record"].name
    # Another handler's words for the same record, arguments and all, look like extras of it.
    for words in ("message", "asctime"):
        event.pop(words, None)
    return event


def _trace(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Replace an error by its trace; the libraries' own would quote values."""
    event.pop("stack_info", None)
    error = error_of(event.pop("exc_info", None))
    if error is not None:
        event["exception"] = traced(error)
    return event


def _in_order(_logger: object, _method: str, event: EventDict) -> EventDict:
    first = {key: event.pop(key) for key in _FIRST if key in event}
    return {**first, **event}


def _died(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("qa_platform").critical("the process ended by a mistake on our side", exc_info=error)


def _thread_died(failure: threading.ExceptHookArgs) -> None:
    name = "" if failure.thread is None else failure.thread.name
    logging.getLogger("qa_platform").critical("the thread %s ended by a mistake", name, exc_info=failure.exc_value)
