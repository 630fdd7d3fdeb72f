"""The sheet of actions -> commands, each case in the order of its days; and all that is to be told of the rows."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date

import msgspec

from qa_platform.accreditations.commands import ImportAction
from qa_platform.accreditations.decider import RULES
from qa_platform.accreditations.imports import CellRefused, ReadAction, read_action
from qa_platform.importing.history.files import HistoryFile
from qa_platform.importing.history.findings import HistoryFinding, Topic
from qa_platform.importing.reading import FileRefused, column_label
from qa_platform.importing.torn import overflows, wrong_width
from qa_platform.kernel.personal_data import find_personal_data

# Single rows fail by themselves; beyond that the file is something else.
_FEW = 5
_UNREADABLE_SHARE = 0.05
_HISTORY_WORDS = ("formerly", "previously", "renamed")


class ActionsRead(msgspec.Struct, frozen=True, kw_only=True):
    """What a file of actions holds: `rows` counts them all, `commands` are what is to be imported."""

    rows: int
    commands: tuple[ImportAction, ...]
    findings: tuple[HistoryFinding, ...]


def read_actions(file: HistoryFile, on: date, recorded: Container[str]) -> ActionsRead:
    """Return the commands of a file, read on a day: cases by id, in each the actions as they took effect.

    `recorded` are the cases that have a record. Raises FileRefused where too much cannot be read.
    """
    findings: list[HistoryFinding] = []
    commands: dict[str, ImportAction] = {}
    for line, cells in trusted_rows(file, findings):
        try:
            action = read_action(cells, file=file.digest, line=line, on=on)
        except CellRefused as refused:
            findings.append(found(Topic.UNREADABLE, file, line, str(refused), refused.column))
            continue
        if action.command.history_id not in recorded:
            why = f"“{action.command.history_id}” stands in no record."
            findings.append(found(Topic.NO_RECORD, file, line, why))
        first = commands.setdefault(action.command.source.row, action.command)
        if first is not action.command:
            findings.append(found(Topic.REPEATED, file, line, f"The same as line {first.source.line}."))
            continue
        findings += _left_out(file, line, action)
        findings += _personal(file, line, cells)
    refuse_slipped(file, findings)
    findings += names_with_history(file)
    ordered = sorted(commands.values(), key=_order)
    return ActionsRead(rows=len(file.sheet.lines), commands=tuple(ordered), findings=tuple(findings))


def trusted_rows(file: HistoryFile, findings: list[HistoryFinding]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the rows of a file that can be trusted, by line; the others become findings."""
    columns = file.sheet.columns
    for row in file.sheet.lines:
        if why := file.broken.get(row.number):
            findings.append(found(Topic.UNREADABLE, file, row.number, why))
        elif overflows(row, len(columns)):
            findings.append(found(Topic.UNREADABLE, file, row.number, wrong_width(row, len(columns))))
        elif lost := _not_text(columns, row.cells):
            findings.append(found(Topic.UNREADABLE, file, row.number, "It holds bytes that are no text.", lost))
        else:
            # A short row lacks empty cells at its end, or it would be broken.
            yield row.number, dict(zip(columns, row.cells, strict=False)) | dict.fromkeys(columns[len(row.cells) :], "")


def refuse_slipped(file: HistoryFile, findings: Iterable[HistoryFinding]) -> None:
    """Refuse a file of which so much cannot be read that it is another file, or its columns slipped."""
    lines = [finding.line for finding in findings if finding.topic is Topic.UNREADABLE]
    if len(lines) > max(_FEW, len(file.sheet.lines) * _UNREADABLE_SHARE):
        raise FileRefused(
            f"“{file.name}”: The file was not imported: {len(lines)} of its {len(file.sheet.lines)} rows cannot be "
            f"read, the first on line {min(lines)}, so its columns have slipped or it is another file. "
            "Fetch it again, or mend it."
        )


def names_with_history(file: HistoryFile) -> Iterator[HistoryFinding]:
    """Yield each agency's name that tells what it was called before, at its first row."""
    place = file.sheet.columns.index("AgencyName")
    rows: dict[str, list[int]] = {}
    for line in file.sheet.lines:
        name = line.cells[place] if place < len(line.cells) else ""
        if any(word in name.casefold() for word in _HISTORY_WORDS):
            rows.setdefault(name, []).append(line.number)
    for name, lines in rows.items():
        message = f"“{name}”, in {len(lines)} rows."
        yield found(Topic.NAME_WITH_HISTORY, file, lines[0], message, "AgencyName")


def found(topic: Topic, file: HistoryFile, line: int, message: str, column: str | None = None) -> HistoryFinding:
    """Return a finding in a file."""
    return HistoryFinding(topic=topic, file=file.name, line=line, message=message, column=column)


def _order(command: ImportAction) -> tuple[str, date, int, str, str]:
    return (
        command.history_id,
        command.effective_on,
        RULES[command.kind].effect,
        command.kind,
        command.source.row,
    )


def _left_out(file: HistoryFile, line: int, action: ReadAction) -> Iterator[HistoryFinding]:
    for column, why in action.left_out:
        topic = Topic.END_LEFT_OUT if column == "EndDate" else Topic.REASON_LEFT_OUT
        yield found(topic, file, line, why, column)


def _personal(file: HistoryFile, line: int, cells: Mapping[str, str]) -> Iterator[HistoryFinding]:
    # Where it stands is told, and what it is stays where it stands.
    count = len(find_personal_data(cells["JustificationOther"]))
    if count:
        message = f"The free text holds {count} that look like personal data."
        yield found(Topic.PERSONAL_DATA, file, line, message, "JustificationOther")


def _not_text(columns: tuple[str, ...], cells: tuple[str, ...]) -> str | None:
    """Return the column whose cell kept bytes that could not be read; they stand as lone surrogates."""
    for column, cell in enumerate(cells):
        if not cell.isascii() and any("\udc80" <= letter <= "\udcff" for letter in cell):
            return column_label(columns, column)
    return None
