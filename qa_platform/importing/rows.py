"""One row of a sheet -> what it says about a course; what is wrong with it is said cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from qa_platform.importing.cells import LONGEST, CellUnreadable, Kind, line_of_text, read_value
from qa_platform.importing.damage import examine, readable
from qa_platform.importing.matching import restored
from qa_platform.importing.profile import PROVIDER, REFERENCE, TITLES, Column, kind_of
from qa_platform.importing.reading import Line
from qa_platform.importing.report import Finding, Repair

# Without these nobody knows whose course it is, or which: their cells fail the row.
TELLING = frozenset({PROVIDER, REFERENCE, "course_page_url", *TITLES})


class Use(msgspec.Struct, frozen=True, kw_only=True):
    """A column that is used: its place and name in the file, its field, and what it holds."""

    place: int
    label: str
    field: str
    column: Column

    @property
    def kind(self) -> Kind:
        """Return what its cells hold."""
        return kind_of(self.column) or Kind.TEXT


class Row(msgspec.Struct, kw_only=True):
    """What a row says, by field, and what there is to report about it."""

    line: int
    values: dict[str, Any]
    provider_as_written: str
    failed: list[Finding]
    left_out: list[Finding]
    damaged: list[Finding]
    repairs: list[Repair]


class RowReader:
    """Reads rows by the columns in use."""

    def __init__(self, uses: Iterable[Use], known_providers: Iterable[str], *, accept_damaged: bool) -> None:
        """Take the columns in use, and names that may restore a provider's name that lost letters."""
        self._uses = tuple(uses)
        self._known = tuple(known_providers)
        self._accept_damaged = accept_damaged

    def read(self, line: Line, foreign: Mapping[tuple[int, int], str]) -> Row:
        """Return what a row says; `foreign` are cells, by line and place, that belong elsewhere."""
        row = Row(line=line.number, values={}, provider_as_written="", failed=[], left_out=[], damaged=[], repairs=[])
        faults = {fault.column: fault.message for fault in line.faults}
        for use in self._uses:
            cell = line.cells[use.place] if use.place < len(line.cells) else ""
            wrong = faults.get(use.place) or (foreign.get((line.number, use.place)) if cell.strip() else None)
            if wrong is None and len(cell) > LONGEST:
                wrong = f"The cell holds {len(cell):,} characters; at most {LONGEST:,} are read."
            if wrong is not None:
                self._refuse(row, use, wrong)
            elif cell.strip():
                self._take(row, use, cell)
        return row

    def _take(self, row: Row, use: Use, cell: str) -> None:
        if use.field == PROVIDER:
            row.provider_as_written = readable(cell)
        cell = use.column.values.get(cell.strip(), cell)
        try:
            if use.kind in {Kind.LIST, Kind.LITERAL}:
                value: Any = self._list(row, use, cell)
            elif use.kind in {Kind.TEXT, Kind.WORDS}:
                value = self._text(row, use, line_of_text(cell))
            else:
                value = read_value(cell, use.kind)
        except CellUnreadable as unreadable:
            self._refuse(row, use, str(unreadable))
            return
        if value not in (None, "", []):
            row.values[use.field] = value

    def _text(self, row: Row, use: Use, text: str) -> str | None:
        damage = examine(text)
        if damage is None:
            return line_of_text(text)
        after = damage.after
        if after is None and use.field == PROVIDER:
            after = restored(readable(text), self._known)
        if after is not None:
            row.repairs.append(
                Repair(line=row.line, column=use.label, before=readable(text), after=after, cause=damage.cause)
            )
            return line_of_text(after)
        return self._damaged(row, use, text, damage.cause)

    def _list(self, row: Row, use: Use, cell: str) -> list[str]:
        items: list[str] = read_value(cell, use.kind, use.column.separator)
        mapped = (use.column.values.get(item, item) for item in items)
        read = (self._text(row, use, item) for item in mapped)
        return list(dict.fromkeys(item for item in read if item))

    def _damaged(self, row: Row, use: Use, text: str, cause: str) -> str | None:
        """Return a damaged text only if damaged ones are wanted; else it fails its row, or is left out."""
        shown = f"“{readable(text)[:80]}” cannot be read with certainty: {cause}."
        if self._accept_damaged:
            row.damaged.append(Finding(line=row.line, column=use.label, message=shown))
            return line_of_text(readable(text))
        self._refuse(row, use, shown)
        return None

    def _refuse(self, row: Row, use: Use, message: str) -> None:
        found = row.failed if use.field in TELLING else row.left_out
        found.append(Finding(line=row.line, column=use.label, message=message))
