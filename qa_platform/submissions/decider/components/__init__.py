"""The rules of the component route: a unit of an accredited programme is notified, checked, and listed or not."""

from __future__ import annotations

from typing import assert_never, get_args

from msgspec.structs import replace

from qa_platform.kernel.decider import Decider
from qa_platform.submissions.commands.components import (
    ComponentCommand,
    EndListing,
    EnterComponent,
    ListComponent,
    NotifyComponent,
    RefuseComponent,
    UndoEnding,
    UndoRefusal,
    WithdrawComponent,
)
from qa_platform.submissions.decider.components import checking, listing, refusals
from qa_platform.submissions.decider.components.notifying import HOURS_PER_CREDIT, notify, refuse_twin
from qa_platform.submissions.decider.components.state import Component, ComponentStatus
from qa_platform.submissions.events.components import (
    ComponentEntered,
    ComponentEvent,
    ComponentListed,
    ComponentListingEnded,
    ComponentNotified,
    ComponentRefused,
    ComponentStepUndone,
    ComponentWithdrawn,
)

__all__ = [
    "HOURS_PER_CREDIT",
    "Component",
    "ComponentStatus",
    "component_decider",
    "decide",
    "evolve",
    "refusals",
    "refuse_twin",
]


def decide(command: ComponentCommand, component: Component) -> list[ComponentEvent]:
    """Return what follows from a command, or raise Rejected."""
    if isinstance(command, NotifyComponent):
        return notify(command, component)
    if component.notified is None:
        raise refusals.ComponentUnknown(f"There is no component “{command.component_id}”. Check its id.")
    match command:
        case ListComponent():
            return checking.list_(command, component)
        case RefuseComponent():
            return checking.refuse(command, component)
        case WithdrawComponent():
            return checking.withdraw(command, component)
        case UndoRefusal():
            return checking.undo_refusal(command, component)
        case EnterComponent():
            return listing.enter(command, component, component.notified)
        case EndListing():
            return listing.end(command, component)
        case UndoEnding():
            return listing.undo_ending(command, component)
        case _:
            assert_never(command)


def evolve(component: Component, event: ComponentEvent) -> Component:
    """Return the component as it stands after an event. Never refuses."""
    match event:
        case ComponentNotified():
            status = ComponentStatus.FULL_ROUTE if event.drawn else ComponentStatus.NOTIFIED
            return replace(component, status=status, notified=event)
        case ComponentListed():
            return replace(component, status=ComponentStatus.LISTED, listed=event)
        case ComponentRefused():
            return replace(component, status=ComponentStatus.REFUSED, refused=event)
        case ComponentWithdrawn():
            return replace(component, status=ComponentStatus.WITHDRAWN)
        case ComponentEntered():
            return replace(component, number=event.number)
        case ComponentListingEnded():
            return replace(component, status=ComponentStatus.ENDED, ended=event)
        case ComponentStepUndone(undone="refusal"):
            return replace(component, status=ComponentStatus.NOTIFIED, refused=None)
        case ComponentStepUndone():
            return replace(component, status=ComponentStatus.LISTED, ended=None)
        case _:
            assert_never(event)


component_decider: Decider[ComponentCommand, Component, ComponentEvent] = Decider(
    commands=get_args(ComponentCommand),
    events=get_args(ComponentEvent),
    stream=lambda command: f"component-{command.component_id}",
    initial=Component(),
    decide=decide,
    evolve=evolve,
    case=lambda command: command.component_id,
)
