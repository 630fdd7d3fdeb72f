"""Who plays a part in the simulated agency: its staff, its reviewers, its providers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from qa_platform.kernel.conflicts import ConflictCode
from qa_platform.kernel.roles import Actor, Role
from qa_platform.reviewers.events import ReviewerCategory
from qa_platform.simulation import names
from qa_platform.simulation.chance import chance
from qa_platform.simulation.titles import FIELDS

if TYPE_CHECKING:
    from random import Random

NewId = Callable[[], str]
Answer = TypeVar("Answer")

_STAFF: Final = {
    Role.ADMINISTRATOR: 1,
    Role.INTAKE_OFFICER: 2,
    Role.COMMITTEE_SECRETARY: 1,
    Role.COMMITTEE_MEMBER: 6,
    Role.LEAD_REVIEWER: 4,
    Role.REGISTER_OFFICER: 1,
    Role.APPEALS_MEMBER: 3,
    Role.AUDITOR: 1,
}
_FIELDS_EACH: Final = 4
_TIED: Final = 0.5  # the share of reviewers who declare a tie to a provider before anybody asks
_TIES: Final[tuple[ConflictCode, ...]] = ("EMP", "CON", "STU", "COL", "FAM")
_CATEGORIES: Final[tuple[ReviewerCategory, ...]] = (
    "academic",
    "academic",
    "academic",
    "employer",
    "employer",
    "learner",
)


class Player(msgspec.Struct, frozen=True, kw_only=True):
    """An invented person with an account, in one role."""

    person_id: str
    person: names.Person
    role: Role
    provider_id: str | None = None

    @property
    def actor(self) -> Actor:
        """Return the player as the one who acts."""
        return Actor(
            person_id=self.person_id,
            roles=frozenset({self.role}),
            acting_as=self.role,
            providers=frozenset({self.provider_id} if self.provider_id else ()),
            simulated=True,
        )


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """What binds a reviewer to a provider."""

    interest_id: str
    provider_id: str
    category: ConflictCode
    since: date


class Reviewer(msgspec.Struct, frozen=True, kw_only=True):
    """A reviewer; `number` is who he is to the scoring model."""

    number: int
    player: Player
    fields: tuple[str, ...]
    highest_level: int
    years_of_practice: int
    category: ReviewerCategory
    ties: tuple[Tie, ...]


class Provider(msgspec.Struct, frozen=True, kw_only=True):
    """A provider and its two officers."""

    provider_id: str
    known_as: names.ProviderName
    officer: Player
    accountable: Player


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody who plays a part."""

    staff: dict[Role, tuple[Player, ...]]
    reviewers: tuple[Reviewer, ...]
    providers: tuple[Provider, ...]
    centres: tuple[str, str]
    applicant: Player
    """Somebody who becomes a reviewer while the agency runs."""
    turns: Counter[str] = msgspec.field(default_factory=Counter)
    """How often each question was answered in turn."""

    @property
    def newcomer(self) -> Provider:
        """Return the provider that has to apply for its recognition once the agency is open."""
        return self.providers[-1]

    @property
    def suspended(self) -> Provider:
        """Return the provider whose recognition is suspended for a while."""
        return self.providers[1]

    def one(self, role: Role, number: int = 0) -> Player:
        """Return a member of the staff; numbers go round."""
        return self.staff[role][number % len(self.staff[role])]

    def in_turn(self, question: str, answers: Sequence[Answer]) -> Answer:
        """Return the answers to a question one after the other, in the order in which it comes up; they go round."""
        self.turns[question] += 1
        return answers[(self.turns[question] - 1) % len(answers)]

    def everybody(self) -> Iterator[Player]:
        """Give all the players, the administrator first."""
        for players in self.staff.values():
            yield from players
        yield from (reviewer.player for reviewer in self.reviewers)
        for provider in self.providers:
            yield provider.officer
            yield provider.accountable
        yield self.applicant


def company(seed: int, cases: int, opens_on: date, new_id: NewId, founder_id: str) -> Company:
    """Return a company large enough for so many cases; the administrator is its founder."""
    invented = _people(seed, new_id, founder_id)
    staff = {role: tuple(invented(role, None) for _ in range(many)) for role, many in _STAFF.items()}
    providers = tuple(_provider(seed, number, invented, new_id) for number in range(5 + cases // 12))
    reviewers = tuple(
        _reviewer(seed, number, invented, providers, opens_on, new_id) for number in range(12 + cases // 20)
    )
    return Company(
        staff=staff,
        reviewers=reviewers,
        providers=providers,
        centres=(new_id(), new_id()),
        applicant=invented(Role.REVIEWER, None),
    )


def _people(seed: int, new_id: NewId, founder_id: str) -> Callable[[Role, str | None], Player]:
    numbers = count()

    def invented(role: Role, provider_id: str | None) -> Player:
        number = next(numbers)
        person_id = founder_id if number == 0 else new_id()
        return Player(person_id=person_id, person=names.person(seed, number), role=role, provider_id=provider_id)

    return invented


def _provider(seed: int, number: int, invented: Callable[[Role, str | None], Player], new_id: NewId) -> Provider:
    provider_id = new_id()
    return Provider(
        provider_id=provider_id,
        known_as=names.provider(seed, number),
        officer=invented(Role.PROVIDER_OFFICER, provider_id),
        accountable=invented(Role.ACCOUNTABLE_OFFICER, provider_id),
    )


def _reviewer(  # noqa: PLR0917 -- what a reviewer is made of
    seed: int,
    number: int,
    invented: Callable[[Role, str | None], Player],
    providers: tuple[Provider, ...],
    opens_on: date,
    new_id: NewId,
) -> Reviewer:
    source = chance(seed, "reviewer", number)
    return Reviewer(
        number=number,
        player=invented(Role.REVIEWER, None),
        # Every field gets its turn, so that each has reviewers.
        fields=tuple(sorted({FIELDS[(number * 3 + step * 2) % len(FIELDS)] for step in range(_FIELDS_EACH)})),
        highest_level=source.choice((7, 7, 8, 8, 6)),
        years_of_practice=source.randrange(5, 31),
        category=source.choice(_CATEGORIES),
        ties=_ties(source, providers, opens_on, new_id) if source.random() < _TIED else (),
    )


def _ties(source: Random, providers: tuple[Provider, ...], opens_on: date, new_id: NewId) -> tuple[Tie, ...]:
    return (
        Tie(
            interest_id=new_id(),
            provider_id=source.choice(providers).provider_id,
            category=source.choice(_TIES),
            since=opens_on - timedelta(days=source.randrange(100, 1500)),
        ),
    )
