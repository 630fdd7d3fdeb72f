"""A rebuild from its beginning to its end: prepare the tables, follow the log, finish each."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from qa_platform.ledger import statements
from qa_platform.ledger.collecting import rarely_collecting
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.projection import Projection
from qa_platform.ledger.rebuild.beside import begin, index
from qa_platform.ledger.rebuild.building import Building, Pace
from qa_platform.ledger.rebuild.finishing import Report, finish
from qa_platform.ledger.rebuild.following import Progress, follow
from qa_platform.ledger.sequencer import drain

# Two rebuilds at once would write the same tables: the later one waits for the earlier one's end or death.
_LOCK = 7_201_600_413
_LOOK_AGAIN_SECONDS = 0.2


def rebuild(
    ledger: Ledger, projection: Projection[Any], *, check: bool = False, progress: Progress | None = None
) -> Report:
    """Make a read model anew from the events; with `check` compare only, and keep the live one."""
    return rebuild_all(ledger, [projection], check=check, progress=progress)[0]


def rebuild_all(
    ledger: Ledger,
    projections: Sequence[Projection[Any]],
    *,
    check: bool = False,
    progress: Progress | None = None,
    pace: Pace | None = None,
) -> list[Report]:
    """Make read models anew in one pass over the log, and swap each in; with `check` compare only.

    One that was killed goes on where it stood, unless the code of the read model has changed.
    Reports come by name, as the tables are swapped.
    """
    if not projections:
        return []
    pace, progress = pace or Pace(), progress or _untold
    chosen = sorted(projections, key=lambda one: one.name)
    what = f"events into {chosen[0].name if len(chosen) == 1 else f'{len(chosen)} read models'}"
    drain(ledger.engine)
    with _alone(ledger.engine) as connection, rarely_collecting():
        buildings = _begin(connection, chosen)
        follow(ledger, connection, buildings, pace, lambda done, of: progress(what, done, of))
        reports = []
        for number, building in enumerate(buildings, start=1):
            with connection.begin():
                index(connection, building.projection)
            reports.append(finish(ledger, connection, building, pace, check=check))
            progress("read models compared" if check else "read models swapped in", number, len(buildings))
        return reports


def _untold(_what: str, _done: int, _of: int) -> None:
    """Tell nobody."""


def _begin(connection: Connection, projections: Sequence[Projection[Any]]) -> list[Building]:
    with connection.begin():
        head = int(connection.scalar(statements.HEAD) or 0)
        return [Building(one, begin(connection, one, head)) for one in projections]


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Give the one connection that may write tables beside: lost, it takes the lock and the right with it."""
    with engine.connect() as connection:
        # Asked again and again, for a statement that waits holds a snapshot open.
        while not connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_LOCK))):
            connection.rollback()
            time.sleep(_LOOK_AGAIN_SECONDS)
        connection.rollback()
        try:
            yield connection
        finally:
            with suppress(DBAPIError):
                connection.rollback()
                connection.execute(sa.select(sa.func.pg_advisory_unlock(_LOCK)))
                connection.rollback()
