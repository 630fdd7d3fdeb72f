"""The agenda of the simulated agency: who does what, in order of time, over two years."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Final

import msgspec

from qa_platform.kernel.roles import Role
from qa_platform.scoring.rubric import known_rubric
from qa_platform.simulation.acts import in_order
from qa_platform.simulation.beside import beside_the_cases
from qa_platform.simulation.beside.scene import Scene
from qa_platform.simulation.calibrating import becoming_a_reviewer
from qa_platform.simulation.case import LONGEST_WAY, Case
from qa_platform.simulation.chance import chance
from qa_platform.simulation.components import components
from qa_platform.simulation.desk import Desk
from qa_platform.simulation.fates import UNDER_WAY, Fate, fates
from qa_platform.simulation.office import start_of, working_days_after
from qa_platform.simulation.opening import opening
from qa_platform.simulation.players import Player, Provider, company
from qa_platform.simulation.recognition import (
    applying,
    begins_after,
    being_suspended,
    recognising_anew,
    recognising_newcomer_anew,
    suspension,
)
from qa_platform.simulation.story import story
from qa_platform.simulation.together import going_together, together
from qa_platform.standards.commands import PublishRubric
from qa_platform.web.deadlines import Deadlines

if TYPE_CHECKING:
    from qa_platform.simulation.acts import Act

_DAYS: Final = 730
_COURSES_BESIDE: Final = 3
_SETTLING_IN: Final = 14  # days before the first course is put forward


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be simulated: as many cases, until the first instant of a day, under a standard and its deadlines."""

    seed: int
    cases: int
    until: date
    standard: PublishRubric
    deadlines: Deadlines
    standard_is_there: bool = False

    @property
    def opens_on(self) -> date:
        """Return the agency's first day."""
        return working_days_after(self.until - timedelta(days=_DAYS), 0)


class Simulation:
    """A plan that is being played: its people, its cases, and what they do."""

    def __init__(self, plan: Plan, founder_id: str, new_id: Callable[[], str]) -> None:
        """Invent the people and the cases."""
        self.plan, self._new_id = plan, new_id
        self.players = company(plan.seed, plan.cases, plan.opens_on, new_id, founder_id)
        self._rubric = known_rubric(plan.standard.text)
        self.cases = tuple(
            self._case(number, fate, self._provider(number, fate))
            for number, fate in enumerate(fates(plan.seed, plan.cases))
        )

    def _case(self, number: int, fate: Fate, provider: Provider) -> Case:
        return Case(
            seed=self.plan.seed,
            number=number,
            fate=fate,
            provider=provider,
            rubric=self._rubric,
            eligible_from=self.plan.opens_on,
            deadlines=self.plan.deadlines,
            new_id=self._new_id,
        )

    def acts(self) -> Iterator[Act]:
        """Give everything that happens, in order of time, and nothing from the day on which it ends."""
        plan, players = self.plan, self.players
        months = plan.deadlines.recognition_months
        yield from opening(players, None if plan.standard_is_there else plan.standard, plan.opens_on, months)
        desk = Desk(players.reviewers)
        standard = plan.standard.content_hash
        group = together(self.cases, players)
        alone = [case for case in self.cases if case not in group]
        told = [story(case, players, desk, standard, self._begins(case)) for case in alone]
        if group:
            told.append(going_together(group, players, desk, standard, self._begins(group[0])))
        ends = start_of(plan.until)
        for act in in_order(chain(self._beside_the_cases(), told)):
            if act.at < ends:
                yield act

    def _beside_the_cases(self) -> Iterator[Iterator[Act]]:
        plan, players = self.plan, self.players
        day, months = plan.opens_on, plan.deadlines.recognition_months
        yield recognising_anew(players, day, plan.until, months)
        yield recognising_newcomer_anew(players, day, plan.until, months)
        yield applying(players, plan.seed, day, plan.deadlines, self._new_id)
        if days := suspension(day, months):
            yield being_suspended(players, plan.seed, days)
        scene = self._scene()
        yield becoming_a_reviewer(players, plan.seed, day, self._rubric, plan.deadlines, scene.benchmarks)
        yield components(players, plan.seed, day, plan.deadlines, self._new_id)
        yield from beside_the_cases(scene)

    def _scene(self) -> Scene:
        plan, provider = self.plan, self.players.providers[2]
        numbers = range(plan.cases, plan.cases + _COURSES_BESIDE)
        return Scene(
            company=self.players,
            seed=plan.seed,
            opened_on=plan.opens_on,
            rubric=self._rubric,
            deadlines=plan.deadlines,
            benchmarks=tuple(self._new_id() for _ in range(plan.deadlines.calibration.least_benchmarks)),
            courses=tuple(self._case(number, Fate(ending="lodged"), provider) for number in numbers),
            new_id=self._new_id,
        )

    def _provider(self, number: int, fate: Fate) -> Provider:
        if fate.twist == "cosigned":
            # The provider of whose institution one of the centres is an arm.
            return self.players.providers[0]
        return chance(self.plan.seed, "provider of", number).choice(self.players.providers)

    def _begins(self, case: Case) -> date:
        begins = _begins(self.plan, case)
        days = suspension(self.plan.opens_on, self.plan.deadlines.recognition_months)
        return begins_after(begins, days) if days and case.provider is self.players.suspended else begins

    def spokespeople(self) -> tuple[Player, ...]:
        """Return one person for each role, chosen so that there is something for each to do."""
        found = {role: self.players.one(role) for role in self.players.staff}
        found[Role.REVIEWER] = self.players.reviewers[0].player
        for case in self.cases:
            match case.fate.ending:
                case "released" if Role.PROVIDER_OFFICER not in found:
                    found[Role.PROVIDER_OFFICER] = case.provider.officer
                    found[Role.ACCOUNTABLE_OFFICER] = case.provider.accountable
                case "conditional":
                    found[Role.PROVIDER_OFFICER] = case.provider.officer
                    found[Role.ACCOUNTABLE_OFFICER] = case.provider.accountable
                case "lodged":
                    found[Role.INTAKE_OFFICER] = self.players.one(Role.INTAKE_OFFICER, case.number)
                case "scoring":
                    found[Role.REVIEWER] = case.reviewing[1][1].player
                case "moderation":
                    found[Role.LEAD_REVIEWER] = self.players.one(Role.LEAD_REVIEWER, case.number)
                case _:
                    pass
        return tuple(found[role] for role in Role if role in found)


def _begins(plan: Plan, case: Case) -> date:
    if case.fate.ending in UNDER_WAY:
        # Yesterday, the agency's last day, is the first day on which the case stands where it should.
        return working_days_after(plan.until, -case.days_until(case.fate.ending) - 1 - case.number % 2)
    first = plan.opens_on + timedelta(days=_SETTLING_IN)
    last = working_days_after(plan.until, -LONGEST_WAY)
    source = chance(plan.seed, "begins", case.number)
    return working_days_after(first + timedelta(days=source.randrange((last - first).days)), 0)
