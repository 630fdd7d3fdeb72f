"""What was measured, in words: docs/mutation.md."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.mutation.changes import Change

# Of all changes so many, in a hundred, some test must notice.
LEAST = 95.0
REASONS = Path(__file__).with_name("survivors.toml")

_HEAD = """# What the tests of the rules would not notice

`make mutation` changes each rule of the deciders a little, one change at a time: a sign, a number, a
value that is left out. Some test of the rules must then fail; where none does, either a test is missing
or the change makes no difference. `make mutation ARGS=decisions` does it for one room.

The changes are made by [mutmut](https://mutmut.readthedocs.io/). Left out are changes of nothing but the
words of a sentence, which are for people to judge, and of what no type lets happen.

| Room | Changes | Noticed | Of a hundred |
| --- | ---: | ---: | ---: |
"""
_SAME = "## Changes that make no difference"
_OPEN = "## Changes that a test should notice, and none does yet"


@dataclass(frozen=True)
class Result:
    """How many changes were made in each room, and those that no test noticed."""

    made: Counter[str]
    survivors: list[Change]

    @classmethod
    def of(cls, rooms: list[str], survivors: list[Change]) -> Self:
        """Return the result of changes, each named by its room, and of those that live."""
        return cls(Counter(rooms), survivors)

    @property
    def share(self) -> float:
        """Return how many changes of a hundred were noticed."""
        return 100 - 100 * len(self.survivors) / max(1, self.made.total())


def document(result: Result) -> str:
    """Return the page: a row for each room, and every survivor with the reason, where one is known."""
    alive = Counter(change.room for change in result.survivors)
    rows = [_row(room, made, alive[room]) for room, made in sorted(result.made.items())]
    rows.append(_row("**all**", result.made.total(), alive.total()))
    known = reasons()
    same = [f"{_said(one)}\n  {known[one.key]}" for one in result.survivors if one.key in known]
    open_ = [_said(one) for one in result.survivors if one.key not in known]
    parts = ["\n".join(rows), *_chapter(_SAME, same), *_chapter(_OPEN, open_)]
    return _HEAD + "\n\n".join(parts) + "\n"


def reasons() -> dict[tuple[str, str], str]:
    """Return why a change makes no difference, by its function and what it has instead."""
    found = tomllib.loads(REASONS.read_text(encoding="utf-8")).get("survivor", [])
    return {(one["function"], one["now"]): one["reason"] for one in found}


def _row(room: str, made: int, alive: int) -> str:
    return f"| {room} | {made} | {made - alive} | {100 - 100 * alive / made:.1f} |"


def _said(change: Change) -> str:
    return f"* {change.function}: `{change.was}` became `{change.now}`"


def _chapter(title: str, lines: list[str]) -> list[str]:
    return [title, "\n".join(lines)] if lines else []
