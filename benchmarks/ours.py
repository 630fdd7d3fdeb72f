"""Our ledger at each task, through its public methods alone."""

from __future__ import annotations

import random

from benchmarks.crew import Task
from benchmarks.dogs import ACTOR, DOGS, RegisterDog, TeachTrick, dog_decider, kennel, new_id
from qa_platform.ledger.asking import ask
from qa_platform.ledger.connections import directly
from qa_platform.ledger.rebuild import rebuild_stale

PAGE = 2_000
# A stream of about twenty: it begins at eighteen and takes five commands, at 18, 19, 20, 21 and 22.
BEGINS_AT = 18
VISITS = 5


class Opening(Task):
    """Append one event to a new stream; no read model listens."""

    def __init__(self, url: str) -> None:
        """Take the application's address."""
        self._url = url

    def open(self) -> None:
        """Connect."""
        self._ledger = kennel(self._url)

    def once(self) -> int:
        """Open one stream."""
        self._ledger.execute(RegisterDog(dog=new_id()), actor=ACTOR, expected_version=0)
        return 1


class OpeningWithTen(Opening):
    """Append ten events to a new stream in one transaction; no read model listens."""

    def once(self) -> int:
        """Open one stream with ten events."""
        dog = new_id()
        teaching = [TeachTrick(dog=dog, trick=f"trick {number}") for number in range(9)]
        self._ledger.execute_together([RegisterDog(dog=dog), *teaching], actor=ACTOR, expected_version=0)
        return 10


class Commanding(Task):
    """Execute one command on a stream of about twenty events, with its read model inline."""

    def __init__(self, url: str, expected_rate: float) -> None:
        """Take the application's address, and how many commands a second one process may come to."""
        self._url = url
        self._expected_rate = expected_rate
        self._turn = 0
        self._met: list[int] = []

    def open(self) -> None:
        """Connect."""
        self._ledger = kennel(self._url, DOGS)

    def prepare(self, seconds: float) -> None:
        """Lay out streams of eighteen events, as many as the round will use."""
        self._dogs = [new_id() for _ in range(max(1, round(seconds * self._expected_rate / VISITS)))]
        self._turn, self._met = 0, []
        self._ledger.execute_many([_life(dog, BEGINS_AT) for dog in self._dogs], actor=ACTOR)

    def once(self) -> int:
        """Teach the next dog a trick."""
        dog = self._dogs[self._turn % len(self._dogs)]
        self._turn += 1
        outcome = self._ledger.execute(TeachTrick(dog=dog, trick=f"trick of turn {self._turn}"), actor=ACTOR)
        self._met.append(outcome.recorded[0].version - 1)
        return 1

    def noted(self) -> float:
        """Return how many events the streams held on average when a command came."""
        return sum(self._met) / len(self._met)


class Loading(Task):
    """Load and fold one stream."""

    def __init__(self, url: str, dogs: list[str]) -> None:
        """Take the application's address and the dogs whose streams are there."""
        self._url = url
        self._dogs = dogs

    def open(self) -> None:
        """Connect."""
        self._ledger = kennel(self._url)

    def once(self) -> int:
        """Load one stream, by chance."""
        _, version = self._ledger.state(dog_decider, f"dog-{random.choice(self._dogs)}")  # noqa: S311 -- a load
        assert version > 0
        return 1


class Replaying(Task):
    """Read the log page by page in position order, typed, and again from the beginning when it ends."""

    def __init__(self, url: str) -> None:
        """Take the application's address."""
        self._url = url
        self._at = 0

    def open(self) -> None:
        """Connect."""
        self._ledger = kennel(self._url)

    def once(self) -> int:
        """Read one page."""
        with self._ledger.reading() as connection:
            page = self._ledger.read_positions(connection, self._at, PAGE)
        self._at = self._at + len(page) if page else 0
        return len(page)


class ReplayingStraight(Replaying):
    """Read the events themselves in the order of their ids, typed, without asking for their positions."""

    def once(self) -> int:
        """Read one page."""
        with directly(self._ledger.engine) as driver:
            rows = ask(driver, _STRAIGHT, self._at, PAGE)
        page = self._ledger.codec.read_all((record, leaf, None, name) for record, leaf, name, _ in rows)
        self._at = rows[-1][-1] if rows else 0
        return len(page)


def make_read_models(url: str) -> None:
    """Make the kennel's read model in a fresh database."""
    ledger = kennel(url, DOGS)
    rebuild_stale(ledger)
    ledger.engine.dispose()


def lay_out(url: str, streams: int, length: int) -> list[str]:
    """Return the dogs of as many streams of a length, made by commands."""
    ledger = kennel(url)
    dogs = [new_id() for _ in range(streams)]
    ledger.execute_many([_life(dog, length) for dog in dogs], actor=ACTOR)
    ledger.engine.dispose()
    return dogs


def _life(dog: str, length: int) -> list[RegisterDog | TeachTrick]:
    return [RegisterDog(dog=dog), *(TeachTrick(dog=dog, trick=f"trick {number}") for number in range(length - 1))]


_STRAIGHT = """
SELECT record, leaf, name, id FROM ledger.events WHERE id > CAST($1 AS bigint) ORDER BY id LIMIT CAST($2 AS int)
"""
