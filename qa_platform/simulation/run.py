"""Puts a simulated agency into a ledger, through the same commands that people use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID, uuid5

import msgspec
from msgspec.structs import replace

from qa_platform.kernel.rejected import Rejected
from qa_platform.simulation.agency import Simulation
from qa_platform.simulation.tokens import issuing
from qa_platform.standards.decider import standard_decider

if TYPE_CHECKING:
    from qa_platform.ledger.ledger import Ledger
    from qa_platform.simulation.acts import Act
    from qa_platform.simulation.agency import Plan
    from qa_platform.simulation.tokens import DemoToken

_NAMESPACE: Final = UUID("5f7cf39e-6a3c-5d0a-9b42-1c1f0f5d7a10")


class DemoThere(Rejected):
    """A demo of this seed has been put into this ledger, or was begun."""


class SimulatedClock:
    """A clock that shows what it is set to."""

    def __init__(self) -> None:
        """Begin at the beginning of time."""
        self.now = datetime.min.replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


class Played(msgspec.Struct, frozen=True, kw_only=True):
    """What a run came to."""

    acts: int
    tokens: tuple[DemoToken, ...]


def founder_of(seed: int) -> str:
    """Return the pseudonym of the first person of a demo: it is how a demo is known to be there."""
    return str(uuid5(_NAMESPACE, f"demo {seed}"))


def refuse_second(ledger: Ledger, seed: int) -> None:
    """Raise DemoThere if the ledger holds the demo of a seed."""
    if ledger.read_stream(f"person-{founder_of(seed)}"):
        raise DemoThere(
            f"Nothing was simulated: the demo of seed {seed} is already there. "
            "Choose another seed, or begin with an empty database."
        )


def run(
    ledger: Ledger, plan: Plan, *, react: Callable[[], None], progress: Callable[[Act], None] | None = None
) -> Played:
    """Play a plan into a ledger whose clock is a SimulatedClock.

    `react` lets the platform's processes answer to what was recorded; `progress` is told each act.
    Raises DemoThere when the demo of this seed is there.
    """
    clock = ledger.clock
    if not isinstance(clock, SimulatedClock):
        message = f"a simulation needs a ledger with a SimulatedClock, and not with {clock!r}"
        raise TypeError(message)
    refuse_second(ledger, plan.seed)
    plan = replace(plan, standard_is_there=_in_force(ledger, plan))
    simulation = Simulation(plan, founder_of(plan.seed), ledger.new_id)
    acts = 0
    for act in simulation.acts():
        acts += 1
        clock.now = act.at
        perform(ledger, act, react)
        if progress is not None:
            progress(act)
    act, tokens = issuing(simulation, ledger.new_id)
    clock.now = act.at
    perform(ledger, act, react)
    # What came last has its place too before anybody looks.
    react()
    return Played(acts=acts, tokens=tokens)


def _in_force(ledger: Ledger, plan: Plan) -> bool:
    standard, _ = ledger.state(standard_decider, f"standard-{plan.standard.standard_id}")
    known = standard.versions.get(plan.standard.version)
    # Somebody put it in force already, from whatever day: that is not done twice.
    return known is not None and known.content_hash == plan.standard.content_hash and known.in_force_from is not None


def perform(ledger: Ledger, act: Act, react: Callable[[], None]) -> None:
    """Give the commands of an act to the ledger, and let the processes answer where they have to."""
    ledger.execute_together(act.asked(ledger.read_stream), actor=act.actor)
    if act.stirs:
        react()
