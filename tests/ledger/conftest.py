from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
from uuid_utils import uuid7

from qa_platform.ledger.keys import Keys
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.rebuild import rebuild_stale
from qa_platform.ledger.tables import open_engine
from tests.ledger.shelf import SHELVES, TITLES, shelf_decider

KEK = bytes(range(32))


def shelf_ledger(application_url: str, **changed) -> Ledger:
    """Return a ledger over the shelf, as every process of the platform would open it."""
    engine = changed.pop("engine", None) or open_engine(application_url, connections=4)
    given = {
        "deciders": [shelf_decider],
        "projections": [SHELVES, TITLES],
        "keys": Keys(KEK),
        "clock": lambda: datetime.now(UTC),
        "new_id": lambda: str(uuid7()),
    }
    return Ledger(engine, **(given | changed))


@pytest.fixture
def open_ledger(bare_database) -> Iterator[Callable[..., Ledger]]:
    """Open ledgers on one fresh database; each has its own pool, as each process would."""
    with ExitStack() as stack:

        def opened(**changed) -> Ledger:
            ledger = shelf_ledger(bare_database.application_url, **changed)
            stack.callback(ledger.engine.dispose)
            return ledger

        yield opened


@pytest.fixture
def ledger(open_ledger) -> Ledger:
    ledger = open_ledger()
    rebuild_stale(ledger)
    return ledger
