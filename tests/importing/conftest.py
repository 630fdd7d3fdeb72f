from __future__ import annotations

from collections.abc import Iterator

import pytest

from qa_platform.ledger.ledger import Ledger
from tests.whole import whole_ledger


@pytest.fixture
def ledger(database) -> Iterator[Ledger]:
    with whole_ledger(database) as ledger:
        yield ledger
