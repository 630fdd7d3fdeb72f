"""What invariants look at: stored events as their rows say them, whole cases, and the world around the cases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from qa_platform.centres.events import CentreApproved, CentreDetailsChanged
from qa_platform.kernel.event import Event, Recorded
from qa_platform.kernel.roles import Role
from qa_platform.ledger.sealing import KeyId
from qa_platform.panels.events import AllocationMade
from qa_platform.panels.events.allocation import AllocatedSeat
from qa_platform.people.events import PersonCentreRoleGranted, PersonRoleGranted, PersonRoleWithdrawn
from qa_platform.reviewers.events import (
    ReviewerInterestDeclared,
    ReviewerInterestEnded,
    ReviewerPostEnded,
    ReviewerPostRecorded,
    ReviewerReinstated,
    ReviewerRetired,
    ReviewerSuspended,
)
from qa_platform.scoring.rubric import Rubric, known_rubric
from qa_platform.standards.events import RubricPublished, RubricPutInForce, RubricRetired
from qa_platform.submissions.read_model.standing import StandingRow
from qa_platform.submissions.read_model.standing import fold as standing

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Stored:
    """One event: the columns of its row, and what its record reads as.

    `recorded` is None where it cannot be read, and `unreadable` says why. `lost` are keys that
    its sealed fields name and the key store does not have, `broken` the fields that do not open.
    """

    id: int
    position: int
    event_id: str
    stream: str
    version: int
    name: str
    record: bytes
    leaf: bytes
    case_id: str | None
    actor: str
    recorded_at: datetime
    cause: str | None
    recorded: Recorded[Any] | None
    unreadable: str | None = None
    lost: tuple[KeyId, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True)
class History:
    """The events of one case, in the one order; what is sealed is open."""

    case_id: str
    stored: list[Stored]

    @cached_property
    def events(self) -> list[Recorded[Any]]:
        """Return what could be read."""
        return [one.recorded for one in self.stored if one.recorded is not None]

    @cached_property
    def _by_type(self) -> dict[type[Event], list[Recorded[Any]]]:
        found: dict[type[Event], list[Recorded[Any]]] = {}
        for recorded in self.events:
            found.setdefault(type(recorded.event), []).append(recorded)
        return found

    def of(self, event_type: type[E]) -> list[Recorded[E]]:
        """Return the events of a type."""
        return self._by_type.get(event_type, [])

    def first(self, event_type: type[E]) -> Recorded[E] | None:
        """Return the first event of a type."""
        return next(iter(self.of(event_type)), None)

    @cached_property
    def streams(self) -> dict[str, list[Recorded[Any]]]:
        """Return the events of each stream, in the order of their versions."""
        return by_stream(self.events)

    @cached_property
    def digests(self) -> dict[tuple[str, int], str]:
        """Return the digest of each event, by stream and version."""
        return {(one.stream, one.version): one.leaf.hex() for one in self.stored}


def by_stream(events: Iterable[Recorded[Any]]) -> dict[str, list[Recorded[Any]]]:
    """Return events by stream, in the order of their versions."""
    found: dict[str, list[Recorded[Any]]] = {}
    for recorded in sorted(events, key=lambda one: one.version):
        found.setdefault(recorded.stream, []).append(recorded)
    return found


@dataclass
class Published:
    """A published version of a standard, with its days."""

    rubric: Rubric
    content_hash: str
    in_force_from: date | None = None
    retired_from: date | None = None


@dataclass
class Interest:
    """A declared tie of a reviewer; `position` is where it was declared, `ends` where its end was, and when."""

    position: int
    declared: ReviewerInterestDeclared
    ends: list[tuple[int, date]] = field(default_factory=list)

    def until(self, position: int) -> date | None:
        """Return the end of the tie, as it was known before a position."""
        known = [day for place, day in self.ends if place < position]
        return known[-1] if known else self.declared.until


@dataclass
class HeldPost:
    """A recorded post of a reviewer; `position` is where it was recorded, `ends` where its end was, and when."""

    position: int
    recorded: ReviewerPostRecorded
    ends: list[tuple[int, date]] = field(default_factory=list)

    def until(self, position: int) -> date | None:
        """Return the end of the post, as it was known before a position."""
        known = [day for place, day in self.ends if place < position]
        return known[-1] if known else self.recorded.until


@dataclass
class Allocated:
    """What an allocation came to, and whom it looked at; `terms` are its digest, policy version and seed."""

    terms: tuple[str, str, str]
    seats: tuple[AllocatedSeat, ...]
    candidates: frozenset[str]

    def seats_of(self, case_id: str) -> set[tuple[int, str]]:
        """Return who was chosen for a case, with the seat."""
        return {(one.seat, one.reviewer_id) for one in self.seats if one.submission_id == case_id}


@dataclass
class World:
    """What happened outside of the cases, as far as the invariants of cases ask about it."""

    standards: dict[tuple[str, str], Published] = field(default_factory=dict)
    digests: dict[tuple[str, int], str] = field(default_factory=dict)
    interests: dict[str, dict[str, Interest]] = field(default_factory=dict)
    posts: dict[str, dict[str, HeldPost]] = field(default_factory=dict)
    kept_away: dict[str, list[tuple[int, str | None]]] = field(default_factory=dict)
    offices: dict[tuple[str, str], list[tuple[int, Role, bool]]] = field(default_factory=dict)

    allocations: dict[str, Allocated] = field(default_factory=dict)
    standings: dict[str, list[Recorded[Any]]] = field(default_factory=dict)
    houses: dict[str, list[tuple[int, str | None]]] = field(default_factory=dict)
    institutions: dict[str, list[tuple[int, str | None]]] = field(default_factory=dict)

    def learn(self, stored: Stored) -> None:
        """Take in an event that belongs to no case."""
        if stored.recorded is None:
            return
        if stored.stream.startswith("standard-"):
            self.digests[stored.stream, stored.version] = stored.leaf.hex()
        if stored.stream.startswith("provider-"):
            self.standings.setdefault(stored.stream, []).append(stored.recorded)
        position = stored.position
        self._learn_of_houses(position, stored.recorded.event)
        match stored.recorded.event:
            case RubricPublished() as event:
                published = Published(rubric=known_rubric(event.text), content_hash=event.content_hash)
                self.standards.setdefault((event.standard_id, event.version), published)
            case RubricPutInForce() as event:
                self.standards[event.standard_id, event.version].in_force_from = event.in_force_from
            case RubricRetired() as event:
                self.standards[event.standard_id, event.version].retired_from = event.retired_from
            case ReviewerInterestDeclared() as event:
                ties = self.interests.setdefault(event.person_id, {})
                ties[event.interest_id] = Interest(position=position, declared=event)
            case ReviewerInterestEnded() as event:
                self.interests[event.person_id][event.interest_id].ends.append((position, event.ended_on))
            case ReviewerPostRecorded() as event:
                self.posts.setdefault(event.person_id, {})[event.post_id] = HeldPost(position, event)
            case ReviewerPostEnded() as event:
                self.posts[event.person_id][event.post_id].ends.append((position, event.ended_on))
            case AllocationMade() as event:
                self.allocations[event.allocation_id] = Allocated(
                    terms=(event.digest, event.instance.policy.version, event.instance.seed),
                    seats=event.seats,
                    candidates=frozenset(one.reviewer_id for one in event.instance.reviewers),
                )
            case ReviewerSuspended() as event:
                self.kept_away.setdefault(event.person_id, []).append((position, "suspended"))
            case ReviewerReinstated() as event:
                self.kept_away.setdefault(event.person_id, []).append((position, None))
            case ReviewerRetired() as event:
                self.kept_away.setdefault(event.person_id, []).append((position, "retired"))
            case PersonRoleGranted(provider_id=str() as provider) as event:
                self.offices.setdefault((event.person_id, provider), []).append((position, event.role, True))
            case PersonRoleWithdrawn(provider_id=str() as provider) as event:
                self.offices.setdefault((event.person_id, provider), []).append((position, event.role, False))
            case _:
                pass

    def _learn_of_houses(self, position: int, event: Event) -> None:
        match event:
            case PersonCentreRoleGranted():
                self.houses.setdefault(event.person_id, []).append((position, event.centre_id))
            case PersonRoleGranted() if event.person_id in self.houses:
                # One account acts for one house: it has left the other.
                self.houses[event.person_id].append((position, None))
            case CentreApproved() | CentreDetailsChanged():
                self.institutions.setdefault(event.centre_id, []).append((position, event.institution))
            case _:
                pass

    def house_of(self, person: str, position: int) -> str | None:
        """Return the verification centre that somebody acted for at a position; None for the agency or a provider."""
        known = [centre for place, centre in self.houses.get(person, ()) if place < position]
        return known[-1] if known else None

    def institution_of(self, centre_id: str, position: int) -> str | None:
        """Return the provider whose arm a centre was at a position."""
        known = [provider for place, provider in self.institutions.get(centre_id, ()) if place < position]
        return known[-1] if known else None

    def kept_away_as(self, person: str, position: int) -> str | None:
        """Return whether a reviewer was suspended or retired at a position, in a word."""
        known = [standing for place, standing in self.kept_away.get(person, ()) if place < position]
        return known[-1] if known else None

    def is_officer(self, person: str, provider: str, position: int) -> bool:
        """Return whether somebody held a role of a provider at a position."""
        held = {role: kept for place, role, kept in self.offices.get((person, provider), ()) if place < position}
        return any(held.values())

    def was_officer(self, person: str, provider: str, position: int) -> bool:
        """Return whether somebody held, or had ever held, a role of a provider at a position."""
        return any(place < position and kept for place, _role, kept in self.offices.get((person, provider), ()))

    def was_recognised(self, provider: str, on: date, position: int) -> bool:
        """Return whether a provider was recognised on a day, by what was known before a position."""
        row: StandingRow | None = None
        for recorded in self.standings.get(f"provider-{provider}", ()):
            if recorded.position is not None and recorded.position < position:
                row = standing(row, recorded)
        return row is not None and row.is_recognised(on)

    def rubric(self, standard_id: str, version: str) -> Rubric | None:
        """Return the rubric of a published version."""
        published = self.standards.get((standard_id, version))
        return None if published is None else published.rubric
