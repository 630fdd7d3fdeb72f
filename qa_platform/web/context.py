"""The words of one request: the ledger, who asks, what time it is, and the ids it makes."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import current_app, g
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import Actor
from qa_platform.ledger.ledger import Ledger
from qa_platform.web.auth import Authenticator, actor
from qa_platform.web.deadlines import Deadlines
from qa_platform.web.idempotency import command_key
from qa_platform.web.metrics import HttpMetrics
from qa_platform.web.permissions import Table
from qa_platform.web.preconditions import if_match
from qa_platform.web.readiness import Readiness

__all__ = [
    "Platform",
    "actor",
    "command_key",
    "deadlines",
    "if_match",
    "ledger",
    "new_id",
    "now",
    "platform",
    "reading",
    "release_reading",
    "today",
]

# The namespace of ids that follow from an idempotency key; it must never change.
_IDS = uuid.UUID("6f0f4c1e-53b0-5a6e-9d53-0c1d1a0f7a11")


@dataclass(frozen=True, kw_only=True)
class Platform:
    """What the composition root hands to the web: the rooms below, and the settings it reads."""

    ledger: Ledger
    authenticator: Authenticator
    permissions: Table
    zone: ZoneInfo
    standard_id: str
    deadlines: Deadlines
    largest_body_bytes: int = 1024 * 1024
    # In which language, and at which hour of a working day, people are told who have said nothing of it.
    language: str = "en"
    digest_hour: int = 8
    metrics: HttpMetrics = field(default_factory=HttpMetrics)
    # Says of the events of a request which steps they took back, and who had been told of those.
    undone: Callable[[Sequence[Recorded[Any]], Actor], list[dict[str, Any]]] = lambda _recorded, _viewer: []
    # Says what stands between this platform and its work; empty while nothing does.
    readiness: Callable[[], Readiness] = Readiness


def platform() -> Platform:
    """Return what this application was composed of."""
    return cast("Platform", current_app.extensions["qa_platform"])


def ledger() -> Ledger:
    """Return the ledger."""
    return platform().ledger


def deadlines() -> Deadlines:
    """Return the agency's terms."""
    return platform().deadlines


def reading() -> Connection:
    """Return this request's connection to the read models."""
    if "reading" not in g:
        g.reading_ends = ledger().reading()
        g.reading = g.reading_ends.__enter__()
    return cast("Connection", g.reading)


def release_reading() -> None:
    """Give the reading connection back; the next `reading` takes a fresh one."""
    g.pop("reading", None)
    ends = cast("AbstractContextManager[Connection] | None", g.pop("reading_ends", None))
    if ends is not None:
        ends.__exit__(None, None, None)


def new_id(label: str) -> str:
    """Return an id for what this request creates; a retry under the same key gets the same id."""
    key = command_key()
    if key is None:
        return ledger().new_id()
    return str(uuid.uuid5(_IDS, f"{key.scope}\0{label}"))


def now() -> datetime:
    """Return the time by the ledger's clock, in UTC."""
    return ledger().clock()


def today() -> date:
    """Return the date in the agency's own time zone."""
    return now().astimezone(platform().zone).date()
