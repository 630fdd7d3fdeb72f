"""What an invariant is: a name, a sentence, and a way of finding where it does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection

from qa_platform.audit.invariants.history import History, Stored, World
from qa_platform.kernel.decider import Decider
from qa_platform.kernel.event import Event, Recorded
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.rebuild import Progress


class Violation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One place where an invariant does not hold, and a sentence that names no person.

    `row` is the key of a row that is no event.
    """

    what: str
    position: int | None = None
    stream: str | None = None
    version: int | None = None
    row: str | None = None


Found = Iterable[Violation]


@dataclass(frozen=True)
class Ground:
    """What a check stands on: the ledger, its rules by event type, and the head that was taken first.

    Whoever takes long tells `progress`, which may end the check by raising.
    """

    ledger: Ledger
    deciders: Mapping[type[Event], Decider[Any, Any, Any]]
    head: int
    progress: Progress


class Span(NamedTuple):
    """A stretch of the log: from `start` up to, and without, `stop`."""

    start: int
    stop: int


@dataclass(frozen=True)
class Asked:
    """One question to the database, in one short transaction of its own."""

    ask: Callable[[Connection, Ground], Found]


@dataclass(frozen=True)
class AskedByPosition:
    """A question about a span of positions, asked span by span up to the head."""

    ask: Callable[[Connection, Span], Found]


@dataclass(frozen=True)
class AskedById:
    """A question about a span of events by their local ids, asked span by span."""

    ask: Callable[[Connection, Span], Found]


@dataclass(frozen=True)
class OfEvents:
    """Something that holds for every event by itself."""

    see: Callable[[Stored], Found]


@dataclass(frozen=True)
class OfStreams:
    """Something that holds for the events of each stream, in the order of their versions."""

    see: Callable[[list[Recorded[Any]], Ground], Found]


@dataclass(frozen=True)
class OfCases:
    """Something that holds for the events of each case, in the one order; outside of cases the world has them."""

    see: Callable[[History, World], Found]


Way = Asked | AskedByPosition | AskedById | OfEvents | OfStreams | OfCases


@dataclass(frozen=True)
class Invariant:
    """What must hold and why it matters, in one sentence, under a name that never changes."""

    name: str
    holds: str
    way: Way

    @property
    def theme(self) -> str:
        """Return the first part of the name."""
        return self.name.partition(".")[0]


def at(recorded: Recorded[Any], what: str) -> Violation:
    """Return a violation at an event."""
    return Violation(what=what, position=recorded.position, stream=recorded.stream, version=recorded.version)
