"""How requests are counted, and the door behind which a program reads all figures."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Histogram

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

ADDRESS = "/metrics"
UNROUTED = "(none)"
_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

# What the Accept header of a scrape asks for -> the figures, and the media type that they are in.
Expose = Callable[[str], tuple[bytes, str]]


def known_method(method: str) -> str:
    """Return a method if it is one; whatever else a client wrote there would be kept for ever."""
    return method if method in _METHODS else "other"


class HttpMetrics:
    """How long requests took, by method, route and class of status; never by address or person."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        """Count into a registry; into one that nobody reads where none is given."""
        self._seconds = Histogram(
            "qa_http_request_duration_seconds",
            "How long requests took to be answered.",
            ("method", "route", "status"),
            buckets=_BUCKETS,
            registry=registry or CollectorRegistry(),
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Note one answer."""
        self._seconds.labels(known_method(method), route, f"{status // 100}xx").observe(seconds)


class MetricsDoor:
    """A WSGI application whose figures are read at /metrics, by whoever shows the token.

    It stands before the platform's own door: its token is of a program, opens nothing else, and
    must work while the database does not.
    """

    def __init__(self, application: WSGIApplication, expose: Expose, token: str) -> None:
        """Take what lies behind, where the figures come from, and the token."""
        self._application = application
        self._expose = expose
        self._expected = f"Bearer {token}".encode()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a scrape; let everything else pass."""
        if environ.get("PATH_INFO") != ADDRESS:
            return self._application(environ, start_response)
        shown = str(environ.get("HTTP_AUTHORIZATION", "")).encode("latin-1", "replace")
        if not hmac.compare_digest(shown, self._expected):
            return _answer(start_response, HTTPStatus.UNAUTHORIZED, b"Send the token that METRICS_TOKEN names.\n")
        body, kind = self._expose(str(environ.get("HTTP_ACCEPT", "")))
        return _answer(start_response, HTTPStatus.OK, body, kind)


def _answer(
    start_response: StartResponse, status: HTTPStatus, body: bytes, kind: str = "text/plain; charset=utf-8"
) -> Iterable[bytes]:
    headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
    if status is HTTPStatus.UNAUTHORIZED:
        headers.append(("WWW-Authenticate", 'Bearer realm="metrics"'))
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]
