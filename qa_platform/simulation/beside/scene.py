"""What a story beside the cases rests on: the agency and its days, and people of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from qa_platform.kernel.roles import Role
from qa_platform.simulation import names
from qa_platform.simulation.acts import Act
from qa_platform.simulation.chance import chance
from qa_platform.simulation.office import in_office_hours, working_days_after
from qa_platform.simulation.opening import account
from qa_platform.simulation.players import Player, Provider

if TYPE_CHECKING:
    from qa_platform.kernel.event import Command
    from qa_platform.kernel.roles import Actor
    from qa_platform.scoring.rubric import Rubric
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.players import Company
    from qa_platform.web.deadlines import Deadlines

_PEOPLE: Final = 3_000_000  # numbers above those of all others, so that addresses differ
_OFFICERS: Final = 100  # of providers, above those of everybody else here


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """An agency that has opened, courses that no case is about, and what makes days, people and ids."""

    company: Company
    seed: int
    opened_on: date
    rubric: Rubric
    deadlines: Deadlines
    benchmarks: tuple[str, ...]
    courses: tuple[Case, ...]
    new_id: Callable[[], str]

    def day(self, after: int) -> date:
        """Return the day that is so many working days after the agency's first."""
        return working_days_after(self.opened_on, after)

    def act(self, actor: Actor, on: date, *commands: Command, stirs: bool = False) -> Act:
        """Return what somebody does on a working day, at an hour that the seed gives."""
        hour = chance(self.seed, "beside the cases", on.isoformat(), type(commands[0]).__name__)
        return Act(at=in_office_hours(hour, on), actor=actor, commands=commands, stirs=stirs)

    def joining(self, player: Player, on: date) -> Act:
        """Return the opening of an account, with its role."""
        return self.act(self.office(Role.ADMINISTRATOR), on, *account(player))

    def office(self, role: Role) -> Actor:
        """Return a member of the staff as the one who acts."""
        return self.company.one(role).actor

    def player(self, number: int, role: Role, provider_id: str | None = None) -> Player:
        """Return somebody who is nobody else's; he has an account once that is asked for."""
        return Player(
            person_id=self.new_id(),
            person=names.person(self.seed, _PEOPLE + number),
            role=role,
            provider_id=provider_id,
        )

    def provider(self, number: int) -> Provider:
        """Return a provider beside those that put courses forward."""
        provider_id = self.new_id()
        return Provider(
            provider_id=provider_id,
            known_as=names.provider(self.seed, len(self.company.providers) + number),
            officer=self.player(_OFFICERS + 2 * number, Role.PROVIDER_OFFICER, provider_id),
            accountable=self.player(_OFFICERS + 2 * number + 1, Role.ACCOUNTABLE_OFFICER, provider_id),
        )
