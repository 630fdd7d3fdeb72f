"""Columns that slipped from some row on: found by what stands where it should not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from qa_platform.importing.reading import FileRefused, Line, Sheet, column_label
from qa_platform.importing.shapes import ColumnHabit, Shape, shape
from qa_platform.importing.torn import Expected, check_widths, count_odd, habits_of, overflows, wrong_width

_FURTHEST = 3
# A few rows that fit nowhere fail by themselves; so many one after the other are no accident.
_SLIPPED_RUN = 3
_STRANGE_RUN = 5
# By then it is plain what a column holds.
_LEARNED_FROM = 2_000


class Slip(msgspec.Struct, frozen=True, kw_only=True):
    """A row whose cells stand `by` columns too far right (or left, below 0) from `column` on."""

    line: int
    column: int
    by: int


class Doubts(msgspec.Struct, frozen=True, kw_only=True):
    """What cannot be trusted: rows by line, and single cells by line and column, with why."""

    rows: dict[int, str] = {}
    cells: dict[tuple[int, int], str] = {}


class _Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be thought of one row; `foreign` are cells that are plainly another column's."""

    line: Line
    slip: Slip | None
    strange: bool
    foreign: dict[int, str]


def check_rows(sheet: Sheet, expected: Expected) -> Doubts:
    """Return what cannot be trusted of a sheet whose rows can be trusted on the whole.

    Raises FileRefused, naming the row where it went wrong, when rows were torn apart or run
    together, or when columns slipped.
    """
    width = len(sheet.columns)
    short = check_widths(sheet, expected)
    lines = [line for line in sheet.lines if line.number not in short]
    verdicts = list(_unless_runs(_verdicts(lines, sheet, expected), sheet, len(lines)))
    rows = dict(short)
    for verdict in verdicts:
        if verdict.slip is not None:
            rows[verdict.line.number] = _row_slipped(sheet, verdict.slip)
        elif overflows(verdict.line, width):
            rows[verdict.line.number] = wrong_width(verdict.line, width)
    cells = {(one.line.number, column): why for one in verdicts for column, why in one.foreign.items()}
    return Doubts(rows=rows, cells=cells)


def _verdicts(lines: Sequence[Line], sheet: Sheet, expected: Expected) -> Iterator[_Verdict]:
    """Yield a verdict for each row, by what the columns are to hold and held in the rows above."""
    habits = habits_of(sheet, expected)
    for number, line in enumerate(lines):
        odd = count_odd(line, habits, expected)
        foreign = _foreign(line, habits) if odd else {}
        new = any(habit.unheard(cell) for habit, cell in zip(habits, line.cells, strict=False))
        slip = _slip(line, habits, odd, expected.required) if odd or new else None
        strange = odd > 1 or bool(foreign) or overflows(line, len(habits))
        yield _Verdict(line=line, slip=slip, strange=strange, foreign=foreign)
        if not odd and slip is None and number < _LEARNED_FROM:
            for habit, cell in zip(habits, line.cells, strict=False):
                habit.learn(cell)


def _unless_runs(verdicts: Iterable[_Verdict], sheet: Sheet, count: int) -> Iterator[_Verdict]:
    """Yield the verdicts; refuse the sheet where several rows running have slipped, or fit nowhere."""
    run: list[_Verdict] = []
    for index, verdict in enumerate(verdicts):
        run = [*run, verdict] if verdict.slip or verdict.strange else []
        slips = [one.slip for one in run if one.slip is not None]
        enough = 2 if index == count - 1 else _SLIPPED_RUN
        if len(slips) >= enough or (slips and len(run) >= _STRANGE_RUN):
            raise FileRefused(_slipped(sheet, run[0].line.number, slips[0]))
        if len(run) >= _STRANGE_RUN:
            raise FileRefused(_unlike(run[0].line.number))
        yield verdict


def _foreign(line: Line, habits: Sequence[ColumnHabit]) -> dict[int, str]:
    """Return cells that are plainly another column's: an address for a number, a list for a title."""
    return {
        column: f"This is {shape(cell).value}, where the column holds {habit.holds}."
        for column, (habit, cell) in enumerate(zip(habits, line.cells, strict=False))
        if habit.fits(cell) is False and shape(cell) is not Shape.TEXT
    }


def _slip(line: Line, habits: Sequence[ColumnHabit], odd: int, required: frozenset[int]) -> Slip | None:
    """Return the slip that explains a row better than standing where it stands, if there is one."""
    best: tuple[int, Slip] | None = None
    for by in (step for size in range(1, _FURTHEST + 1) for step in (size, -size)):
        # The last column that explains it: what stands before it stands right.
        for column in reversed(range(len(habits))):
            gained, lost = _weigh(line.cells, habits, required, column, by)
            # Two cells must come right, and next to none may come out wrong.
            explains = gained >= 2 and (lost == 0 or lost <= min(odd - 2, gained // 3))  # noqa: PLR2004 -- said above
            if explains and (best is None or gained - 2 * lost > best[0]):
                best = (gained - 2 * lost, Slip(line=line.number, column=column, by=by))
    return best[1] if best else None


def _weigh(
    cells: tuple[str, ...], habits: Sequence[ColumnHabit], required: frozenset[int], column: int, by: int
) -> tuple[int, int]:
    """Return how many cells come right, and how many wrong, if the row slipped from a column on."""
    gained = lost = 0
    for place, habit in enumerate(habits):
        here = habit.fits(cells[place]) if place < len(cells) else None
        if place in required and not "".join(cells[place : place + 1]).strip():
            here = False
        if place < column:
            lost += here is False
            continue
        there = habit.fits(cells[place + by]) if 0 <= place + by < len(cells) else None
        lost += there is False
        gained += there is True and (here is False or (here is None and habit.telling))
    return gained, lost


def _slipped(sheet: Sheet, line: int, slip: Slip) -> str:
    return (
        f"The file was not imported: from line {line} on its columns have slipped. There the cells from "
        f"“{column_label(sheet.columns, slip.column)}” on, if not before, stand {_far(slip.by)}. "
        "Move them back where they belong, or export the file again."
    )


def _row_slipped(sheet: Sheet, slip: Slip) -> str:
    return f"The cells from “{column_label(sheet.columns, slip.column)}” on stand {_far(slip.by)}."


def _far(by: int) -> str:
    count = abs(by)
    return f"{count} column{'s' if count > 1 else ''} too far {'right' if by > 0 else 'left'}"


def _unlike(line: int) -> str:
    return (
        f"The file was not imported: from line {line} on several columns no longer hold what they held above. "
        "Look at that row; columns may have been exchanged. Export the file again."
    )
