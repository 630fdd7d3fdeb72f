"""One client's way to the product: HTTP and JSON, and nothing that hides a lost answer."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

# Whatever keeps an answer from us: what became of the request is not known.
LOST = (OSError, http.client.HTTPException, json.JSONDecodeError)


class Answer(NamedTuple):
    """What the server said."""

    status: int
    body: Any


class Wire:
    """A connection that is kept, and made anew after it broke; for one thread."""

    def __init__(self, base_url: str, *, timeout: float = 10.0) -> None:
        self._place = urlsplit(base_url)
        self._timeout = timeout
        self._connection: http.client.HTTPConnection | None = None

    def ask(
        self, method: str, path: str, token: str | None, body: bytes | None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send one request, once, and return the answer. Raises one of LOST when there is none."""
        try:
            response = self._send(method, path, token, body, headers).getresponse()
            said = response.read()
            if response.will_close:
                self.close()
            return Answer(response.status, json.loads(said) if said else None)
        except LOST:
            self.close()
            raise

    def send_and_leave(
        self, method: str, path: str, token: str | None, body: bytes | None, headers: Mapping[str, str] | None = None
    ) -> None:
        """Send one request and hang up without waiting for its answer, as a phone in a lift does."""
        with suppress(*LOST):
            self._send(method, path, token, body, headers)
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> Self:
        """Use it for a block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def _send(
        self, method: str, path: str, token: str | None, body: bytes | None, headers: Mapping[str, str] | None
    ) -> http.client.HTTPConnection:
        sent = {"Accept": "application/json", **(headers or {})}
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        if body is not None:
            sent["Content-Type"] = "application/json"
        connection = self._open()
        connection.request(method, f"/api/v1{path}", body, sent)
        return connection

    def _open(self) -> http.client.HTTPConnection:
        if self._connection is None:
            assert self._place.hostname is not None
            self._connection = http.client.HTTPConnection(self._place.hostname, self._place.port, timeout=self._timeout)
        return self._connection
