"""One cell of text -> a value; raises CellUnreadable, with the reason, rather than guess."""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

LONGEST = 100_000  # characters; a cell beyond that is no cell but a file
_LONGEST_LIST = 20_000

_COUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?\s*([kKmM]?)\+?")
_MONEY = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_WEEKS = re.compile(r"(\d{1,3})\s*(?:weeks?|minggu)?", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s/<>\"]+\.[^\s<>\"]+", re.IGNORECASE)
_TRUTHS = {
    **dict.fromkeys(("true", "yes", "y", "1", "ya"), True),
    **dict.fromkeys(("false", "no", "n", "0", "tidak"), False),
}


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    WORDS = "words"  # text from a small set
    URL = "url"
    LIST = "list"  # items parted by a separator, or a literal
    LITERAL = "literal"  # ['one', 'two'], as Python and JSON write a list
    COUNT = "count"
    NUMBER = "number"
    MONEY = "money"
    WEEKS = "weeks"
    DATE = "date"
    TRUTH = "truth"


class CellUnreadable(Exception):
    """A cell does not hold what its column holds; the message says what it is instead."""


def line_of_text(cell: str) -> str:
    """Return a text on one line: blanks of any kind are one blank, none at the ends."""
    return " ".join(cell.split())


def read_value(cell: str, kind: Kind, separator: str | None = None) -> Any:  # noqa: ANN401 -- one type a kind
    """Return what a cell says; blank cells are the caller's business."""
    if kind is Kind.LITERAL and not cell.strip().startswith("["):
        raise CellUnreadable(f"“{cell.strip()[:60]}” is no list such as ['one', 'two'].")
    if kind in {Kind.LIST, Kind.LITERAL}:
        return read_list(cell, separator)
    return _READERS[kind](line_of_text(cell))


def read_list(cell: str, separator: str | None = None) -> list[str]:
    """Return the items of a list literal (Python or JSON), or of a text with a separator; each once."""
    text = cell.strip()
    items: Iterable[Any] = _literal(text) if text.startswith("[") else text.split(separator or ";")
    once: dict[str, str] = {}
    for item in items:
        if not isinstance(item, str | int):
            raise CellUnreadable("The list holds something that is neither text nor a number.")
        word = line_of_text(str(item))
        if word:
            once.setdefault(word.casefold(), word)
    return list(once.values())


def _literal(text: str) -> list[Any]:
    if len(text) > _LONGEST_LIST:
        raise CellUnreadable(f"The list is {len(text):,} characters long; at most {_LONGEST_LIST:,} are read.")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = _python_literal(text)
    if not isinstance(found, list):
        raise CellUnreadable("This is no list.")
    return found


def _python_literal(text: str) -> Any:  # noqa: ANN401 -- whatever stands there
    try:
        with warnings.catch_warnings():
            # A stray backslash is a matter for whoever wrote the file, not for our log.
            warnings.simplefilter("ignore")
            return ast.literal_eval(text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        raise CellUnreadable("This begins like a list but does not end like one, so it was cut off.") from None


def _text(cell: str) -> str:
    return cell


def _url(cell: str) -> str:
    if not _URL.fullmatch(cell):
        raise CellUnreadable(f"“{cell[:60]}” is no web address; one begins with https://.")
    return cell


def _count(cell: str) -> int:
    found = _COUNT.fullmatch(cell)
    whole, part, unit = found.groups() if found else ("", "", "")
    # 4.7 is no count; 39.2k is one, rounded by whoever wrote it.
    if not found or (part and not unit):
        raise CellUnreadable(f"“{cell[:60]}” is no whole number.")
    factor = {"": 1, "k": 1_000, "m": 1_000_000}[unit.lower()]
    return int(Decimal(f"{whole.replace(',', '')}.{part or 0}") * factor)


def _number(cell: str) -> Decimal:
    if not _NUMBER.fullmatch(cell):
        raise CellUnreadable(f"“{cell[:60]}” is no number such as 4.5.")
    return Decimal(cell)


def _money(cell: str) -> int:
    found = _MONEY.fullmatch(cell)
    if not found:
        raise CellUnreadable(f"“{cell[:60]}” is no amount such as 1,200.50.")
    whole, sen = found.groups()
    return int(whole.replace(",", "")) * 100 + int((sen or "0").ljust(2, "0"))


def _weeks(cell: str) -> int:
    found = _WEEKS.fullmatch(cell)
    if not found:
        # “3 - 6 Months” is not 13 weeks, nor 26: nobody said so.
        raise CellUnreadable(f"“{cell[:60]}” is no exact number of weeks; nothing was made of it.")
    return int(found[1])


def _date(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise CellUnreadable(f"“{cell[:60]}” is no date such as 2026-03-31.") from None


def _truth(cell: str) -> bool:
    if cell.casefold() not in _TRUTHS:
        raise CellUnreadable(f"“{cell[:60]}” is neither yes nor no.")
    return _TRUTHS[cell.casefold()]


_READERS: dict[Kind, Callable[[str], Any]] = {
    Kind.TEXT: _text,
    Kind.WORDS: _text,
    Kind.URL: _url,
    Kind.COUNT: _count,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.WEEKS: _weeks,
    Kind.DATE: _date,
    Kind.TRUTH: _truth,
}
