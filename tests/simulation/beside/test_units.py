from __future__ import annotations

from msgspec.structs import replace

from qa_platform.simulation.beside.units import unlisted_units
from qa_platform.submissions.commands.components import (
    EndListing,
    ListComponent,
    NotifyComponent,
    RefuseComponent,
    UndoEnding,
    UndoRefusal,
    WithdrawComponent,
)


def kinds(scene) -> list[type]:
    return [type(command) for act in unlisted_units(scene) for command in act.commands]


def test_a_refusal_and_an_ending_that_were_errors_are_taken_back(scene):
    spared = replace(scene, deadlines=replace(scene.deadlines, component_sample_percent=90))

    assert kinds(spared) == [
        *(NotifyComponent, WithdrawComponent),
        *(NotifyComponent, RefuseComponent, UndoRefusal, ListComponent),
        *(EndListing, UndoEnding, EndListing),
    ]


def test_where_every_unit_is_drawn_nothing_more_is_done(scene):
    drawn = replace(scene, deadlines=replace(scene.deadlines, component_sample_percent=100))

    assert kinds(drawn) == [NotifyComponent]
