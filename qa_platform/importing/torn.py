"""Rows that were torn apart or run together: found by how many cells they hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from qa_platform.importing.cells import Kind
from qa_platform.importing.reading import FileRefused, Line, Sheet
from qa_platform.importing.shapes import ColumnHabit

_WIDE = 4


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the columns before reading: kinds by place, and those never empty."""

    kinds: dict[int, Kind]
    required: frozenset[int] = frozenset()


def habits_of(sheet: Sheet, expected: Expected) -> list[ColumnHabit]:
    """Return what each column is to hold, before a row was seen."""
    return [ColumnHabit(expected.kinds.get(column)) for column in range(len(sheet.columns))]


def check_widths(sheet: Sheet, expected: Expected) -> dict[int, str]:
    """Return rows that lack cells by themselves; raises FileRefused where rows were torn or joined."""
    _refuse_joined(sheet)
    width = len(sheet.columns)
    habits = habits_of(sheet, expected)
    broken = {line.number for line in sheet.lines if _broken(line, width, habits, expected)}
    for line, following in pairwise(sheet.lines):
        short = len(line.cells) < width and len(following.cells) < width
        torn = short and bool({line.number, following.number} & broken)
        if torn or _goes_on(line, following, habits):
            raise FileRefused(
                f"The file was not imported: the row on line {line.number} was torn apart and goes on on line "
                f"{following.number} ({_filled(line)} and {_filled(following)} cells where {width} belong). "
                "Mend it, or export the file again with quotation marks around text."
            )
    for line in sheet.lines:
        if len(line.cells) == 1 < width:
            raise FileRefused(
                f"The file was not imported: line {line.number} is a single piece of text, so the row there or beside "
                "it was torn apart. Mend it, take the line out if it is no row, or export the file again."
            )
    return {line.number: wrong_width(line, width) for line in sheet.lines if line.number in broken}


def _refuse_joined(sheet: Sheet) -> None:
    width = len(sheet.columns)
    too_long = [line for line in sheet.lines if overflows(line, width)]
    if len(too_long) > len(sheet.lines) / 2 and too_long[0] is sheet.lines[0]:
        raise FileRefused(
            f"The file was not imported: line {sheet.header_line} names {width} columns, but {len(too_long)} rows "
            f"hold more cells, the first on line {too_long[0].number}. Give every column a name, or take the "
            "extra cells out."
        )
    for line in too_long:
        # In a narrow file that much may come from a separator inside a text.
        if len(line.cells) in (2 * width - 1, 2 * width) and width >= _WIDE:
            raise FileRefused(
                f"The file was not imported: on line {line.number} two rows run together "
                f"({len(line.cells)} cells where {width} belong). Export the file again."
            )


def _goes_on(line: Line, following: Line, habits: Sequence[ColumnHabit]) -> bool:
    """Return whether a row goes on in the next, though both were filled up with empty cells since."""
    width = len(habits)
    together = _filled(line) + _filled(following)
    if max(_filled(line), _filled(following)) >= width or not width <= together <= width + 1:
        return False
    return any(habit.fits(cell) is False for habit, cell in zip(habits, following.cells, strict=False))


def _filled(line: Line) -> int:
    """Return how many cells a row has up to the last that holds something."""
    return max((place + 1 for place, cell in enumerate(line.cells) if cell.strip()), default=0)


def overflows(line: Line, width: int) -> bool:
    """Return whether a row holds something beyond the last column that has a name."""
    return any(cell.strip() for cell in line.cells[width:])


def wrong_width(line: Line, width: int) -> str:
    """Return why a row of another width fails."""
    return f"The row holds {len(line.cells)} cells where {width} belong; a separator may stand inside a text."


def _broken(line: Line, width: int, habits: Sequence[ColumnHabit], expected: Expected) -> bool:
    """Return whether a short row lacks more than empty cells at its end."""
    if len(line.cells) >= width:
        return False
    absent = any(column >= len(line.cells) or not line.cells[column].strip() for column in expected.required)
    return absent or count_odd(line, habits, expected) > 0


def count_odd(line: Line, habits: Sequence[ColumnHabit], expected: Expected) -> int:
    """Return how many cells of a row are not what their column holds."""
    cells = line.cells
    wrong = sum(1 for habit, cell in zip(habits, cells, strict=False) if habit.fits(cell) is False)
    empty = sum(1 for column in expected.required if column < len(cells) and not cells[column].strip())
    return wrong + empty + overflows(line, len(habits))
