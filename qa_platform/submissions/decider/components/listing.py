"""A listed unit: it gets its number, and loses its listing when its programme is not accredited any more."""

from __future__ import annotations

from qa_platform.submissions.commands.components import EndListing, EnterComponent, UndoEnding
from qa_platform.submissions.decider.components import refusals
from qa_platform.submissions.decider.components.state import Component, ComponentStatus
from qa_platform.submissions.decider.guards import refuse_personal_data
from qa_platform.submissions.decider.private_text import text_faults
from qa_platform.submissions.events.components import (
    ComponentEntered,
    ComponentEvent,
    ComponentListed,
    ComponentListingEnded,
    ComponentNotified,
    ComponentStepUndone,
    ListingEnd,
)


def enter(command: EnterComponent, component: Component, notified: ComponentNotified) -> list[ComponentEvent]:
    """Return the entry of a listed unit under its number; the number is given once."""
    if component.number == command.number:
        return []
    listed = component.listed
    if listed is None or component.number is not None:
        raise refusals.ComponentNotThere(
            f"{component.title} was not entered as “{command.number}”: it is {component.state}, "
            f"and its number is {component.number or 'none'}. There is nothing to do."
        )

    return [_entered(command, notified, listed)]


def _entered(command: EnterComponent, notified: ComponentNotified, listed: ComponentListed) -> ComponentEntered:
    programme, unit = notified.programme, notified.unit
    return ComponentEntered(
        component_id=command.component_id,
        number=command.number,
        provider_id=notified.provider_id,
        programme_reference=programme.reference,
        programme_title=programme.title,
        title_en=unit.title_en,
        title_ms=unit.title_ms,
        level=unit.level,
        credits=unit.credits,
        hours=unit.hours,
        decision_code=listed.decision_code,
        decision_class=listed.decision_class,
        valid_from=listed.listed_on,
        valid_to=listed.valid_to,
        simulated=notified.simulated,
    )


def end(command: EndListing, component: Component) -> list[ComponentEvent]:
    """Return the end of a listing."""
    ended, listed = component.ended, component.listed
    if ended is not None and (ended.ended_on, ended.ground) == (command.ended_on, command.ground):
        return []
    if component.status is not ComponentStatus.LISTED or listed is None:
        raise refusals.ComponentNotThere(
            f"The listing of {component.title} was not ended: it is {component.state}. There is no need to."
        )
    if component.number is None:
        raise refusals.ComponentNotEntered(
            f"The listing of {component.title} was not ended: it is just being entered. Do it again in a moment."
        )
    if command.ground is ListingEnd.PROGRAMME_EXPIRED and command.on <= listed.valid_to:
        raise refusals.ProgrammeStillAccredited(
            f"The listing of {component.title} did not expire: its programme is accredited until the end of "
            f"{listed.valid_to}."
        )
    if not listed.listed_on <= command.ended_on <= command.on:
        raise refusals.EndingMistimed(
            f"The listing of {component.title} was not ended: it was listed on {listed.listed_on}, today is "
            f"{command.on}, and {command.ended_on} is not between them. Choose another day."
        )
    refuse_personal_data(tuple(text_faults("reason", command.reason)))

    return [
        ComponentListingEnded(
            component_id=command.component_id,
            number=component.number,
            ended_on=command.ended_on,
            ground=command.ground,
            reason=command.reason,
            decision_code="CEASE" if command.ground is ListingEnd.CLOSED_BY_PROVIDER else "EXP",
        )
    ]


def undo_ending(command: UndoEnding, component: Component) -> list[ComponentEvent]:
    """Return the taking back of the end of a listing, which lasts no longer than it did."""
    if component.status is not ComponentStatus.ENDED or component.listed is None:
        raise refusals.ComponentNotThere(
            f"No end of a listing was taken back: {component.title} is {component.state}. There is none to take back."
        )
    if component.listed.valid_to < command.on:
        raise refusals.ProgrammeNotAccredited(
            f"The end of the listing of {component.title} was not taken back: it would have ended on "
            f"{component.listed.valid_to} all the same. Have the provider notify it anew."
        )
    refuse_personal_data(tuple(text_faults("reason", command.reason)))

    return [
        ComponentStepUndone(
            component_id=command.component_id,
            number=component.number,
            undone="ending",
            undone_on=command.on,
            reason=command.reason,
            check_due_on=None,
        )
    ]
