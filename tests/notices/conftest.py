from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.journeys.agency import Agency, Case, lodge_case, open_agency


@pytest.fixture
def agency(database) -> Iterator[Agency]:
    with open_agency(database) as agency:
        yield agency


@pytest.fixture
def lodged(agency) -> Case:
    """Bring a case as far as its intake check, everybody told."""
    case = lodge_case(agency)
    agency.settle()
    return case
