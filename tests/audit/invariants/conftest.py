from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.audit.invariants.planting import Planted, planted


@pytest.fixture
def demo() -> Iterator[Planted]:
    """Give a demo of one's own, to plant violations in."""
    with planted() as fresh:
        yield fresh
