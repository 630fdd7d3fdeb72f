"""The part of `docs/process.md` that is made from the deciders: diagrams, tables, refusals."""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Mapping
from typing import Any

from qa_platform.kernel.rejected import Rejected
from tests.rulebook.walk import Walk
from tests.rulebook.words import BEFORE

BEGIN, END = "<!-- made by “make process”: from here -->", "<!-- made by “make process”: to here -->"


def renewed(document: str, rooms: Mapping[str, Mapping[str, Walk]]) -> str:
    """Return the document with its made part as the deciders have it."""
    before, rest = document.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{chapters(rooms)}\n{END}{after}"


def chapters(rooms: Mapping[str, Mapping[str, Walk]]) -> str:
    """Return a chapter for each room, in the order of the journey."""
    return "\n".join(_chapter(room, walks) for room, walks in rooms.items())


def diagram(walk: Walk) -> str:
    """Return the moves between states as a Mermaid diagram; what stays in a state is in the table alone."""
    names = {state: "[*]" if state == BEFORE else re.sub(r"\W", "_", state) for state in walk.states}
    arrows: dict[tuple[str, str], list[str]] = {}
    for (here, command), goals in sorted(walk.moves.items(), key=lambda move: walk.states.index(move[0][0])):
        for goal in sorted(goals - {here}, key=walk.states.index):
            arrows.setdefault((here, goal), []).append(command)
    lines = [
        f"    {names[here]} --> {names[goal]} : {', '.join(commands)}" for (here, goal), commands in arrows.items()
    ]
    if walk.states[0] != BEFORE:
        lines.insert(0, f"    [*] --> {names[walk.states[0]]}")
    ends = [f"    {names[state]} --> [*]" for state in walk.ends]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, *ends, "```"])


def _chapter(room: str, walks: Mapping[str, Walk]) -> str:
    sign = (inspect.getdoc(importlib.import_module(f"qa_platform.{room}")) or "").split("\n")[0]
    parts = [f"## {room.capitalize()}\n\n{sign}\n"]
    for title, walk in walks.items():
        heading = f"### {title.capitalize()}\n\n" if len(walks) > 1 else ""
        parts.append(f"{heading}{diagram(walk)}\n\n{_commands(walk)}\n\n{_refusals(room, walk)}\n")
    return "\n".join(parts)


def _commands(walk: Walk) -> str:
    rows = ["| In | What is asked | Leads to | Recorded as |", "| --- | --- | --- | --- |"]
    for (states, goals), commands in walk.grouped().items():
        for command in commands:
            names = sorted({name for here in states for name in walk.events[here, command]})
            recorded = ", ".join(f"`{name}`" for name in names)
            rows.append(f"| {walk.where(states)} | {command} | {', '.join(goals)} | {recorded} |")
    return "\n".join(rows)


def _refusals(room: str, walk: Walk) -> str:
    # Two rooms may have a refusal of one name: the own one is meant, or that which all share.
    known = _reasons(Rejected, "")
    for own in ("qa_platform.kernel.", f"qa_platform.{room}."):
        known |= _reasons(Rejected, own)
    if not walk.refusals:
        return "Nothing is ever refused here."
    rows = [f"| {name} | {known[name]} | {', '.join(sorted(of))} |" for name, of in sorted(walk.refusals.items())]
    return "\n".join(["| Refusal | Why | Of |", "| --- | --- | --- |", *rows])


def _reasons(refusal: type[Any], module: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in refusal.__subclasses__():
        if one.__module__.startswith(module):
            found[one.__name__] = (inspect.getdoc(one) or "").split("\n")[0]
        found |= _reasons(one, module)
    return found
