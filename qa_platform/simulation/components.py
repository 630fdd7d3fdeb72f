"""The short way of a unit of an accredited programme: notified, checked, listed, or refused and notified anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from qa_platform.kernel.roles import Role
from qa_platform.simulation.acts import Act
from qa_platform.simulation.chance import chance
from qa_platform.simulation.names import MARK
from qa_platform.simulation.office import in_office_hours, working_days_after
from qa_platform.submissions.commands.components import ListComponent, NotifyComponent, RefuseComponent
from qa_platform.submissions.events.components import ComponentRefusal, Programme, Unit, UnitOutcome

if TYPE_CHECKING:
    from qa_platform.kernel.event import Command
    from qa_platform.simulation.players import Company, Player
    from qa_platform.web.deadlines import Deadlines

_BEGINS_AFTER: Final = (120, 150)  # days after the agency's first
_CHECKED_AFTER: Final = 4  # working days
_NOTIFIED_ANEW_AFTER: Final = 6
_DRAWS: Final = 200
_PROGRAMME: Final = "SIM-PROGRAMME-1"
_ACCREDITED_DAYS: Final = 4 * 365
_UNITS: Final = (
    ("SIM-U101", "Records for small firms", "Rekod bagi firma kecil", "Keep the records of a small firm for a month"),
    ("SIM-U205", "Costs of a service", "Kos perkhidmatan", "Work out what a service costs, and explain it"),
    ("SIM-U310", "Stock of a small shop", "Stok kedai kecil", "Count and value the stock of a small shop"),
    ("SIM-U320", "Payroll of a small firm", "Gaji firma kecil", "Prepare the payroll of a small firm for a month"),
)


def components(
    company: Company, seed: int, opened_on: date, deadlines: Deadlines, new_id: Callable[[], str]
) -> Iterator[Act]:
    """Give the way of two units of one programme: the first is listed at once, the second at the second try."""
    source = chance(seed, "components")
    provider, desk = company.providers[0], company.one(Role.INTAKE_OFFICER, 1)

    def act(player: Player, day: date, command: Command) -> Act:
        return Act(at=in_office_hours(source, day), actor=player.actor, commands=(command,), stirs=True)

    def notified(unit: Unit, day: date) -> NotifyComponent:
        return notification(provider.provider_id, unit, opened_on, day, deadlines, new_id)

    first, second = (working_days_after(opened_on + timedelta(days=after), 0) for after in _BEGINS_AFTER)
    one, other = unit(0), unit(1)
    asked = notified(one, first)
    yield act(provider.officer, first, asked)
    if asked.drawn:
        # Where all units are drawn, they go the long way: nobody lists them here.
        return
    day = _checked(first, asked)
    yield act(desk, day, ListComponent(component_id=asked.component_id, on=day))
    asked = notified(replace(other, level=other.level - 1), second)
    yield act(provider.officer, second, asked)
    day = _checked(second, asked)
    yield act(desk, day, _refusal(asked, other, day))
    day = working_days_after(day, _NOTIFIED_ANEW_AFTER)
    asked = notified(other, day)
    yield act(provider.officer, day, asked)
    day = _checked(day, asked)
    yield act(desk, day, ListComponent(component_id=asked.component_id, on=day))


def _checked(day: date, asked: NotifyComponent) -> date:
    return min(working_days_after(day, _CHECKED_AFTER), asked.check_due_on)


def notification(  # noqa: PLR0917 -- what a notification is made of
    provider_id: str, unit: Unit, opened_on: date, day: date, deadlines: Deadlines, new_id: Callable[[], str]
) -> NotifyComponent:
    """Return the notification of a unit that the draw spares, where it can."""
    # The draw goes by the id, and no two demos share one: take ids until one is spared.
    ids = (new_id() for _ in range(_DRAWS))
    spared = next((one for one in ids if not deadlines.draws_component(one)), None)
    return NotifyComponent(
        component_id=spared or new_id(),
        provider_id=provider_id,
        on=day,
        check_due_on=deadlines.component_check(day),
        programme=Programme(
            reference=_PROGRAMME,
            title=f"Diploma in practice for small firms {MARK}",
            level=4,
            credits=Decimal(90),
            accredited_to=opened_on + timedelta(days=_ACCREDITED_DAYS),
        ),
        unit=unit,
        provider_is_recognised=True,
        drawn=spared is None,
        simulated=True,
    )


def unit(number: int) -> Unit:
    """Return one of the units that the demo knows of."""
    code, title_en, title_ms, outcome = _UNITS[number]
    return Unit(
        codes=(code,),
        title_en=f"{title_en} {MARK}",
        title_ms=f"{title_ms} {MARK}",
        level=4,
        credits=Decimal(3),
        hours=120,
        outcomes=(UnitOutcome(text=outcome, of="PLO2"),),
    )


def _refusal(asked: NotifyComponent, unit: Unit, day: date) -> RefuseComponent:
    return RefuseComponent(
        component_id=asked.component_id,
        on=day,
        ground=ComponentRefusal.FIGURES_DIFFER,
        reason=f"The programme has this unit at level {unit.level}, and the notification at {asked.unit.level}.",
    )
