"""What an officer finds of a unit that was notified: it is listed, or not, and the provider may take it back."""

from __future__ import annotations

from qa_platform.submissions.commands.components import (
    ListComponent,
    RefuseComponent,
    UndoRefusal,
    WithdrawComponent,
)
from qa_platform.submissions.decider.components import refusals
from qa_platform.submissions.decider.components.state import Component, ComponentStatus
from qa_platform.submissions.decider.guards import refuse_personal_data
from qa_platform.submissions.decider.private_text import text_faults
from qa_platform.submissions.events.components import (
    ComponentEvent,
    ComponentListed,
    ComponentRefused,
    ComponentStepUndone,
    ComponentWithdrawn,
)


def list_(command: ListComponent, component: Component) -> list[ComponentEvent]:
    """Return the listing of a unit, for as long as its programme is accredited."""
    _refuse_unless_notified(component, "listed")
    told = component.notified.programme.accredited_to if component.notified else command.on
    valid_to = command.accredited_to or told
    if valid_to < command.on:
        raise refusals.ProgrammeNotAccredited(
            f"{component.title} was not listed: the accreditation of its programme ended on {valid_to}. "
            "Refuse it, or give the last day that the register of programmes now tells."
        )

    return [
        ComponentListed(
            component_id=command.component_id,
            listed_on=command.on,
            valid_to=valid_to,
            decision_code="LIST",
            decision_class="positive",
        )
    ]


def refuse(command: RefuseComponent, component: Component) -> list[ComponentEvent]:
    """Return the refusal to list a unit."""
    _refuse_unless_notified(component, "refused")
    refuse_personal_data(tuple(text_faults("reason", command.reason)))

    return [
        ComponentRefused(
            component_id=command.component_id,
            refused_on=command.on,
            ground=command.ground,
            reason=command.reason,
            decision_code="ELIG-NO",
        )
    ]


def withdraw(command: WithdrawComponent, component: Component) -> list[ComponentEvent]:
    """Return the taking back of a notification."""
    if component.status is ComponentStatus.WITHDRAWN:
        return []
    _refuse_unless_notified(component, "withdrawn")

    return [ComponentWithdrawn(component_id=command.component_id, decision_code="WD-P")]


def undo_refusal(command: UndoRefusal, component: Component) -> list[ComponentEvent]:
    """Return the taking back of a refusal, after which the unit is looked at again."""
    if component.status is not ComponentStatus.REFUSED:
        raise refusals.ComponentNotThere(
            f"No refusal of {component.title} was taken back: it is {component.state}. There is none to take back."
        )
    refuse_personal_data(tuple(text_faults("reason", command.reason)))

    return [
        ComponentStepUndone(
            component_id=command.component_id,
            number=None,
            undone="refusal",
            undone_on=command.on,
            reason=command.reason,
            check_due_on=command.check_due_on,
        )
    ]


def _refuse_unless_notified(component: Component, what: str) -> None:
    if component.status is ComponentStatus.FULL_ROUTE:
        raise refusals.ComponentNotThere(
            f"{component.title} was not {what}: it was drawn for a full review. "
            "Its provider puts it forward as a submission on the component route."
        )
    if component.status is not ComponentStatus.NOTIFIED:
        raise refusals.ComponentNotThere(
            f"{component.title} was not {what}: it is {component.state}. "
            "Only what is notified, and not answered, can be."
        )
