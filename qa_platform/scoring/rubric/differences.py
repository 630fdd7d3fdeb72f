"""What differs between two versions of a rubric: criterion by criterion, and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal

import msgspec

from qa_platform.scoring.rubric.structure import Criterion, Rubric

Kind = Literal["same", "removed", "added"]
Fate = Literal["added", "removed", "changed"]
_WORDS = re.compile(r"\s+|\S+")


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Words that both texts have, or only the one before, or only the one after."""

    kind: Kind
    text: str


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a criterion: it is new, it is gone, or its words or rules are others.

    `title` and `text` by language are the pieces of both versions; `rules` names what else of it changed.
    """

    criterion: str
    fate: Fate
    title: dict[str, tuple[Piece, ...]] = {}
    text: dict[str, tuple[Piece, ...]] = {}
    rules: tuple[str, ...] = ()


def differences(before: Rubric, after: Rubric) -> tuple[Difference, ...]:
    """Return what differs, in the order of the version after; what is gone comes last."""
    old = {criterion.id: criterion for criterion in before.criteria}
    found = [_between(old.get(criterion.id), criterion) for criterion in after.criteria]
    there = {criterion.id for criterion in after.criteria}
    gone = [Difference(criterion=one.id, fate="removed", title=_whole(one, "removed")) for one in before.criteria]
    return (*(one for one in found if one is not None), *(one for one in gone if one.criterion not in there))


def _between(before: Criterion | None, after: Criterion) -> Difference | None:
    if before is None:
        return Difference(criterion=after.id, fate="added", title=_whole(after, "added"))
    rules = tuple(name for name in _RULES if getattr(before, name) != getattr(after, name))
    if before.title == after.title and before.text == after.text and not rules:
        return None
    return Difference(
        criterion=after.id,
        fate="changed",
        title={language: _pieces(before.title.into(language), after.title.into(language)) for language in _LANGUAGES},
        text={language: _pieces(before.text.into(language), after.text.into(language)) for language in _LANGUAGES},
        rules=rules,
    )


_LANGUAGES = ("en", "ms")
_RULES = (
    "area", "evidence", "anchors", "weight", "must_pass", "conditionable", "not_applicable", "applies_to", "maps_to"
)  # fmt: skip


def _whole(criterion: Criterion, kind: Kind) -> dict[str, tuple[Piece, ...]]:
    return {language: (Piece(kind=kind, text=criterion.title.into(language)),) for language in _LANGUAGES}


def _pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return two texts as one, word by word."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    return tuple(_merged(SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes(), old, new))


def _merged(steps: Sequence[tuple[str, int, int, int, int]], old: list[str], new: list[str]) -> Iterator[Piece]:
    for step, first, last, start, end in steps:
        if step == "equal":
            yield Piece(kind="same", text="".join(new[start:end]))
            continue
        if last > first:
            yield Piece(kind="removed", text="".join(old[first:last]))
        if end > start:
            yield Piece(kind="added", text="".join(new[start:end]))
