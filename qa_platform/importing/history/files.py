"""A folder with `actions.csv` and `records.csv`, packed by gzip or not -> sheets, and the digest of each file."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from pathlib import Path

import msgspec

from qa_platform.accreditations.imports import ACTION_COLUMNS
from qa_platform.importing.cells import Kind
from qa_platform.importing.reading import FileRefused, ReadingOptions, Sheet, check_size, read
from qa_platform.importing.torn import Expected, check_widths

RECORD_COLUMNS = (
    "DapipId",
    "AgencyId",
    "AgencyName",
    "ProgramId",
    "SequentialId",
    "AccreditationDate",
    "AccreditationStatus",
    "ReviewDate",
    "AccreditationEndDate",
    "EndingActionId",
)
_NUMBERS = ("DapipId", "AgencyId", "ProgramId", "SequentialId")


class HistoryFile(msgspec.Struct, frozen=True, kw_only=True):
    """One file as read: `digest` is that of what it says, whether it was packed or not.

    `broken` are rows, by line, that lack more than empty cells at their end, and why they are not
    taken. Whether columns slipped is not asked of the rest: beside each text there stands a number,
    a date or a word from a list, and those are read strictly.
    """

    name: str
    digest: str
    sheet: Sheet
    broken: dict[int, str]


class HistoryFiles(msgspec.Struct, frozen=True, kw_only=True):
    """The two files of a published history."""

    actions: HistoryFile
    records: HistoryFile


def read_history(folder: Path, *, limit: int) -> HistoryFiles:
    """Return the files of a folder, each of at most `limit` bytes unpacked. Raises FileRefused."""
    return HistoryFiles(
        actions=_read(folder, "actions.csv", ACTION_COLUMNS, limit),
        records=_read(folder, "records.csv", RECORD_COLUMNS, limit),
    )


def _read(folder: Path, name: str, columns: tuple[str, ...], limit: int) -> HistoryFile:
    path = _find(folder, name)
    content = _unpacked(path, limit)
    try:
        sheet = read(content, name, ReadingOptions(limit=limit))
        _check_columns(sheet, columns)
        numbers = {sheet.columns.index(column): Kind.COUNT for column in _NUMBERS}
        broken = check_widths(sheet, Expected(kinds=numbers, required=frozenset(numbers)))
    except FileRefused as refused:
        raise FileRefused(f"“{path.name}”: {refused.message}") from refused
    return HistoryFile(name=path.name, digest=hashlib.sha256(content).hexdigest(), sheet=sheet, broken=broken)


def _check_columns(sheet: Sheet, columns: tuple[str, ...]) -> None:
    missing = [column for column in columns if column not in sheet.columns]
    if missing:
        raise FileRefused(
            f"The file was not imported: it has no column {', '.join(f'“{one}”' for one in missing)}. "
            "Give the file as the Department of Education publishes it."
        )


def _find(folder: Path, name: str) -> Path:
    found = [path for path in (folder / name, folder / f"{name}.gz") if path.is_file()]
    if len(found) == 1:
        return found[0]
    if found:
        raise FileRefused(
            f"Nothing was imported: “{folder}” holds both “{name}” and “{name}.gz”, and which of them counts nobody "
            "said. Take one of them out."
        )
    raise FileRefused(
        f"Nothing was imported: “{folder}” holds neither “{name}” nor “{name}.gz”. Name the folder that holds them."
    )


def _unpacked(path: Path, limit: int) -> bytes:
    check_size(path.stat().st_size, limit)
    if path.suffix != ".gz":
        return path.read_bytes()
    try:
        with gzip.open(path) as packed:
            # One byte more than allowed is enough to know, whatever it would unpack to.
            content = packed.read(limit + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise FileRefused(
            f"Nothing was imported: “{path.name}” is packed by gzip, but cut short or broken. Fetch it again."
        ) from None
    check_size(len(content), limit)
    return content
