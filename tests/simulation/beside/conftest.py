from __future__ import annotations

from datetime import date
from itertools import count

import pytest

from qa_platform.simulation.beside.scene import Scene
from qa_platform.simulation.players import company
from tests.usual import DEADLINES


@pytest.fixture
def scene(rubric) -> Scene:
    """Give an agency on its first day, whose ids count up."""
    numbers = count()
    opened_on = date(2024, 11, 25)
    return Scene(
        company=company(1, 5, opened_on, lambda: f"id-{next(numbers)}", "founder"),
        seed=1,
        opened_on=opened_on,
        rubric=rubric,
        deadlines=DEADLINES,
        new_id=lambda: f"id-{next(numbers)}",
    )
