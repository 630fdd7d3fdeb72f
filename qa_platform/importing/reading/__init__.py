"""Bytes -> a sheet: what the content is, not what the name says it is."""

from __future__ import annotations

import msgspec

from qa_platform.importing.reading.delimited import read_delimited
from qa_platform.importing.reading.encoding import decode
from qa_platform.importing.reading.json_items import looks_like_json, read_json
from qa_platform.importing.reading.sheet import CellFault, FileRefused, Line, Sheet, column_label
from qa_platform.importing.reading.spreadsheet import read_spreadsheet

__all__ = ["CellFault", "FileRefused", "Line", "ReadingOptions", "Sheet", "check_size", "column_label", "read"]

_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls) or one locked with a password"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip file"),
    (b"<", "a web page or XML"),
    (b"SQLite format", "a database"),
    (b"PAR1", "a Parquet file"),
)
_ENDINGS = {"csv": "csv", "tsv": "csv", "txt": "csv", "xlsx": "excel", "xlsm": "excel", "json": "json", "jsonl": "json"}


class ReadingOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What a person may say about a file; `limit` is the most bytes that are read."""

    encoding: str | None = None
    sheet: str | None = None
    limit: int = 50_000_000


def read(content: bytes, name: str = "", options: ReadingOptions | None = None) -> Sheet:
    """Return a file's rows; raises FileRefused when it is not certain what they are."""
    options = options or ReadingOptions()
    check_size(len(content), options.limit)
    if not content.strip():
        raise FileRefused("The file was not imported: it is empty. Give a file with a header and at least one row.")
    sheet = _noted(_sniffed(content, options), name)
    if not sheet.lines:
        raise FileRefused("The file was not imported: it holds no row below the names of its columns.")
    return sheet


def check_size(size: int, limit: int) -> None:
    """Refuse a file that is too big, if possible before it is read."""
    if size > limit:
        raise FileRefused(
            f"The file was not imported: it holds {size / 1_000_000:.1f} MB, more than the limit of "
            f"{limit / 1_000_000:.1f} MB. Split it, or raise the limit."
        )


def _sniffed(content: bytes, options: ReadingOptions) -> Sheet:
    if content.startswith(b"PK\x03\x04"):
        return read_spreadsheet(content, options.sheet, options.limit)
    for beginning, what in _FOREIGN:
        if content.lstrip().startswith(beginning):
            raise FileRefused(f"The file was not imported: it is {what}. Save it as .xlsx, or as CSV in UTF-8.")
    text = decode(content, options.encoding)
    return read_json(text) if looks_like_json(text.text) else read_delimited(text)


def _noted(sheet: Sheet, name: str) -> Sheet:
    """Return the sheet with a note when its name promises another kind of file."""
    ending = name.rpartition(".")[2].lower()
    promised = _ENDINGS.get(ending, sheet.kind)
    if promised == sheet.kind:
        return sheet
    note = f"The name ends in “.{ending}”, but the content is {sheet.kind.upper()}; it was read as that."
    return msgspec.structs.replace(sheet, notes=(note, *sheet.notes))
