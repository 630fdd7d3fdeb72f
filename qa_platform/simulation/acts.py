"""What somebody does at an instant: the smallest thing that the simulation hands to the ledger."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from qa_platform.kernel.event import Command, Recorded
from qa_platform.kernel.roles import Actor

# Gives the events of a stream, for the few acts that rest on what was recorded.
ReadStream = Callable[[str], Sequence[Recorded[Any]]]


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """Commands that one person gives at one instant, together or not at all.

    `rests_on` makes the commands instead, where they depend on what the ledger recorded. After
    an act that `stirs`, other rooms have their turn before the case goes on.
    """

    at: datetime
    actor: Actor
    commands: tuple[Command, ...] = ()
    rests_on: Callable[[ReadStream], tuple[Command, ...]] | None = None
    stirs: bool = False

    def asked(self, read: ReadStream) -> tuple[Command, ...]:
        """Return the commands of the act."""
        return self.commands if self.rests_on is None else self.rests_on(read)


# A step of a case: it gives its acts, and returns the day on which it is done.
Step = Generator[Act, None, date]


def in_order(stories: Iterable[Iterator[Act]]) -> Iterator[Act]:
    """Give the acts of many stories in order of time; each story goes on only once its last act was taken."""
    waiting: list[tuple[datetime, int, Act, Iterator[Act]]] = []
    for number, one in enumerate(stories):
        first = next(one, None)
        if first is not None:
            heapq.heappush(waiting, (first.at, number, first, one))
    while waiting:
        _, number, act, one = heapq.heappop(waiting)
        yield act
        following = next(one, None)
        if following is not None:
            heapq.heappush(waiting, (following.at, number, following, one))


def to_its_end(step: Step, done: Callable[[date], None]) -> Iterator[Act]:
    """Give the acts of a step, and hand over the day on which it was done."""
    done((yield from step))
