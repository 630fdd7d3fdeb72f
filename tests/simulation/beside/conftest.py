from __future__ import annotations

from datetime import date
from itertools import count

import pytest

from qa_platform.simulation.beside.scene import Scene
from qa_platform.simulation.case import Case
from qa_platform.simulation.fates import Fate
from qa_platform.simulation.players import company
from tests.usual import DEADLINES


@pytest.fixture
def scene(rubric) -> Scene:
    """Give an agency on its first day, whose ids count up."""
    numbers = count()
    opened_on = date(2024, 11, 25)
    people = company(1, 5, opened_on, lambda: f"id-{next(numbers)}", "founder")
    return Scene(
        company=people,
        seed=1,
        opened_on=opened_on,
        rubric=rubric,
        deadlines=DEADLINES,
        benchmarks=("benchmark-1", "benchmark-2", "benchmark-3"),
        courses=tuple(
            Case(
                seed=1,
                number=number,
                fate=Fate(ending="lodged"),
                provider=people.providers[2],
                rubric=rubric,
                eligible_from=opened_on,
                deadlines=DEADLINES,
                new_id=lambda: f"id-{next(numbers)}",
            )
            for number in (5, 6, 7)
        ),
        new_id=lambda: f"id-{next(numbers)}",
    )
