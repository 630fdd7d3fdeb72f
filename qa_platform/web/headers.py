"""What every answer carries: protection in the browser, and a number to find the request by."""

from __future__ import annotations

import logging
import re
import secrets
import time
import uuid
from http import HTTPStatus

import structlog
from flask import Flask, Response, g, request

from qa_platform.web.context import platform, release_reading
from qa_platform.web.metrics import UNROUTED, known_method

access = logging.getLogger("qa_platform.access")

# What a load balancer asks every few seconds says nothing while all is well.
_ASKED_BY_MACHINES = frozenset({"/healthz", "/readyz"})

_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}\Z", re.ASCII)

_PAGES = (
    "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:; connect-src 'self'; font-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_NOT_PAGES = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def dress_answers(app: Flask) -> None:
    """Make an application number its requests, protect its answers and log them."""
    app.before_request(_begin)
    app.after_request(_dress)
    app.teardown_request(lambda _error: release_reading())


def nonce() -> str:
    """Return the word that lets a script of this very page run."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(18)
    return str(g.nonce)


def _begin() -> None:
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if _REQUEST_ID.match(given) else str(uuid.uuid4())
    g.began = time.perf_counter()
    # A thread answers one request after the other; whatever it logs now belongs to this one.
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _dress(response: Response) -> Response:
    for name, value in _ALWAYS.items():
        response.headers[name] = value
    policy = _PAGES.format(nonce=nonce()) if response.mimetype == "text/html" else _NOT_PAGES
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers["X-Request-ID"] = str(g.get("request_id", ""))
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    # What one person may see, another may not; a cache asks again, and the ETag answers.
    response.headers.setdefault("Cache-Control", "private, no-cache")
    response.vary.update(("Authorization", "X-Acting-As"))
    _note(response.status_code)
    return response


def _note(status: int) -> None:
    """Log and count one request without person, address or token: the route's pattern, not its path."""
    actor = g.get("actor")
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    method = known_method(request.method)
    route = request.url_rule.rule if request.url_rule else UNROUTED
    platform().metrics.answered(method, route, status, seconds)
    quiet = route in _ASKED_BY_MACHINES and status == HTTPStatus.OK
    access.log(
        logging.DEBUG if quiet else logging.INFO,
        "request",
        extra={
            "method": method,
            "route": route,
            "status": status,
            "duration_ms": round(seconds * 1000, 1),
            "role": str(actor.acting_as) if actor else "",
        },
    )
