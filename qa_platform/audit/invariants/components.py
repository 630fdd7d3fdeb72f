"""Components: what is listed is a unit of a programme, was checked in turn, and ends with its programme."""

from __future__ import annotations

from typing import Any

from qa_platform.audit.invariants.invariant import Found, Ground, Invariant, OfStreams, at
from qa_platform.kernel.event import Recorded
from qa_platform.submissions.decider.components import HOURS_PER_CREDIT, Component, ComponentStatus, evolve
from qa_platform.submissions.events.components import (
    ComponentEntered,
    ComponentListed,
    ComponentListingEnded,
    ComponentNotified,
    ComponentRefused,
    ComponentWithdrawn,
    ListingEnd,
)

_ANSWERS = (ComponentListed, ComponentRefused, ComponentWithdrawn)


def _units(events: list[Recorded[Any]], _ground: Ground) -> Found:
    for recorded in _of_a_component(events):
        event = recorded.event
        if not isinstance(event, ComponentNotified):
            continue
        unit, programme = event.unit, event.programme
        if unit.hours != unit.credits * HOURS_PER_CREDIT:
            yield at(recorded, f"a unit of {unit.credits} credits was notified with {unit.hours} hours")
        if unit.credits >= programme.credits or unit.level > programme.level:
            yield at(recorded, "a unit was notified that is larger or higher than its programme")


def _in_turn(events: list[Recorded[Any]], _ground: Ground) -> Found:
    component = Component()
    for recorded in _of_a_component(events):
        event, status = recorded.event, component.status
        if isinstance(event, _ANSWERS) and status is not ComponentStatus.NOTIFIED:
            yield at(recorded, f"it was answered, and was {status or 'not notified'}")
        if isinstance(event, ComponentEntered) and (component.listed is None or component.number is not None):
            yield at(recorded, "it was entered, and was not listed or had been entered before")
        if isinstance(event, ComponentListingEnded):
            if status is not ComponentStatus.LISTED:
                yield at(recorded, f"its listing ended, and it was {status or 'not notified'}")
            listed = component.listed
            expired = event.ground is ListingEnd.PROGRAMME_EXPIRED
            if expired and listed is not None and event.ended_on <= listed.valid_to:
                yield at(recorded, f"its listing expired, which lasts until {listed.valid_to}")
        component = evolve(component, event)


def _of_a_component(events: list[Recorded[Any]]) -> list[Recorded[Any]]:
    return events if events[0].stream.startswith("component-") else []


COMPONENTS = (
    Invariant(
        "components.are-units",
        "What is notified is smaller than its programme and no higher, with forty hours for each credit.",
        OfStreams(_units),
    ),
    Invariant(
        "components.answered-in-turn",
        "A unit is answered once, entered once and only when listed, and expires only after its programme.",
        OfStreams(_in_turn),
    ),
)
