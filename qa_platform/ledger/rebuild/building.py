"""A read model while it is built: events are folded into rows, of which a bounded number is held."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.ledger.asking import ask
from qa_platform.ledger.connections import driver_of
from qa_platform.ledger.projection import SCHEMA, Projection
from qa_platform.ledger.rebuild.beside import Place, beside


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How much a rebuild holds at once, and so how much memory it takes, however long the log is.

    Events in a page; rows that changed, of all read models together, and events before the rows
    are written and the place moves; rows of each read model that are kept when they are written.
    """

    page: int = 5_000
    unwritten_rows: int = 20_000
    unwritten_events: int = 50_000
    kept_rows: int = 2_000


class Changes(msgspec.Struct, frozen=True):
    """What is to be written of one read model: keys that events touched, old rows to take out, rows to put in."""

    projection: Projection[Any]
    touched: tuple[str, ...]
    gone: list[str]
    rows: list[Any]

    @property
    def added(self) -> int:
        """Return by how many rows the table grows."""
        return len(self.rows) - len(self.gone)


class Building:
    """One read model being built; what it does not hold is in the table beside the live one."""

    def __init__(self, projection: Projection[Any], place: Place) -> None:
        """Take the read model and how far its table beside is."""
        self.projection = projection
        self.position = place.position
        self._find = (
            f'SELECT "{projection.key}", row_to_json(t) FROM {SCHEMA}."{beside(projection)}" t '
            f'WHERE "{projection.key}" = ANY($1)'
        )
        self._heard: list[tuple[Recorded[Any], tuple[str, ...]]] = []
        # Since the last `take`, by key: what became of each row (None: no row), and what is written of it.
        self._rows: dict[str, Any] = {}
        self._written: dict[str, Any] = {}
        # Rows as they are written, or are just being written: who is asked for again needs no reading.
        self._kept: dict[str, Any] = {}

    @property
    def unwritten(self) -> int:
        """Return how many rows were touched since the last `take`."""
        return len(self._rows)

    def hear(self, recorded: Recorded[Any]) -> None:
        """Take in an event that the read model listens to, to be folded with the page it came in."""
        keys = self.projection.keys(recorded)
        if keys:
            self._heard.append((recorded, keys))

    def fold(self, connection: Connection) -> None:
        """Fold what was heard; all rows that are not held are read by one query."""
        if not self._heard:
            return
        self._hold(connection, {key for _, keys in self._heard for key in keys})
        rows, fold = self._rows, self.projection.fold
        for recorded, keys in self._heard:
            for key in keys:
                rows[key] = fold(rows[key], recorded)
        self._heard.clear()

    def take(self, kept_rows: int) -> Changes:
        """Return what changed since the last time; all that was taken before must be written by now.

        What is taken stays held until the next time, for until it is written nobody can read it.
        """
        changed = [key for key, row in self._rows.items() if row is not self._written[key]]
        changes = Changes(
            self.projection,
            tuple(changed),
            [key for key in changed if self._written[key] is not None],
            [row for key in changed if (row := self._rows[key]) is not None],
        )
        few = len(self._kept) + len(self._rows) <= kept_rows
        self._kept = self._kept | self._rows if few else self._rows
        self._rows, self._written = {}, {}
        return changes

    def _hold(self, connection: Connection, keys: set[str]) -> None:
        rows, kept = self._rows, self._kept
        wanted = keys - rows.keys()
        missing = wanted - kept.keys()
        found = self._read(connection, sorted(missing)) if missing else {}
        for key in wanted:
            rows[key] = self._written[key] = found.get(key) if key in missing else kept[key]

    def _read(self, connection: Connection, keys: list[str]) -> dict[str, Any]:
        from_json = self.projection.from_json
        return {key: from_json(row) for key, row in ask(driver_of(connection), self._find, keys)}
