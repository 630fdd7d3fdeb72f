"""Units that are not listed, or not any more: one is withdrawn; one refused in error, listed, ended and restored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from qa_platform.kernel.roles import Role
from qa_platform.simulation.components import notification, unit
from qa_platform.submissions.commands.components import (
    EndListing,
    ListComponent,
    RefuseComponent,
    UndoEnding,
    UndoRefusal,
    WithdrawComponent,
)
from qa_platform.submissions.events.components import ComponentRefusal, ListingEnd

if TYPE_CHECKING:
    from qa_platform.simulation.acts import Act
    from qa_platform.simulation.beside.scene import Scene
    from qa_platform.submissions.commands.components import NotifyComponent

_WITHDRAWN, _RESTORED = 2, 3  # numbers of units, above those that are listed and stay so


def unlisted_units(scene: Scene) -> Iterator[Act]:
    """Give the ways of two units of a provider, neither of which is listed when they end."""
    officer, intake = scene.company.providers[3].officer.actor, scene.office(Role.INTAKE_OFFICER)
    asked = _notified(scene, _WITHDRAWN, scene.day(130))
    yield scene.act(officer, asked.on, asked)
    if asked.drawn:
        # Where all units are drawn, they go the long way.
        return
    yield scene.act(officer, scene.day(131), WithdrawComponent(component_id=asked.component_id))
    asked = _notified(scene, _RESTORED, scene.day(134))
    about = {"component_id": asked.component_id}
    yield scene.act(officer, asked.on, asked)
    refuse = RefuseComponent(
        **about,
        on=scene.day(135),
        ground=ComponentRefusal.NOT_A_UNIT_OF_IT,
        reason="The register of programmes has no such unit.",
    )
    yield scene.act(intake, refuse.on, refuse)
    undo = UndoRefusal(
        **about,
        on=scene.day(137),
        check_due_on=scene.deadlines.component_check(scene.day(137)),
        reason="It was looked for under another programme.",
    )
    yield scene.act(intake, undo.on, undo)
    yield scene.act(
        intake, scene.day(138), ListComponent(component_id=asked.component_id, on=scene.day(138)), stirs=True
    )
    yield from _ending(scene, about)


def _ending(scene: Scene, about: dict[str, str]) -> Iterator[Act]:
    register = scene.office(Role.REGISTER_OFFICER)
    mistaken = EndListing(
        **about,
        on=scene.day(200),
        ended_on=scene.day(200),
        ground=ListingEnd.PROGRAMME_WITHDRAWN,
        reason="The programme was said to be withdrawn.",
    )
    yield scene.act(register, mistaken.on, mistaken)
    undo = UndoEnding(**about, on=scene.day(203), reason="Another programme of the same provider was meant.")
    yield scene.act(register, undo.on, undo)
    closed = EndListing(
        **about,
        on=scene.day(280),
        ended_on=scene.day(280),
        ground=ListingEnd.CLOSED_BY_PROVIDER,
        reason="The provider offers the unit within the programme alone from now on.",
    )
    yield scene.act(register, closed.on, closed)


def _notified(scene: Scene, number: int, on: date) -> NotifyComponent:
    provider_id = scene.company.providers[3].provider_id
    return notification(provider_id, unit(number), scene.opened_on, on, scene.deadlines, scene.new_id)
