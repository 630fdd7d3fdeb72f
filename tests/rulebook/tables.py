"""The table of states and commands on the door of each room, as its deciders have it."""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from pathlib import Path

from tests.rulebook.walk import Walk

_WIDTH = 118
_TABLE = re.compile(r"(?:^\|.*\n)+\n?", re.MULTILINE)


def door(room: str) -> Path:
    """Return the file whose docstring is the sign on the door of a room."""
    path = importlib.import_module(f"qa_platform.{room}").__file__
    assert path is not None
    return Path(path)


def table(title: str, walk: Walk) -> str:
    """Return what can be asked in each state and where it leads; what a state refuses is not in it."""
    rows = [
        row
        for (states, goals), commands in walk.grouped().items()
        for row in _rows(walk.where(states), commands, ", ".join(goals))
    ]
    if walk.ends:
        rows.append(f"| {', '.join(walk.ends)} | nothing | |")
    return "\n".join([f"| {title.capitalize()} | Command | Leads to |", "| --- | --- | --- |", *rows, ""])


def signed(text: str, walks: Mapping[str, Walk]) -> str:
    """Return the text of a door with the tables that are true in the place of those it has."""
    sign, rest = text.split('"""', 2)[1:]
    words = _TABLE.sub("", sign).rstrip()
    tables = "\n".join(table(title, walk) for title, walk in walks.items())
    return f'"""{words}\n\n{tables}"""{rest}'


def _rows(states: str, commands: list[str], goals: str) -> list[str]:
    rows, held = [], commands[:1]
    for command in commands[1:]:
        if len(f"| {states} | {', '.join([*held, command])} | {goals} |") > _WIDTH:
            rows.append(held)
            held = []
        held = [*held, command]
    return [f"| {states} | {', '.join(names)} | {goals} |" for names in [*rows, held]]
