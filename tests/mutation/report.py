"""What was measured, in words: docs/mutation.md."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from tests.mutation.changes import Change

# Of all changes so many, in a hundred, some test must notice.
LEAST = 95.0
REASONS = Path(__file__).with_name("survivors.toml")
FOUND = Path(__file__).with_name("found.json")

_HEAD = """# What the tests of the rules would not notice

`make mutation` changes each rule of the deciders a little, one change at a time: a sign, a number, a
value that is left out. Some test of the rules must then fail; where none does, either a test is missing
or the change makes no difference. `make mutation ARGS=decisions` does it for one room.

The changes are made by [mutmut](https://mutmut.readthedocs.io/). Left out are changes of nothing but the
words of a sentence, which are for people to judge, and of what no type lets happen.

Each room stands as it was last measured, on its day, with the rules and tests of its commit. `make mutation`
fails where fewer than 95 of a hundred changes of a room are noticed.

| Room | Changes | Noticed | Of a hundred | Measured | Commit |
| --- | ---: | ---: | ---: | --- | --- |
"""
_SAME = "## Changes that make no difference"
_OPEN = "## Changes that a test should notice, and none does yet"


@dataclass(frozen=True)
class Result:
    """How many changes were made in a room, and those that no test noticed: of which day, and which commit."""

    made: int
    survivors: list[Change]
    on: date
    commit: str

    @property
    def share(self) -> float:
        """Return how many changes of a hundred were noticed."""
        return 100 - 100 * len(self.survivors) / max(1, self.made)


def found() -> dict[str, Result]:
    """Return what was found when each room was last measured."""
    told = json.loads(FOUND.read_text(encoding="utf-8"))
    return {
        room: Result(
            made=one["made"],
            survivors=[Change(room, *change) for change in one["survivors"]],
            on=date.fromisoformat(one["on"]),
            commit=one["commit"],
        )
        for room, one in told.items()
    }


def remember(results: dict[str, Result]) -> None:
    """Write down what was found in each room."""
    told = {
        room: asdict(one) | {"on": one.on.isoformat(), "survivors": [change[1:] for change in one.survivors]}
        for room, one in sorted(results.items())
    }
    FOUND.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def unmeasured(results: dict[str, Result]) -> list[str]:
    """Return the rooms that have rules and were never measured."""
    package = Path(__file__).resolve().parents[2] / "qa_platform"
    return sorted({path.parent.name for path in package.glob("*/decider*")} - {"kernel", *results})


def document(results: dict[str, Result], missing: Sequence[str] = ()) -> str:
    """Return the page: a row for each room, and every survivor with the reason, where one is known."""
    rows = [
        _row(room, one.made, len(one.survivors), f"{one.on} | {one.commit}") for room, one in sorted(results.items())
    ]
    survivors = [change for _room, one in sorted(results.items()) for change in one.survivors]
    rows.append(_row("**all**", sum(one.made for one in results.values()), len(survivors), " | "))
    known = reasons()
    same = [f"{_said(one)}\n  {known[one.key]}" for one in survivors if one.key in known]
    open_ = [_said(one) for one in survivors if one.key not in known]
    yet = [f"Never measured to the end yet: {', '.join(missing)}."] if missing else []
    parts = ["\n".join(rows), *yet, *_chapter(_SAME, same), *_chapter(_OPEN, open_)]
    return _HEAD + "\n\n".join(parts) + "\n"


def reasons() -> dict[tuple[str, str], str]:
    """Return why a change makes no difference, by its function and what it has instead."""
    found = tomllib.loads(REASONS.read_text(encoding="utf-8")).get("survivor", [])
    return {(one["function"], one["now"]): one["reason"] for one in found}


def _row(room: str, made: int, alive: int, when: str) -> str:
    return f"| {room} | {made} | {made - alive} | {100 - 100 * alive / max(1, made):.1f} | {when} |"


def _said(change: Change) -> str:
    return f"* {change.function}: `{change.was}` became `{change.now}`"


def _chapter(title: str, lines: list[str]) -> list[str]:
    return [title, "\n".join(lines)] if lines else []
