"""What a mutant changed, read from the copy in which all of them stand beside the original."""

from __future__ import annotations

import ast
import difflib
from functools import cache
from pathlib import Path
from typing import NamedTuple

# So many letters before and after a change are told with it.
_CONTEXT = 40


class Change(NamedTuple):
    """A change: in which room and function, what was written there, and what a mutant has instead."""

    room: str
    function: str
    was: str
    now: str

    @property
    def key(self) -> tuple[str, str]:
        """Return what tells it from other changes."""
        return self.function, self.now


def change_of(mutant: str, copy: Path) -> Change:
    """Return what a mutant changed."""
    before, after = (ast.unparse(tree).splitlines() for tree in _sides(mutant, copy))
    lines = list(difflib.ndiff(before, after))
    was, now = _near(*(" ".join(line[2:].strip() for line in lines if line.startswith(sign)) for sign in "-+"))
    module, _, name = mutant.rpartition(".")
    function = name.partition("__mutmut_")[0].removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    return Change(module.split(".")[1], f"{module.removeprefix('qa_platform.')}.{function}", was, now)


def matters(mutant: str, copy: Path) -> bool:
    """Return whether a mutant changes a rule: not the words of a sentence alone, nor what no type lets happen."""
    return not _alike(*_sides(mutant, copy))


def _near(was: str, now: str) -> tuple[str, str]:
    """Return two texts without what they have in common at the ends, but for a little."""
    begin = _common(was, now)
    end = _common(was[begin:][::-1], now[begin:][::-1])
    from_, to = max(0, begin - _CONTEXT), max(0, end - _CONTEXT)
    return was[from_ : len(was) - to], now[from_ : len(now) - to]


def _common(one: str, other: str) -> int:
    """Return how many letters two texts begin with alike."""
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _sides(mutant: str, copy: Path) -> tuple[ast.FunctionDef, ast.FunctionDef]:
    module, _, name = mutant.rpartition(".")
    path = copy.joinpath(*module.split("."))
    functions = _functions(path / "__init__.py" if path.is_dir() else path.with_suffix(".py"))
    return functions[f"{name.partition('__mutmut_')[0]}__mutmut_orig"], functions[name]


@cache
def _functions(path: Path) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name: _without_name(node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def _without_name(function: ast.FunctionDef) -> ast.FunctionDef:
    return ast.FunctionDef(**{**vars(function), "name": "changed"})


def _alike(before: object, after: object) -> bool:
    if _is_sentence(before):
        return isinstance(after, ast.Constant | ast.JoinedStr)
    if isinstance(before, ast.AST) and isinstance(after, ast.AST):
        if _never_happens(before) and _never_happens(after):
            return True
        fields = before._fields if type(before) is type(after) else ()
        return bool(fields or ast.dump(before) == ast.dump(after)) and all(
            _alike(getattr(before, name, None), getattr(after, name, None)) for name in fields
        )
    if isinstance(before, list) and isinstance(after, list):
        one, other = ([each for each in side if not _never_happens(each)] for side in (before, after))
        return len(one) == len(other) and all(map(_alike, one, other))
    return before == after


def _is_sentence(node: object) -> bool:
    words = isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip()
    return words or isinstance(node, ast.JoinedStr)


def _never_happens(node: object) -> bool:
    """Return whether a statement, or a case of nothing else, says that no type gets here."""
    if isinstance(node, ast.match_case):
        return all(map(_never_happens, node.body))
    call = node.value if isinstance(node, ast.Expr) else None
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "assert_never"
