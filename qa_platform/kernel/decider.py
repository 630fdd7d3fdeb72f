"""The shape of a rule book: decide refuses or answers, evolve remembers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from qa_platform.kernel.event import Command, Event

C = TypeVar("C", bound=Command)
S = TypeVar("S")
E = TypeVar("E", bound=Event)


def _no_case(_command: object) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class Decider(Generic[C, S, E]):
    """The rules of one kind of stream.

    `commands` and `events` are every type it knows (`get_args` of the unions); `stream` names
    the stream a command is for; `case` the case its events belong to, None outside a journey.
    `decide` is pure and may raise Rejected; `evolve` is pure and never refuses. An empty list
    from `decide` means that what was asked for already holds.
    """

    commands: tuple[type[C], ...]
    events: tuple[type[E], ...]
    stream: Callable[[C], str]
    initial: S
    decide: Callable[[C, S], list[E]]
    evolve: Callable[[S, E], S]
    case: Callable[[C], str | None] = _no_case
