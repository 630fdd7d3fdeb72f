from __future__ import annotations

from datetime import date
from itertools import count

from msgspec.structs import replace

from qa_platform.simulation.components import components
from qa_platform.simulation.players import company
from qa_platform.submissions.commands.components import ListComponent, NotifyComponent, RefuseComponent
from tests.usual import DEADLINES

OPENED = date(2024, 11, 25)


def asked(percent: int) -> list[object]:
    numbers = count()
    people = company(1, 5, OPENED, lambda: f"id-{next(numbers)}", "founder")
    deadlines = replace(DEADLINES, component_sample_percent=percent)
    acts = components(people, 1, OPENED, deadlines, lambda: f"id-{next(numbers)}")
    return [command for act in acts for command in act.commands]


def test_units_that_the_draw_spares_are_checked():
    kinds = [type(each) for each in asked(90)]

    assert kinds == [NotifyComponent, ListComponent, NotifyComponent, RefuseComponent, NotifyComponent, ListComponent]


def test_where_every_unit_is_drawn_nobody_lists_one():
    (only,) = asked(100)

    assert only.drawn
