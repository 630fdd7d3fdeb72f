"""The end of a rebuild: a read model is caught up under a lock, compared, and swapped in or dropped.

Each has a transaction of its own: whoever reads several read models in one transaction, in
whatever order, would wait in a circle with one that locked them all.
"""

from __future__ import annotations

import time
from typing import Any

import msgspec
import sqlalchemy as sa
from psycopg import errors
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.projection import SCHEMA, Projection
from qa_platform.ledger.rebuild.beside import exists, give_up, place_of, swap
from qa_platform.ledger.rebuild.building import Building, Pace
from qa_platform.ledger.rebuild.differing import Difference, differences, suspect
from qa_platform.ledger.rebuild.following import follow
from qa_platform.ledger.rebuild.writing import write
from qa_platform.ledger.sequencer import drain, sequence

# Whoever comes after one that waits for the table waits too, so nobody waits longer than this.
_PATIENCE = sa.text("SET LOCAL lock_timeout TO '2s'")
_PATIENT_AGAIN = sa.text("SET LOCAL lock_timeout TO DEFAULT")
_ATTEMPTS = 100
_PAUSE_SECONDS = 1.0


class ReadModelBusy(Exception):
    """A read model was made anew, but somebody has been holding the live one all the time."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a rebuild found: events folded, rows made, how many rows differ, and the first of them.

    A live read model that other code has made is not compared, unless that was all that was asked.
    """

    name: str
    events: int
    rows: int
    compared: bool
    differing: int
    differences: tuple[Difference, ...]
    swapped: bool


def finish(ledger: Ledger, connection: Connection, building: Building, pace: Pace, *, check: bool) -> Report:
    """Bring a read model up to the last event and put it in the live one's place; with `check` compare only."""
    drain(ledger.engine)
    follow(ledger, connection, [building], pace)
    with connection.begin():
        comparable = (check or _of_this_code(connection, building.projection)) and suspect(
            connection, building.projection
        )
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with connection.begin():
                _lock(connection, building.projection, "SHARE" if check else "ACCESS EXCLUSIVE")
                return _end(ledger, connection, building, pace, check=check, comparable=comparable)
        except OperationalError as failure:
            if not isinstance(failure.orig, errors.LockNotAvailable):
                raise
            if attempt < _ATTEMPTS:
                time.sleep(_PAUSE_SECONDS)
    raise ReadModelBusy(
        f"The read model “{building.projection.name}” was made anew but not swapped in: somebody, perhaps a backup, "
        "has been reading the old one for minutes. Try again later; it goes on where it stopped."
    )


def _of_this_code(connection: Connection, projection: Projection[Any]) -> bool:
    served = sa.text("SELECT code FROM operations.read_models WHERE name = :name")
    return bool(connection.scalar(served, {"name": projection.name}) == projection.code)


def _lock(connection: Connection, projection: Projection[Any], mode: str) -> None:
    if exists(connection, projection.name):
        connection.execute(_PATIENCE)
        connection.execute(sa.text(f'LOCK TABLE {SCHEMA}."{projection.name}" IN {mode} MODE'))
        connection.execute(_PATIENT_AGAIN)


def _end(
    ledger: Ledger, connection: Connection, building: Building, pace: Pace, *, check: bool, comparable: bool
) -> Report:
    while sequence(connection):
        pass
    touched = _fold_rest(ledger, connection, building, pace)
    count, found = differences(connection, building.projection, touched) if comparable else (0, ())
    place = place_of(connection, building.projection)
    if check:
        give_up(connection, building.projection)
    else:
        swap(connection, building.projection)
    return Report(
        name=building.projection.name,
        events=place.position,
        rows=place.rows,
        compared=comparable,
        differing=count,
        differences=found,
        swapped=not check,
    )


def _fold_rest(ledger: Ledger, connection: Connection, building: Building, pace: Pace) -> set[str]:
    """Fold what came since, in this transaction; return the keys that it touched."""
    touched: set[str] = set()
    while page := ledger.read_positions(connection, building.position, pace.page):
        for recorded in page:
            if type(recorded.event) in building.projection.listens:
                building.hear(recorded)
        building.fold(connection)
        building.position += len(page)
        changes = building.take(pace.kept_rows)
        write(connection, [changes], building.position)
        touched.update(changes.touched)
    return touched
