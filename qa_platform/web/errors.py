"""Every refusal and failure, as a problem that a program can read and a person can act on (RFC 9457)."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

import marshmallow as ma
from flask import Flask, Response, g, json, render_template, request
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from qa_platform.kernel.rejected import Fault, Missing, Rejected
from qa_platform.ledger.ledger import KeyReused, StreamMoved
from qa_platform.web.assets import are_built
from qa_platform.web.language import mark, told

log = logging.getLogger(__name__)

TYPE_PREFIX = "urn:qa-platform:problem:"
MEDIA_TYPE = "application/problem+json"

# What the framework refuses by itself, said so that the person knows what to do.
_OWN_WORDS = {
    404: "There is nothing at this address. Look at /api/ for what there is.",
    405: "This address does not take that method. The Allow header names those it takes.",
    413: "The request is too large. Send less in one request.",
    415: "The body is not of a media type that is understood here. Send application/json.",
}

_READING = frozenset({"GET", "HEAD", "OPTIONS"})
_NOT_DONE = "The request was not carried out: the database cannot be used just now. Try again in a moment."
_MAY_BE_DONE = (
    "It is not known whether the request was carried out: the connection to the database was lost in the middle of it. "
    "Send it again in a moment with the same Idempotency-Key; without one, look first whether it was done."
)


class ProblemErrorSchema(ma.Schema):
    """One thing that is wrong with a request, and where."""

    field = ma.fields.String(required=True, metadata={"description": "A dotted path; empty for the whole"})
    message = ma.fields.String(required=True)


class ProblemSchema(ma.Schema):
    """A problem with a request (RFC 9457)."""

    type = ma.fields.String(required=True, metadata={"description": "Which kind of problem; stable"})
    title = ma.fields.String(required=True)
    status = ma.fields.Integer(required=True)
    detail = ma.fields.String(metadata={"description": "What did not happen, why, and what to do now"})
    instance = ma.fields.String(metadata={"description": "This very request, as the log knows it"})
    errors = ma.fields.List(ma.fields.Nested(ProblemErrorSchema))


class Problem(Exception):
    """A request that cannot be answered as it is asked; knows its own status."""

    def __init__(
        self,
        status: int,
        name: str,
        detail: str,
        *,
        faults: tuple[Fault, ...] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Keep what the answer will say."""
        super().__init__(detail)
        self.status = status
        self.name = name
        self.detail = detail
        self.faults = faults
        self.headers = dict(headers or {})


def answer_problems(app: Flask) -> None:
    """Make an application answer everything that goes wrong as a problem."""
    app.register_error_handler(Problem, _problem)
    app.register_error_handler(Rejected, _rejected)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(PoolTimeout, _database)
    app.register_error_handler(Exception, _bug)


def _problem(problem: Problem) -> Response:
    return _answer(problem.status, problem.name, problem.detail, problem.faults, problem.headers)


def _rejected(refusal: Rejected) -> Response:
    name = re.sub(r"(?<!^)(?=[A-Z])", "-", type(refusal).__name__).lower()
    return _answer(_status(refusal), name, refusal.message, refusal.faults)


def _status(refusal: Rejected) -> int:
    match refusal:
        case Missing():
            return 404
        case StreamMoved():
            # Only who insisted on a version was promised to hear of it in this way.
            pinned = "If-Match" in request.headers or "If-None-Match" in request.headers
            return 412 if pinned else 409
        case KeyReused():
            return 422
        case _:
            return 409


def _http(error: HTTPException) -> Response | HTTPException:
    code = error.code or 500
    if code < HTTPStatus.BAD_REQUEST:
        return error
    # The argument parser hangs its findings on the exception.
    found = getattr(error, "data", None) or {}
    faults = tuple(_faults(found.get("messages") or {}))
    detail = _OWN_WORDS.get(code) or (error.description or "")
    name = re.sub(r"\W+", "-", error.name.lower())
    if faults:
        name, detail = "invalid", "The request was not carried out: some of it is not as it should be. See “errors”."
    headers = {key: value for key, value in error.get_headers() if key in {"Allow", "Retry-After"}}
    return _answer(code, name, detail, faults, headers)


def _database(error: DBAPIError | PoolTimeout) -> Response:
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    if not lost and not isinstance(error, (OperationalError, InterfaceError, PoolTimeout)):
        return _bug(error)
    log.error("request %s: the database cannot be used: %s", _instance(), type(error).__name__)
    # Who was cut off may have been cut off after the database had done it all, and before it could say so.
    detail = _MAY_BE_DONE if lost and request.method not in _READING else _NOT_DONE
    return _answer(503, "unavailable", detail, headers={"Retry-After": "5"})


def _bug(error: Exception) -> Response:
    # The incident's number is the request's; the trace stays in the log, the answer tells nothing of it.
    if isinstance(error, StatementError):
        error.hide_parameters = True  # they may be personal data
    log.error("request %s failed: %s", _instance(), type(error).__name__, exc_info=error)
    detail = (
        "The request was not carried out, because of a mistake on our side. "
        f"Try again later; if it happens again, tell the administrator the number {_instance()}."
    )
    return _answer(500, "internal-error", detail)


def _answer(
    status: int,
    name: str,
    detail: str,
    faults: tuple[Fault, ...] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    body: dict[str, Any] = {
        "type": TYPE_PREFIX + name,
        "title": name.replace("-", " ").capitalize(),
        "status": status,
        "detail": detail,
        "instance": f"urn:uuid:{_instance()}",
    }
    if faults:
        body["errors"] = [{"field": fault.field, "message": fault.message} for fault in faults]
    if _reads_pages() and are_built():
        response = Response(_page(status, detail), status=status, content_type="text/html; charset=utf-8")
    else:
        response = Response(json.dumps(body), status=status, content_type=MEDIA_TYPE)
    response.headers.update(headers or {})
    response.headers["Cache-Control"] = "no-store"
    return response


def _reads_pages() -> bool:
    """Return whether it is a person with a browser who asks, and not a program of the API."""
    accepted = request.accept_mimetypes
    wanted = accepted.best_match(["application/json", "text/html"])
    return not request.path.startswith("/api/") and "text/html" in accepted.values() and wanted == "text/html"


def _page(status: int, detail: str) -> str:
    if status == HTTPStatus.NOT_FOUND:
        title, detail = mark("There is no such page"), mark("Look whether its address was copied in full.")
    elif status < HTTPStatus.INTERNAL_SERVER_ERROR:
        title = mark("This was not done")
    else:
        title = mark("Something went wrong on our side")
    return render_template("web/problem.html", here="", problem_title=told(title), detail=told(detail))


def _instance() -> str:
    return str(g.get("request_id", "unknown"))


def _faults(messages: Mapping[Any, Any]) -> Iterator[Fault]:
    """Yield a parser's findings; its outermost keys name where in the request (json, query)."""
    for found in messages.values():
        yield from _flattened("", found)


def _flattened(path: str, found: object) -> Iterator[Fault]:
    match found:
        case dict():
            for key, inner in found.items():
                step = "" if key == "_schema" else str(key)  # marshmallow's name for the whole
                yield from _flattened(".".join(filter(None, (path, step))), inner)
        case list():
            for inner in found:
                yield from _flattened(path, inner)
        case _:
            yield Fault(field=path, message=str(found))
