"""What somebody does at an instant: the smallest thing that the simulation hands to the ledger."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
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
