"""A walk through a decider: every state that can be reached by asking, and what each command does there."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import msgspec

from qa_platform.kernel.decider import Decider
from qa_platform.kernel.event import Command, Event, stored_name
from qa_platform.kernel.rejected import Rejected
from tests.rulebook.words import BEFORE, Words
from tests.specification import Asked

STAYS = "stays"
# Of states that look alike so many are asked, and of each state so many beside those that tests begin with:
# what differs further on is a day or a text.
_ALIKE = 2
_OF_A_STATE = 25


@dataclass
class Walk:
    """What was seen: where each command leads from each state, and why it is refused."""

    states: list[str] = field(default_factory=list)
    moves: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    events: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    refusals: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def grouped(self) -> dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]]:
        """Return the commands that lead from the same states to the same states, in the order of the states."""
        of_command: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
        for here in self.states:
            for command, goals in sorted((one, goals) for (state, one), goals in self.moves.items() if state == here):
                there = [STAYS] * (here in goals) + [state for state in self.states if state in goals - {here}]
                of_command[command, tuple(there)].append(here)
        found: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = defaultdict(list)
        for (command, there), states in of_command.items():
            found[tuple(states), there].append(command)
        return dict(sorted(found.items(), key=lambda group: (STAYS in group[0][1], self.states.index(group[0][0][0]))))

    def where(self, states: Sequence[str]) -> str:
        """Return the words for some of the states."""
        others = [state for state in self.states if state not in states]
        if len(states) > len(others) + 1:
            return f"all but {', '.join(others)}" if others else "all"
        return ", ".join(states)

    @property
    def ends(self) -> list[str]:
        """Return the states in which nothing can be asked any more."""
        return [state for state in self.states if not any(here == state for here, _ in self.moves)]


def walk(decider: Decider[Any, Any, Any], asked: Iterable[Asked], aspects: Iterable[Words]) -> dict[str, Walk]:
    """Ask every command in every state that was given or can be reached, and return what was seen of each aspect.

    A refusal is Rejected, with a sentence; anything else that is raised is a bug, and raised here.
    """
    own = [(history, command) for history, command in asked if type(command) in decider.commands]
    commands = list({repr(command): command for _, command in own}.values())
    seen = {words: Walk() for words in aspects}
    given = [reduce(decider.evolve, history, decider.initial) for history in _histories(own)]
    waiting = deque([decider.initial, *given])
    visited, alike, counted = {repr(state) for state in waiting}, Counter[Any](), Counter[Any]()
    while waiting:
        state = waiting.popleft()
        for command in commands:
            after = _ask(decider, command, state, seen)
            if after is None:
                continue
            look = _look(after)
            places = tuple(words.of(after, command) for words in seen)
            if alike[look] >= _ALIKE or counted[places] >= _OF_A_STATE or repr(after) in visited:
                continue
            alike[look] += 1
            counted[places] += 1
            visited.add(repr(after))
            waiting.append(after)
    return {words.title: walk for words, walk in seen.items()}


def _histories(own: Iterable[Asked]) -> list[tuple[Event, ...]]:
    """Return the histories that tests begin with, each once, shortest first."""
    return sorted({repr(history): history for history, _ in own}.values(), key=len)


def _ask(decider: Decider[Any, Any, Any], command: Command, state: Any, seen: dict[Words, Walk]) -> Any:
    """Return the state after a command, None where nothing happens, and note what was seen."""
    name = type(command).__name__
    try:
        events = decider.decide(command, state)
    except Rejected as refusal:
        _require_sentence(refusal)
        for walk in (walk for words, walk in seen.items() if words.concerns(command)):
            walk.refusals[type(refusal).__name__].add(name)
        return None
    if not events:
        return None
    after = reduce(decider.evolve, events, state)
    names = {stored_name(type(event)) for event in events}
    for words, walk in seen.items():
        here, there = words.of(state, command), words.of(after, command)
        if words.concerns(command) or here != there:
            walk.states = [word for word in (BEFORE, *words.order) if word in {here, there, *walk.states}]
            assert {here, there} <= set(walk.states), f"“{here}” or “{there}” has no place in the order of its states"
            walk.moves[here, name].add(there)
            walk.events[here, name] |= names
    return after


def _require_sentence(refusal: Rejected) -> None:
    # A difference of two texts may follow the sentences.
    sentences, *_ = refusal.message.splitlines()
    assert sentences.endswith((".", "!", "?", ":")), f"{type(refusal).__name__}: {refusal.message}"


def _look(state: Any) -> tuple[Any, ...]:
    """Return what a rule could branch on: what is set and what is not, and words and flags as they are."""
    if not isinstance(state, msgspec.Struct):
        return (type(state).__name__,)
    return tuple(
        value if isinstance(value, (bool, str)) and len(str(value)) < 20 else (type(value).__name__, bool(value))
        for value in (getattr(state, name) for name in state.__struct_fields__)
    )
