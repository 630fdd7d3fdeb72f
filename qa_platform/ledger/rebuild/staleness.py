"""Which read models the running code cannot serve, and making those anew."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.projection import Projection
from qa_platform.ledger.rebuild.beside import forget_others
from qa_platform.ledger.rebuild.finishing import Report
from qa_platform.ledger.rebuild.following import Progress
from qa_platform.ledger.rebuild.running import rebuild_all


class ReadModelStale(Exception):
    """A read model was made by other code than the running one; `qa migrate` rebuilds it."""


def stale(ledger: Ledger) -> list[Projection[Any]]:
    """Return the read models that this code cannot serve: absent, or made by other code."""
    with ledger.reading() as connection:
        rows = connection.execute(sa.text("SELECT name, code FROM operations.read_models"))
        built = {row.name: row.code for row in rows}
    return [one for one in ledger.projections if built.get(one.name) != one.code]


def refuse_stale(ledger: Ledger) -> None:
    """Raise ReadModelStale unless every read model was made by the running code."""
    names = ", ".join(f"“{one.name}”" for one in stale(ledger))
    if names:
        raise ReadModelStale(f"The read models {names} were made by other code. Run `qa migrate`, then start again.")


def rebuild_stale(ledger: Ledger, progress: Progress | None = None) -> list[Report]:
    """Rebuild the read models whose code changed; drop the tables of those that are no more."""
    reports = rebuild_all(ledger, stale(ledger), progress=progress)
    with ledger.engine.begin() as connection:
        forget_others(connection, [one.name for one in ledger.projections])
    return reports
