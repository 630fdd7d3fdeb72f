"""What somebody does on a day of a review; those on different seats do it independently."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date

import msgspec

from qa_platform.kernel.event import Command
from qa_platform.kernel.roles import Actor


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody does on a day; what `stirs` lets other rooms have their turn after it."""

    day: date
    actor: Actor
    commands: tuple[Command, ...]
    stirs: bool = False


# What happens on a seat; it returns the day on which its next holder can begin.
Moves = Generator[Move, None, date]
