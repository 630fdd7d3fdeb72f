"""What every kind of file becomes: named columns, rows of text, and the line each row stands on."""

from __future__ import annotations

import msgspec

from qa_platform.kernel.rejected import Rejected


class FileRefused(Rejected):
    """The file as a whole cannot be read with certainty, so nothing of it is imported."""


class CellFault(msgspec.Struct, frozen=True):
    """A cell that could not be read; `column` counts from 0."""

    column: int
    message: str


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One row: its cells as text, and its physical line (CSV, JSON) or row number (Excel)."""

    number: int
    cells: tuple[str, ...]
    faults: tuple[CellFault, ...] = ()


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A file as read: `kind` is csv, excel or json; `notes` are sentences for the report.

    Bytes that are no text in the file's encoding stand as lone surrogates (U+DC80 to U+DCFF),
    so that nothing downstream can take them for letters.
    """

    kind: str
    encoding: str
    header_line: int
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()


def column_label(columns: tuple[str, ...], column: int) -> str:
    """Return the name under which a report speaks of a column: its own, else its place."""
    name = columns[column].strip() if column < len(columns) else ""
    return name or f"column {column + 1}"
