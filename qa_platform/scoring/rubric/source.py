"""The YAML of a rubric, piece by piece: what is read knows its line, and what is wrong is noted.

A piece that is wrong gives a stand-in (nothing, zero, no) and a fault, so that one reading finds
every fault of a file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from qa_platform.kernel.rejected import Fault, Rejected

_TAG = "tag:yaml.org,2002:"
_NUMBER = re.compile(r"(0|[1-9][0-9]{0,5})(\.[0-9]{1,6})?")
_SHOWN = 40


class RubricInvalid(Rejected):
    """The text is no rubric; `faults` names each thing that is wrong, with file, line and criterion."""

    def __init__(self, file: str, faults: tuple[Fault, ...]) -> None:
        """Say how much is wrong, then every fault on a line of its own."""
        count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
        listed = "\n".join(fault.message for fault in faults)
        super().__init__(f"“{file}” cannot be used as a rubric: it has {count}. Correct the file.\n{listed}", faults)


@dataclass
class Faults:
    """What is wrong with a file, as it comes to light, and the line where each piece stands."""

    file: str
    found: list[tuple[int, Fault]] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def note(self, path: str, what: str, *, line: int | None = None, criterion: str | None = None) -> None:
        """Note a fault at a piece, or at a given line."""
        at = line or self.line(path)
        place = f"{self.file}, line {at}" + (f", criterion {criterion}" if criterion else "")
        self.found.append((at, Fault(path, f"{place}: {what}.")))

    def line(self, path: str) -> int:
        """Return the line of a piece; that of the piece around it when it is missing."""
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        return self.lines.get(path, 1)

    def wrong(self, ending: str) -> bool:
        """Return whether a fault was noted at a piece whose path ends like this."""
        return any(fault.field.endswith(ending) for _, fault in self.found)

    def wrong_at(self, *paths: str) -> bool:
        """Return whether a fault was noted at one of these very pieces."""
        return any(fault.field in paths for _, fault in self.found)

    def refuse(self) -> None:
        """Raise RubricInvalid with every fault, in the order of the lines, if there is one."""
        if self.found:
            raise RubricInvalid(self.file, tuple(fault for _, fault in sorted(self.found, key=lambda each: each[0])))


@dataclass(frozen=True)
class Piece:
    """One piece of the file: a node, its dotted path, and the criterion around it."""

    node: Node | None
    path: str
    faults: Faults
    criterion: str | None = None

    def __post_init__(self) -> None:
        """Remember the line of the piece."""
        if self.node is not None and self.path not in self.faults.lines:
            self.faults.lines[self.path] = self.node.start_mark.line + 1

    @property
    def name(self) -> str:
        """Return what the piece is called in a message."""
        steps = [step for step in self.path.split(".") if step and not step.isdigit()] or ["file"]
        told = f"{steps[-2]} ({steps[-1]})" if steps[-1] in {"en", "ms"} and len(steps) > 1 else steps[-1]
        return told.replace("_", " ")

    def of_criterion(self) -> Piece:
        """Return the piece as that of the criterion whose id it holds, so that its faults name it."""
        nodes = [node for key, node in self._pairs() if key.value == "id" and isinstance(node, ScalarNode)]
        return replace(self, criterion=_short(nodes[0].value)) if nodes else self

    def wrong(self, what: str) -> None:
        """Note what is wrong with the piece."""
        self.faults.note(self.path, what, criterion=self.criterion)

    def parts(self, *known: str, optional: tuple[str, ...] = ()) -> dict[str, Piece]:
        """Return the parts of a mapping by key; each known key is there, empty if it was missing."""
        parts = {key: Piece(None, self._path(key), self.faults, self.criterion) for key in (*known, *optional)}
        if self.node is None:
            return parts
        if not isinstance(self.node, MappingNode):
            self.wrong(f"the {self.name} is not a mapping; write it as “key: value” lines")
            return parts
        given = self._given(set(parts))
        for key in known:
            if key not in given:
                parts[key].wrong(f"the {parts[key].name} is missing; add “{key}:”")
        return parts | given

    def numbered(self) -> dict[int, Piece]:
        """Return the parts of a mapping whose keys are whole numbers."""
        if not isinstance(self.node, MappingNode):
            if self.node is not None:
                self.wrong(f"the {self.name} is not a mapping from score to text")
            return {}
        given = self._given(None)
        for key, part in given.items():
            if not re.fullmatch(r"[0-9]", key):
                part.wrong(f"“{_short(key)}” is not a score; write a whole number such as 3")
        return {int(key): part for key, part in given.items() if re.fullmatch(r"[0-9]", key)}

    def items(self, *, empty: bool = False) -> list[Piece]:
        """Return the items of a list; an empty one is a fault unless allowed."""
        if self.node is None:
            return []
        if not isinstance(self.node, SequenceNode):
            self.wrong(f"the {self.name} is not a list; write each item on a line that starts with “- ”")
            return []
        if not self.node.value and not empty:
            self.wrong(f"there is nothing in the {self.name}; add at least one item")
        return [Piece(each, self._path(str(n)), self.faults, self.criterion) for n, each in enumerate(self.node.value)]

    def text(self, *, form: str = "", such_as: str = "") -> str:
        """Return words; blank ones are a fault, and so are words that lack a form."""
        value = self._scalar("str", "text", "put it in quotes")
        if value is None:
            return ""
        if not value.strip():
            self.wrong(f"the {self.name} is empty; write it out")
        elif form and not re.fullmatch(form, value):
            self.wrong(f"the {self.name} “{_short(value)}” is not of the right form; write it like “{such_as}”")
        return value

    def choice(self, *known: str) -> str:
        """Return one of the words that are known here."""
        value = self.text()
        if value and value not in known:
            self.wrong(f"the {self.name} “{_short(value)}” is not known; choose one of {', '.join(known)}")
        return value

    def number(self) -> Decimal:
        """Return an exact number, written as a quoted decimal."""
        node = self.node
        if isinstance(node, ScalarNode) and node.tag in {f"{_TAG}int", f"{_TAG}float"}:
            self.wrong(f"the {self.name} {_short(node.value)} is not quoted; write it as a quoted decimal such as '5'")
            return Decimal(0)
        value = self._scalar("str", "a number", "write it as a quoted decimal such as '5'")
        if value is None:
            return Decimal(0)
        if not _NUMBER.fullmatch(value):
            what = f"the {self.name} “{_short(value)}” is not a number"
            self.wrong(f"{what}; write it as a quoted decimal such as '5'")
            return Decimal(0)
        return Decimal(value)

    def whole(self) -> int:
        """Return a small whole number."""
        value = self._scalar("int", "a whole number", "write it without quotes, such as 3")
        if value is not None and not re.fullmatch(r"[0-9]{1,3}", value):
            self.wrong(f"the {self.name} “{_short(value)}” is not a small whole number; write it such as 3")
            value = None
        return int(value or 0)

    def flag(self) -> bool:
        """Return yes or no."""
        value = self._scalar("bool", "yes or no", "write true or false")
        return value is not None and value.lower() == "true"

    def _given(self, known: set[str] | None) -> dict[str, Piece]:
        given: dict[str, Piece] = {}
        for key_node, node in self._pairs():
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in given:
                what = f"“{_short(key)}” stands twice; keep one of them"
                self.faults.note(self._path(key), what, line=line, criterion=self.criterion)
            elif known is not None and key not in known:
                what = f"“{_short(key)}” is not known here; the keys are {', '.join(sorted(known))}"
                self.faults.note(self._path(key), what, line=line, criterion=self.criterion)
            else:
                given[key] = Piece(node, self._path(key), self.faults, self.criterion)
        return given

    def _pairs(self) -> list[tuple[Node, Node]]:
        pairs: list[tuple[Any, Any]] = self.node.value if isinstance(self.node, MappingNode) else []
        return pairs

    def _scalar(self, kind: str, what: str, remedy: str) -> str | None:
        if self.node is None:
            return None
        if isinstance(self.node, ScalarNode) and self.node.tag == f"{_TAG}{kind}":
            return str(self.node.value)
        if isinstance(self.node, ScalarNode) and self.node.tag == f"{_TAG}null":
            self.wrong(f"the {self.name} is empty; write it out")
            return None
        shown = f" “{_short(self.node.value)}”" if isinstance(self.node, ScalarNode) else ""
        self.wrong(f"the {self.name}{shown} is not {what}; {remedy}")
        return None

    def _path(self, step: str) -> str:
        return f"{self.path}.{step}" if self.path else step


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
