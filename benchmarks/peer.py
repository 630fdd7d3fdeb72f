"""The peer at each task: the library `eventsourcing` in its safe PostgreSQL mode, as its documents use it.

Safe means that it takes its table lock: without (POSTGRES_ENABLE_DB_FUNCTIONS) it is about
twice as fast, and readers of its log were seen to miss events.
"""

from __future__ import annotations

import random
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from sqlalchemy.engine import make_url

from benchmarks.crew import Task
from benchmarks.dogs import RegisterDog, TeachTrick, TrickKnown
from benchmarks.ours import BEGINS_AT, PAGE, VISITS

# One save is one pipeline, and a pipeline of some thousands of events was seen to stand still for ever.
_SAVED_AT_ONCE = 500
_A_DOG = RegisterDog(dog="")
_A_TRICK = TeachTrick(dog="", trick="")


class Dog(Aggregate):
    """A dog, and the tricks that it knows."""

    # What no rule asks about is in the event and not in the state, as with ours.
    @event("Registered")
    def __init__(self, name: str, breed: str, born_on: str, remark: str) -> None:  # noqa: ARG002 -- the event's fields
        """Come to the kennel."""
        self.name = name
        self.tricks: list[str] = []

    def teach(self, trick: str, trainer: str, minutes: int, remark: str) -> None:
        """Learn a trick that it does not know."""
        if trick in self.tricks:
            raise TrickKnown(f"“{trick}” was not taught: the dog knows it. Choose another trick.")
        self._learned(trick, trainer, minutes, remark)

    @event("TrickLearned")
    def _learned(self, trick: str, trainer: str, minutes: int, remark: str) -> None:  # noqa: ARG002 -- as above
        self.tricks.append(trick)


class Kennel(Application[UUID]):
    """The kennel's application."""


def kennel(url: str, *, create: bool = False) -> Kennel:
    """Return the peer's application on a database; only one process may create its table."""
    address = make_url(url)
    return Kennel(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": str(address.database),
            "POSTGRES_HOST": str(address.query["host"]),
            "POSTGRES_USER": str(address.username),
            "POSTGRES_PASSWORD": "trusted",
            "POSTGRES_POOL_SIZE": "1",
            "POSTGRES_MAX_OVERFLOW": "1",
            "POSTGRES_ENABLE_DB_FUNCTIONS": "n",
            "CREATE_TABLE": "y" if create else "n",
        }
    )


def a_dog(length: int = 1) -> Dog:
    """Return a dog with as many events, none of them saved."""
    dog = Dog(_A_DOG.name, _A_DOG.breed, _A_DOG.born_on, _A_DOG.remark)
    for number in range(length - 1):
        _teach(dog, f"trick {number}")
    return dog


class Opening(Task):
    """Append one event of a new aggregate."""

    def __init__(self, url: str, events: int = 1) -> None:
        """Take the owner's address, and how many events each aggregate has."""
        self._url = url
        self._events = events

    def open(self) -> None:
        """Connect."""
        self._kennel = kennel(self._url)

    def once(self) -> int:
        """Save one aggregate in one transaction."""
        self._kennel.save(a_dog(self._events))
        return self._events


class Commanding(Task):
    """Load, decide and save an aggregate of about twenty events."""

    def __init__(self, url: str, expected_rate: float) -> None:
        """Take the owner's address, and how many commands a second one process may come to."""
        self._url = url
        self._expected_rate = expected_rate
        self._turn = 0
        self._met: list[int] = []

    def open(self) -> None:
        """Connect."""
        self._kennel = kennel(self._url)

    def prepare(self, seconds: float) -> None:
        """Lay out aggregates of eighteen events, as many as the round will use."""
        count = max(1, round(seconds * self._expected_rate / VISITS))
        self._turn, self._met = 0, []
        self._dogs = _saved(self._kennel, count, BEGINS_AT)

    def once(self) -> int:
        """Teach the next dog a trick."""
        dog = self._kennel.repository.get(self._dogs[self._turn % len(self._dogs)])
        assert isinstance(dog, Dog)
        self._turn += 1
        self._met.append(dog.version)
        _teach(dog, f"trick of turn {self._turn}")
        self._kennel.save(dog)
        return 1

    def noted(self) -> float:
        """Return how many events the aggregates held on average when a command came."""
        return sum(self._met) / len(self._met)


class Loading(Task):
    """Load and fold one aggregate."""

    def __init__(self, url: str, dogs: list[UUID]) -> None:
        """Take the owner's address and the dogs that are there."""
        self._url = url
        self._dogs = dogs

    def open(self) -> None:
        """Connect."""
        self._kennel = kennel(self._url)

    def once(self) -> int:
        """Load one aggregate, by chance."""
        self._kennel.repository.get(random.choice(self._dogs))  # noqa: S311 -- a load
        return 1


class Replaying(Task):
    """Read the notification log page by page as domain events, and again from the beginning when it ends."""

    def __init__(self, url: str) -> None:
        """Take the owner's address."""
        self._url = url
        self._at = 1

    def open(self) -> None:
        """Connect."""
        self._kennel = kennel(self._url)

    def once(self) -> int:
        """Read one page."""
        page = self._kennel.recorder.select_notifications(self._at, PAGE)
        events = [self._kennel.mapper.to_domain_event(one) for one in page]
        self._at = page[-1].id + 1 if page else 1
        return len(events)


def make_tables(url: str) -> None:
    """Make the peer's table in a fresh database."""
    kennel(url, create=True).close()


def lay_out(url: str, streams: int, length: int) -> list[UUID]:
    """Return the dogs of as many aggregates of a length."""
    application = kennel(url)
    dogs = _saved(application, streams, length)
    application.close()
    return dogs


def _saved(application: Kennel, count: int, length: int) -> list[UUID]:
    ids: list[UUID] = []
    while len(ids) < count:
        dogs = [a_dog(length) for _ in range(min(_SAVED_AT_ONCE // length, count - len(ids)))]
        application.save(*dogs)
        ids += [dog.id for dog in dogs]
    return ids


def _teach(dog: Dog, trick: str) -> None:
    dog.teach(trick, _A_TRICK.trainer, _A_TRICK.minutes, _A_TRICK.remark)
