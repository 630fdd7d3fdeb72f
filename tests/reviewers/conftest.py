from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.people.office import Office, open_office


@pytest.fixture
def office(database) -> Iterator[Office]:
    with open_office(database.application_url) as office:
        yield office
