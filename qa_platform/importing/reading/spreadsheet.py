"""Excel workbooks -> a sheet: stored values, never calculated; merged cells spread downwards."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from qa_platform.importing.reading.sheet import CellFault, FileRefused, Line, Sheet

# A workbook is compressed: what it unpacks to is limited beside what it weighs.
_UNPACKED = 20
_MOST_CELLS = 3_000_000


def read_spreadsheet(content: bytes, sheet: str | None, limit: int) -> Sheet:
    """Return one sheet of a workbook; raises FileRefused where it is no workbook, or too big unpacked."""
    _check(content, limit * _UNPACKED)
    values = _open(content, values=True)
    name = _sheet_name(values, sheet)
    stored, formulas = values[name], _open(content, values=False)[name]
    _check_reach(stored)
    notes: list[str] = []
    lines = _lines(stored, formulas, notes)
    header = _header(lines, notes)
    return Sheet(
        kind="excel",
        encoding="xlsx",
        header_line=lines[header].number,
        columns=_trimmed(lines[header].cells),
        lines=tuple(lines[header + 1 :]),
        notes=(*((f"Sheet “{name}” was read.",) if len(values.sheetnames) > 1 else ()), *notes),
    )


def _check(content: bytes, most: int) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile:
        raise FileRefused(
            "The file was not imported: it begins as a workbook but is cut short or broken. "
            "Open it in the spreadsheet program and save it again."
        ) from None
    if "xl/workbook.xml" not in names:
        raise FileRefused(
            "The file was not imported: it is a packed file but no Excel workbook. Save it as .xlsx or as CSV in UTF-8."
        )
    if unpacked > most:
        raise FileRefused(
            f"The file was not imported: unpacked it holds {unpacked // 1_000_000} MB, more than the limit of "
            f"{most // 1_000_000} MB. Split it, or raise the limit."
        )


def _check_reach(sheet: Worksheet) -> None:
    """Refuse a sheet in which one stray cell far away makes millions of empty ones."""
    if sheet.max_row * sheet.max_column > _MOST_CELLS:
        raise FileRefused(
            f"The file was not imported: sheet “{sheet.title}” reaches to row {sheet.max_row} and column "
            f"{sheet.max_column}, more than {_MOST_CELLS:,} cells. Delete the empty rows and columns at its end, "
            "or save it as CSV in UTF-8."
        )


def _open(content: bytes, *, values: bool) -> Workbook:
    try:
        return load_workbook(io.BytesIO(content), data_only=values)
    except (InvalidFileException, KeyError, ValueError, SyntaxError, zipfile.BadZipFile, OSError):
        raise FileRefused(
            "The file was not imported: the workbook is broken inside. "
            "Open it in the spreadsheet program and save it again."
        ) from None


def _sheet_name(workbook: Workbook, asked: str | None) -> str:
    """Return the sheet that was asked for, or the only one that holds anything."""
    names = [sheet.title for sheet in workbook.worksheets]
    if asked is not None:
        if asked in names:
            return asked
        raise FileRefused(
            f"The file was not imported: it has no sheet “{asked}”. It has {', '.join(f'“{name}”' for name in names)}."
        )
    filled = [sheet.title for sheet in workbook.worksheets if sheet.max_row > 1 or sheet["A1"].value is not None]
    if len(filled) == 1:
        return filled[0]
    if not filled:
        raise FileRefused("The file was not imported: the workbook is empty. Give one with a header and rows.")
    raise FileRefused(
        f"The file was not imported: {len(filled)} sheets hold something "
        f"({', '.join(f'“{name}”' for name in filled)}). Say which one to read."
    )


def _lines(stored: Worksheet, formulas: Worksheet, notes: list[str]) -> list[Line]:
    spread = _merged(stored, notes)
    lines = []
    rows = zip(stored.iter_rows(), formulas.iter_rows(), strict=True)
    for number, (row, formula_row) in enumerate(rows, 1):
        cells: list[str] = []
        faults: list[CellFault] = []
        for column, (cell, formula) in enumerate(zip(row, formula_row, strict=True)):
            place = (number, column + 1)
            cells.append(_text(spread.get(place, cell.value)))
            fault = _fault(cell, formula)
            if fault:
                faults.append(CellFault(column, fault))
        if any(cell.strip() for cell in cells) or faults:
            lines.append(Line(number=number, cells=tuple(cells), faults=tuple(faults)))
    return lines


def _merged(sheet: Worksheet, notes: list[str]) -> dict[tuple[int, int], Any]:
    """Return what cells merged downwards hold: each the value of the first.

    Cells merged sideways keep their one value in the first: it belongs to no other column.
    """
    spread: dict[tuple[int, int], Any] = {}
    for area in sheet.merged_cells.ranges:
        first = sheet.cell(area.min_row, area.min_col).value
        for row in range(area.min_row + 1, area.max_row + 1):
            spread[row, area.min_col] = first
    if spread:
        notes.append(f"{len(spread)} cells merged with the one above them were read as holding its value.")
    return spread


def _fault(cell: Cell | MergedCell, formula: Cell | MergedCell) -> str | None:
    if isinstance(cell, MergedCell) or isinstance(formula, MergedCell):
        return None
    if cell.data_type == "e":
        return f"The cell holds the error {cell.value}, so what stood there is lost."
    if formula.data_type == "f" and cell.value is None:
        return (
            "The cell holds a formula whose result was never stored. "
            "Open the file in a spreadsheet program and save it again."
        )
    return None


def _header(lines: list[Line], notes: list[str]) -> int:
    """Return which line names the columns: the first, save for lone titles above a wider one."""
    widths = [sum(1 for cell in line.cells if cell.strip()) for line in lines]
    if not widths:
        raise FileRefused("The file was not imported: the sheet is empty. Give one with a header and rows.")
    header = next((index for index, width in enumerate(widths[:10]) if width > 1), 0)
    if header:
        notes.append(f"{header} lines above the names of the columns were passed over.")
    return header


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return a header without the nameless columns at its end."""
    last = max((index for index, cell in enumerate(cells) if cell.strip()), default=0)
    return cells[: last + 1]


def _text(value: Any) -> str:  # noqa: ANN401 -- whatever a cell holds
    """Return a stored value as text: whole numbers without a point, dates as ISO 8601."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)
