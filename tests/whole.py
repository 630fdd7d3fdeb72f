"""The whole platform on a database of its own, as every process would open it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from qa_platform.app import open_ledger, utc_now
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.rebuild import rebuild_stale
from qa_platform.ledger.tables import open_engine
from tests.servers import Database

KEK = bytes(range(32))


@contextmanager
def whole_ledger(database: Database, clock: Callable[[], datetime] = utc_now) -> Iterator[Ledger]:
    """Give the ledger of all contexts for a block, its read models made."""
    engine = open_engine(database.application_url, connections=4)
    try:
        ledger = open_ledger(engine, KEK, clock=clock)
        rebuild_stale(ledger)
        yield ledger
    finally:
        engine.dispose()
