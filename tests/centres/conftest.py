from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.agency import Agency, open_agency


@pytest.fixture
def agency(database) -> Iterator[Agency]:
    with open_agency(database) as agency:
        yield agency
