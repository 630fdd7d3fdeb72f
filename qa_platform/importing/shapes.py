"""What a cell looks like, and what the cells of a column usually look like."""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from functools import lru_cache

from qa_platform.importing.cells import Kind

_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}")
_DECIMAL = re.compile(r"-?\d{1,3}[.,]\d{1,2}")
_COUNT = re.compile(r"-?\d{1,3}(?:,\d{3})+|-?\d+|\d+(?:\.\d+)?\s*[kKmM]\+?")

# Enough rows to say what a column holds, and how nearly all of them must agree.
_ENOUGH = 20
_NEARLY_ALL = 0.97
_SETTLED = 100
_FEW_WORDS = 12
_ENOUGH_FOR_WORDS = 60


class Shape(StrEnum):
    """What a cell looks like."""

    EMPTY = "nothing"
    URL = "a web address"
    LIST = "a list"
    DATE = "a date"
    DECIMAL = "a decimal number"
    COUNT = "a whole number"
    TEXT = "text"


_ACCEPTS: dict[Kind, frozenset[Shape]] = {
    Kind.TEXT: frozenset({Shape.TEXT, Shape.COUNT, Shape.DECIMAL, Shape.DATE}),
    Kind.WORDS: frozenset({Shape.TEXT}),
    Kind.URL: frozenset({Shape.URL}),
    Kind.LIST: frozenset({Shape.LIST, Shape.TEXT}),
    Kind.LITERAL: frozenset({Shape.LIST}),
    Kind.COUNT: frozenset({Shape.COUNT}),
    Kind.NUMBER: frozenset({Shape.DECIMAL, Shape.COUNT}),
    Kind.MONEY: frozenset({Shape.DECIMAL, Shape.COUNT}),
    Kind.WEEKS: frozenset({Shape.COUNT, Shape.TEXT}),
    Kind.DATE: frozenset({Shape.DATE}),
    Kind.TRUTH: frozenset({Shape.TEXT, Shape.COUNT}),
}
_TEXT_ONLY = frozenset({Shape.TEXT})
_NUMERIC = frozenset({Shape.DECIMAL, Shape.COUNT})


@lru_cache(maxsize=10_000)
def shape(cell: str) -> Shape:
    """Return what a cell looks like."""
    text = cell.strip()
    if not text:
        return Shape.EMPTY
    if text[0] == "[" and text[-1] == "]":
        return Shape.LIST
    for pattern, found in _PATTERNS:
        if pattern.fullmatch(text):
            return found
    return Shape.TEXT


_PATTERNS = ((_URL, Shape.URL), (_DATE, Shape.DATE), (_COUNT, Shape.COUNT), (_DECIMAL, Shape.DECIMAL))


class ColumnHabit:
    """What a column holds: as the profile says, narrowed by what its cells have held so far."""

    def __init__(self, kind: Kind | None) -> None:
        """Begin with what the profile says of the column, None where it says nothing."""
        self._declared = _ACCEPTS[kind] if kind is not None else None
        self._seen: Counter[Shape] = Counter()
        self._words: set[str] | None = set()
        self._accepted = self._declared

    def learn(self, cell: str) -> None:
        """Take one more cell for typical of the column."""
        found = shape(cell)
        if found is Shape.EMPTY:
            return
        self._seen[found] += 1
        if self._words is not None:
            self._words.add(cell.strip())
            if len(self._words) > _FEW_WORDS:
                self._words = None
        # What is usual changes slowly, and counting it for each cell is slow too.
        if self._seen.total() < _SETTLED or self._seen.total() % _SETTLED == 0:
            self._accepted = self._usual()

    def fits(self, cell: str) -> bool | None:
        """Return whether a cell is like the others of the column; None when nothing can be said."""
        found = shape(cell)
        if self._accepted is None or found is Shape.EMPTY:
            return None
        if self.unheard(cell):
            # A new word may be just that.
            return None
        return found in self._accepted

    def unheard(self, cell: str) -> bool:
        """Return whether a cell is a new word in a column of few words."""
        return self._few_words and shape(cell) is Shape.TEXT and cell.strip() not in (self._words or ())

    @property
    def telling(self) -> bool:
        """Return whether a fit means something: free text fits nearly anywhere."""
        return self._few_words or (self._accepted is not None and Shape.TEXT not in self._accepted)

    @property
    def holds(self) -> str:
        """Return what the column holds, in words."""
        return " or ".join(sorted(one.value for one in self._accepted or ()))

    @property
    def _few_words(self) -> bool:
        """Return whether the column has held but a few words, again and again."""
        return bool(self._words) and self._seen.total() >= _ENOUGH_FOR_WORDS and self._accepted == _TEXT_ONLY

    def _usual(self) -> frozenset[Shape] | None:
        total = self._seen.total()
        if total < _ENOUGH:
            return self._declared
        for group in (*(frozenset({one}) for one in Shape), _NUMERIC):
            if sum(self._seen[one] for one in group) >= total * _NEARLY_ALL:
                # A whole number is a decimal one whose fraction is not worth saying.
                return group | {Shape.COUNT} if Shape.DECIMAL in group else group
        return self._declared
