"""Delimited text (CSV, semicolons, tabs) -> a sheet; strict about quotation marks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from qa_platform.importing.reading.encoding import Text
from qa_platform.importing.reading.sheet import FileRefused, Line, Sheet

if TYPE_CHECKING:
    from _csv import Reader

_DELIMITERS = ",;\t|"
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_SAMPLE = 50


def read_delimited(source: Text) -> Sheet:
    """Return the sheet of a delimited text; raises FileRefused where a quotation mark never ends."""
    text, skipped, told = _without_hint(source.text)
    delimiter = told or _delimiter(text)
    records = [Line(number=line.number + skipped, cells=line.cells) for line in _records(text, delimiter, skipped)]
    if not records:
        raise FileRefused("The file was not imported: it is empty. Give a file with a header and at least one row.")
    note = () if delimiter == "," else (f"Cells are separated by {_NAMES.get(delimiter, repr(delimiter))}.",)
    return Sheet(
        kind="csv",
        encoding=source.encoding,
        header_line=records[0].number,
        columns=records[0].cells,
        lines=tuple(records[1:]),
        notes=source.notes + note,
    )


def _without_hint(text: str) -> tuple[str, int, str | None]:
    """Return the text without the line `sep=;` that spreadsheets put first, and what it said."""
    first, _, rest = text.partition("\n")
    hint = first.strip().removeprefix('"').removesuffix('"')
    if len(hint) == len("sep=;") and hint.startswith("sep="):
        return rest, 1, hint[-1]
    return text, 0, None


def _delimiter(text: str) -> str:
    """Return the delimiter with which most of the first rows are as wide as the header."""
    return max(_DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    try:
        widths = [len(cells) for cells in islice(_reader(text, delimiter, strict=False), _SAMPLE) if cells]
    except csv.Error:
        return (0.0, 0)
    if not widths or widths[0] == 1:
        return (0.0, 0)
    return (widths.count(widths[0]) / len(widths), widths[0])


def _records(text: str, delimiter: str, skipped: int) -> Iterator[Line]:
    """Yield the rows that hold anything, each with the physical line on which it begins."""
    # One cell may be as large as the file; the size of the file is limited elsewhere.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    reader = _reader(text, delimiter, strict=True)
    begins = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise FileRefused(
                f"The file was not imported: a quotation mark in the row that begins on line {begins + skipped} "
                f"is not closed properly (noticed on line {reader.line_num + skipped}), so rows were torn apart "
                "or run together there. Mend that row, or export the file again."
            ) from None
        if any(cell.strip() for cell in cells):
            yield Line(number=begins, cells=tuple(cells))
        begins = reader.line_num + 1


def _reader(text: str, delimiter: str, *, strict: bool) -> Reader:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
