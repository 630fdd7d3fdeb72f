"""Telling of a unit: it has to be a part of a programme that is accredited, by every figure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from qa_platform.kernel.rejected import Fault
from qa_platform.submissions.commands.components import NotifyComponent
from qa_platform.submissions.decider.components import refusals
from qa_platform.submissions.decider.components.state import Component
from qa_platform.submissions.decider.guards import refuse_personal_data
from qa_platform.submissions.decider.private_text import text_faults
from qa_platform.submissions.decider.refusals import ProviderNotRecognised
from qa_platform.submissions.events.components import ComponentEvent, ComponentNotified, Programme, Unit

HOURS_PER_CREDIT: Final = 40
_LEAST_CREDITS: Final = Decimal(1)


def notify(command: NotifyComponent, component: Component) -> list[ComponentEvent]:
    """Return the notification of a unit, or raise Rejected."""
    notified = ComponentNotified(
        component_id=command.component_id,
        provider_id=command.provider_id,
        programme=command.programme,
        unit=command.unit,
        notified_on=command.on,
        check_due_on=command.check_due_on,
        drawn=command.drawn,
        simulated=command.simulated,
    )
    if component.notified == notified:
        return []
    if component.notified is not None:
        raise refusals.ComponentTaken(
            f"Nothing was notified: there is another component “{command.component_id}”. Notify it under a new id."
        )
    if not command.provider_is_recognised:
        raise ProviderNotRecognised(
            f"Nothing was notified: the provider is not recognised on {command.on}. "
            "Have the provider recognised, then notify again."
        )
    refuse_twin(command.twin, command.programme.reference)
    if found := tuple(_faults(command.programme, command.unit, command.on)):
        what = "one thing is" if len(found) == 1 else f"{len(found)} things are"
        raise refusals.ComponentImproper(
            f"Nothing was notified: {what} not as in a unit of an accredited programme. "
            "Put right what is listed, or put the course forward by itself.",
            found,
        )
    refuse_personal_data(tuple(_personal(command.programme, command.unit)))

    return [notified]


def refuse_twin(twin: str | None, programme_reference: str) -> None:
    """Raise ComponentNotifiedBefore where another component stands for the same unit of a programme."""
    if twin is not None:
        raise refusals.ComponentNotifiedBefore(
            f"Nothing was recorded: the same unit of “{programme_reference}” stands already, as “{twin}”. "
            "Go on with that one."
        )


def _faults(programme: Programme, unit: Unit, on: date) -> Iterator[Fault]:
    if not unit.title_en and not unit.title_ms:
        yield Fault("unit.title_en", "Give the unit a title, in English or Malay.")
    if not unit.codes:
        yield Fault("unit.codes", "Name the code of the unit in the programme, or its codes.")
    if not unit.outcomes:
        yield Fault("unit.outcomes", "Name what learners can do after the unit, and of which programme outcome it is.")
    if programme.accredited_to < on:
        yield Fault(
            "programme.accredited_to", f"The accreditation of the programme ended on {programme.accredited_to}."
        )
    if unit.level > programme.level:
        yield Fault("unit.level", f"The programme is of level {programme.level}; a unit of it is of no higher one.")
    if unit.credits < _LEAST_CREDITS or unit.credits * 2 % 1:
        yield Fault("unit.credits", "Credits go in steps of a half, from 1 on.")
    elif unit.credits >= programme.credits:
        yield Fault("unit.credits", f"The whole programme has {programme.credits:f} credits; a unit of it has fewer.")
    if unit.hours != unit.credits * HOURS_PER_CREDIT:
        wanted = (unit.credits * HOURS_PER_CREDIT).normalize()
        yield Fault("unit.hours", f"{unit.credits:f} credits are {wanted:f} hours, for each has {HOURS_PER_CREDIT}.")


def _personal(programme: Programme, unit: Unit) -> Iterator[Fault]:
    yield from text_faults("programme.title", programme.title)
    yield from text_faults("programme.reference", programme.reference, numbers=False)
    yield from text_faults("unit.title_en", unit.title_en)
    yield from text_faults("unit.title_ms", unit.title_ms)
    for index, code in enumerate(unit.codes):
        yield from text_faults(f"unit.codes.{index}", code, numbers=False)
    for index, outcome in enumerate(unit.outcomes):
        yield from text_faults(f"unit.outcomes.{index}.text", outcome.text)
        yield from text_faults(f"unit.outcomes.{index}.of", outcome.of, numbers=False)
