"""One pass over the log by pages of positions, for any number of read models at once.

Three threads overlap what waits for the database: one reads the next page, this one folds, and
one writes what changed. Nothing holds a snapshot open.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.kernel.event import Event, Recorded
from qa_platform.ledger import statements
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.rebuild.building import Building, Changes, Pace
from qa_platform.ledger.rebuild.writing import write

Progress = Callable[[str, int, int], None]

# A place that a power cut takes back is only a place to go on from a little earlier. Tables that
# are not logged would be empty after one, and were no quicker: packing long rows is what takes time.
_DO_NOT_WAIT = sa.text("SET LOCAL synchronous_commit TO off")


def follow(
    ledger: Ledger,
    connection: Connection,
    buildings: Sequence[Building],
    pace: Pace,
    told: Callable[[int, int], None] | None = None,
) -> None:
    """Fold all that has a position, each read model from its own place on; write through `connection`.

    `told` is given how many events are done, of how many.
    """
    head = int(connection.scalar(statements.HEAD) or 0)
    connection.rollback()
    if all(building.position >= head for building in buildings):
        return
    with (
        ledger.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as reading,
        _Writing(connection, pace) as writing,
        closing(_pages(ledger, buildings, pace.page)) as pages,
    ):
        for page in pages:
            active = _hear(buildings, page)
            for building in active:
                building.fold(reading)
                building.position = page.start + len(page.events)
            writing.after(active, len(page.events))
            if told is not None:
                told(active[0].position, max(head, active[0].position))


class _Page:
    """Events of one stretch of positions, which no place of a read model divides."""

    def __init__(self, start: int, events: Sequence[Recorded[Any]]) -> None:
        self.start = start
        self.events = events


def _pages(ledger: Ledger, buildings: Sequence[Building], size: int) -> Generator[_Page]:
    places = {building.position for building in buildings}
    start = min(places)
    with (
        ledger.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        ThreadPoolExecutor(1) as ahead,
    ):

        def read(start: int) -> Future[Sequence[Recorded[Any]]]:
            limit = min([size, *(place - start for place in places if place > start)])
            return ahead.submit(ledger.read_positions, connection, start, limit)

        coming = read(start)
        while events := coming.result():
            coming = read(start + len(events))
            yield _Page(start, events)
            start += len(events)


def _hear(buildings: Sequence[Building], page: _Page) -> list[Building]:
    """Tell the page to the read models that stand at its beginning; return them."""
    active = [building for building in buildings if building.position == page.start]
    listening: dict[type[Event], list[Callable[[Recorded[Any]], None]]] = {}
    for building in active:
        for event_type in building.projection.listens:
            listening.setdefault(event_type, []).append(building.hear)
    for recorded in page.events:
        for hear in listening.get(type(recorded.event), ()):
            hear(recorded)
    return active


class _Writing:
    """Writes what changed, batch by batch, in a thread of its own; each batch with the places it reaches."""

    def __init__(self, connection: Connection, pace: Pace) -> None:
        self._connection = connection
        self._pace = pace
        self._thread = ThreadPoolExecutor(1)
        self._coming: Future[None] | None = None
        self._active: list[Building] = []
        self._events = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self._send()
                self._wait()
        finally:
            self._thread.shutdown()

    def after(self, active: list[Building], events: int) -> None:
        """Write if enough has gathered, now that these read models have folded a page."""
        self._active = active
        self._events += events
        rows = sum(building.unwritten for building in active)
        if rows >= self._pace.unwritten_rows or self._events >= self._pace.unwritten_events:
            self._send()

    def _send(self) -> None:
        self._wait()
        changes = [building.take(self._pace.kept_rows) for building in self._active]
        self._events = 0
        if self._active:
            self._coming = self._thread.submit(self._write, changes, self._active[0].position)

    def _write(self, changes: Sequence[Changes], position: int) -> None:
        with self._connection.begin():
            self._connection.execute(_DO_NOT_WAIT)
            write(self._connection, changes, position)

    def _wait(self) -> None:
        if self._coming is not None:
            self._coming.result()
