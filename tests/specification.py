"""Given events, when a command, then events: how the rules of a decider are tested."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, Self

import pytest

from qa_platform.kernel.decider import Decider
from qa_platform.kernel.event import Command, Event
from qa_platform.kernel.rejected import Fault, Rejected

Asked = tuple[tuple[Event, ...], Command]

_noted: list[Asked] | None = None


@contextmanager
def noting() -> Iterator[list[Asked]]:
    """Give a list into which every command goes that is asked in the block, with the history before it."""
    global _noted  # noqa: PLW0603 -- what is asked is spread over hundreds of tests
    _noted = []
    try:
        yield _noted
    finally:
        _noted = None


@dataclass(frozen=True)
class Specification:
    """One sentence about a decider, said in three parts."""

    decider: Decider[Any, Any, Any]
    history: tuple[Event, ...] = ()
    command: Command | None = None

    def given(self, *events: Event) -> Self:
        """Return the specification with a history before it."""
        return replace(self, history=self.history + events)

    def when(self, command: Command) -> Self:
        """Return the specification with the command that is asked."""
        return replace(self, command=command)

    def then(self, *events: Event) -> None:
        """Assert that exactly these events follow."""
        assert self._answer() == list(events)

    def then_nothing(self) -> None:
        """Assert that what was asked for already holds."""
        assert self._answer() == []

    def then_rejected(self, refusal: type[Rejected], *, match: str = "", at: Sequence[str] | None = None) -> Rejected:
        """Assert that the command is refused, with faults at these fields if any are named; return the refusal."""
        with pytest.raises(refusal) as caught:
            self._answer()
        assert re.search(match, caught.value.message), caught.value.message
        assert at is None or [fault.field for fault in caught.value.faults] == list(at)
        self._require_understandable(caught.value.faults)
        return caught.value

    def _require_understandable(self, faults: Sequence[Fault]) -> None:
        """Assert that each fault stands at something that was asked or is there, and says what to do in a sentence."""
        asked = re.findall(r"\w+", repr((self.command, self.state)))
        for fault in faults:
            assert fault.field.split(".")[0] in asked, fault
            assert fault.message.endswith((".", "!", "?")), fault

    @property
    def state(self) -> Any:
        """Return what the rules remember of the history."""
        return reduce(self.decider.evolve, self.history, self.decider.initial)

    def _answer(self) -> list[Event]:
        assert self.command is not None
        if _noted is not None:
            _noted.append((self.history, self.command))
        return self.decider.decide(self.command, self.state)
