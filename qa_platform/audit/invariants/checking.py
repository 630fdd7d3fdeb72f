"""Checking invariants: the questions first, then one pass over the log that serves all the others.

The head is taken first, and every event up to it is looked at; what is recorded meanwhile is the
next check's. Pages are read by key, each in a short transaction, so that nothing is held open.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any, TypeVar

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError

from qa_platform.audit.invariants.history import History, World
from qa_platform.audit.invariants.invariant import (
    Asked,
    AskedById,
    AskedByPosition,
    Found,
    Ground,
    Invariant,
    OfCases,
    OfEvents,
    OfStreams,
    Span,
    Violation,
)
from qa_platform.audit.invariants.reading import Unit, Units
from qa_platform.kernel.decider import Decider
from qa_platform.ledger import statements
from qa_platform.ledger.collecting import rarely_collecting
from qa_platform.ledger.keys import KeyFileUnusable
from qa_platform.ledger.lease import LeaseLost
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.rebuild import Progress

Subject = TypeVar("Subject")

_SPAN = 50_000
_SHOWN = 20

# Trouble that says nothing about an invariant: the check as a whole cannot go on.
_ENDING = (OperationalError, InterfaceError, LeaseLost, KeyFileUnusable)


class Finding(msgspec.Struct, kw_only=True):
    """What came of one invariant: how many violations, the first of them, and how long it took.

    `trouble` says why it could not be checked, by the name of the error alone.
    """

    name: str
    holds: str
    violations: int = 0
    shown: list[Violation] = []
    trouble: str | None = None
    seconds: float = 0.0


class Checked(msgspec.Struct, kw_only=True):
    """What a check came to: the events up to its head, those without a place, and a finding for each invariant."""

    head: int
    unsequenced: int
    read: int
    seconds: float
    findings: list[Finding]

    @property
    def violations(self) -> int:
        """Return how many there are in all."""
        return sum(finding.violations for finding in self.findings)

    @property
    def unchecked(self) -> int:
        """Return how many invariants could not be checked."""
        return sum(finding.trouble is not None for finding in self.findings)


def check(
    ledger: Ledger,
    invariants: Sequence[Invariant],
    deciders: Iterable[Decider[Any, Any, Any]],
    progress: Progress | None = None,
) -> Checked:
    """Look for violations of invariants in everything up to the head. `progress` may end it by raising."""
    with rarely_collecting():
        return _Check(ledger, invariants, deciders, progress or (lambda _what, _done, _of: None)).run()


class _Check:
    """One check under way."""

    def __init__(
        self,
        ledger: Ledger,
        invariants: Sequence[Invariant],
        deciders: Iterable[Decider[Any, Any, Any]],
        progress: Progress,
    ) -> None:
        self._ledger = ledger
        self._invariants = invariants
        self._findings = {one.name: Finding(name=one.name, holds=one.holds, shown=[]) for one in invariants}
        self._progress = progress
        with ledger.reading() as connection:
            head = int(connection.scalar(statements.HEAD) or 0)
            self._unsequenced = int(connection.scalar(_UNSEQUENCED) or 0)
            self._last_id = int(connection.scalar(_LAST_ID) or 0)
        self._ground = Ground(
            ledger=ledger,
            deciders={event: one for one in deciders for event in one.events},
            head=head,
            progress=progress,
        )
        self._world = World()
        self._read = 0

    def run(self) -> Checked:
        began = time.perf_counter()
        self._ask()
        self._pass_over()
        return Checked(
            head=self._ground.head,
            unsequenced=self._unsequenced,
            read=self._read,
            seconds=round(time.perf_counter() - began, 3),
            findings=list(self._findings.values()),
        )

    def _ask(self) -> None:
        asking = [one for one in self._invariants if isinstance(one.way, Asked | AskedByPosition | AskedById)]
        for number, invariant in enumerate(asking):
            self._progress("Asking the database", number, len(asking))
            match invariant.way:
                case Asked(ask):
                    self._take(invariant, self._answers(ask, self._ground))
                case AskedByPosition(ask):
                    self._span_by_span(invariant, ask, self._ground.head)
                case AskedById(ask):
                    self._span_by_span(invariant, ask, self._last_id + 1)
                case _:
                    pass
        if asking:
            self._progress("Asking the database", len(asking), len(asking))

    def _span_by_span(self, invariant: Invariant, ask: Callable[[Connection, Span], Found], end: int) -> None:
        for start in range(0, end, _SPAN):
            self._take(invariant, self._answers(ask, Span(start, min(start + _SPAN, end))))

    def _answers(self, ask: Callable[[Connection, Subject], Found], subject: Subject) -> Found:
        with self._ledger.reading() as connection:
            yield from ask(connection, subject)

    def _pass_over(self) -> None:
        passing = [one for one in self._invariants if isinstance(one.way, OfEvents | OfStreams | OfCases)]
        if not passing:
            return
        for unit in Units(self._ledger, self._ground.head):
            self._read += len(unit.stored)
            self._look_at(unit, passing)
            self._progress("Reading the events", min(self._read, self._ground.head), self._ground.head)

    def _look_at(self, unit: Unit, passing: Sequence[Invariant]) -> None:
        history = History(case_id=unit.case_id or "", stored=unit.stored)
        if unit.case_id is None:
            self._learn(unit)
        for invariant in passing:
            match invariant.way:
                case OfEvents(see):
                    self._take(invariant, chain.from_iterable(map(see, unit.stored)))
                case OfStreams(see):
                    every = (see(events, self._ground) for events in history.streams.values())
                    self._take(invariant, chain.from_iterable(every))
                case OfCases(see) if unit.case_id is not None:
                    self._take(invariant, chain.from_iterable(see(one, self._world) for one in (history,)))
                case _:
                    pass

    def _learn(self, unit: Unit) -> None:
        for stored in unit.stored:
            # What cannot be taken in is told by the invariants of records and streams.
            with suppress(Exception):
                self._world.learn(stored)

    def _take(self, invariant: Invariant, found: Found) -> None:
        """Count what is found; an invariant that fails is not checked any further, and says so."""
        finding = self._findings[invariant.name]
        if finding.trouble is not None:
            return
        began = time.perf_counter()
        try:
            for violation in found:
                finding.violations += 1
                if len(finding.shown) < _SHOWN:
                    finding.shown.append(violation)
        except _ENDING:
            raise
        except Exception as failure:  # noqa: BLE001 -- one that fails must not keep the others from being checked
            finding.trouble = type(failure).__name__
        finding.seconds = round(finding.seconds + time.perf_counter() - began, 6)


_UNSEQUENCED = sa.text("SELECT count(*) FROM ledger.unsequenced")
_LAST_ID = sa.text("SELECT max(id) FROM ledger.events")
