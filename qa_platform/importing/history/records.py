"""The sheet of records -> how each case stands by them; dates that cannot be are told, and compared with nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

import msgspec

from qa_platform.accreditations.imports import CellRefused, history_id, read_day
from qa_platform.importing.history.actions import found, names_with_history, refuse_slipped, trusted_rows
from qa_platform.importing.history.files import HistoryFile
from qa_platform.importing.history.findings import HistoryFinding, Topic

RecordedStatus = Literal["Accredited", "Preaccredited", "Denied Accreditation"]
_STATUSES: dict[str, RecordedStatus] = {
    "Accredited": "Accredited",
    "Preaccredited": "Preaccredited",
    "Denied Accreditation": "Denied Accreditation",
}
# The oldest of the regional agencies, that of New England, was founded in 1885.
_FIRST_AGENCY = date(1885, 1, 1)
# Reviews are planned for up to some fifteen years ahead; a century is a slip of the pen.
_FURTHEST_YEARS = 50


class CaseRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What the records say of one case; a date that could not be read, or cannot be, is None.

    `ending_action` is the publisher's number of the action that ended it, of no meaning outside.
    """

    history_id: str
    family: str
    line: int
    status: RecordedStatus
    accredited_on: date | None
    review_on: date | None
    ended_on: date | None
    ending_action: str

    @property
    def in_force(self) -> bool:
        """Return whether the record says that it is accredited still, or preaccredited."""
        return self.ended_on is None and self.status != "Denied Accreditation"


class RecordsRead(msgspec.Struct, frozen=True, kw_only=True):
    """What a file of records holds, by case."""

    rows: int
    cases: dict[str, CaseRecord]
    findings: tuple[HistoryFinding, ...]


def read_records(file: HistoryFile, on: date) -> RecordsRead:
    """Return the records of a file, read on a day. Raises FileRefused where too much cannot be read."""
    findings: list[HistoryFinding] = []
    cases: dict[str, CaseRecord] = {}
    for line, cells in trusted_rows(file, findings):
        try:
            record = _record(file, line, cells, on, findings)
        except CellRefused as refused:
            findings.append(found(Topic.UNREADABLE, file, line, str(refused), refused.column))
            continue
        first = cases.setdefault(record.history_id, record)
        if first is not record:
            findings.append(found(Topic.UNREADABLE, file, line, f"Line {first.line} is of the same case."))
    refuse_slipped(file, findings)
    findings += names_with_history(file)
    return RecordsRead(rows=len(file.sheet.lines), cases=cases, findings=tuple(findings))


def _record(
    file: HistoryFile, line: int, cells: Mapping[str, str], on: date, findings: list[HistoryFinding]
) -> CaseRecord:
    case = history_id(cells)
    status = _STATUSES.get(cells["AccreditationStatus"])
    if status is None:
        raise CellRefused(
            "AccreditationStatus", f"“{cells['AccreditationStatus'][:40]}” is none of {', '.join(_STATUSES)}."
        )
    days: dict[str, date | None] = {}
    for column, latest in _LATEST.items():
        days[column], told = _day(column, cells[column], date(on.year + latest, 12, 31) if latest else on)
        findings += (found(topic, file, line, why, column) for topic, why in told)
    accredited_on, review_on = days["AccreditationDate"], days["ReviewDate"]
    if accredited_on and review_on and review_on < accredited_on:
        why = f"The review was due on {review_on}, and the accreditation began on {accredited_on}."
        findings.append(found(Topic.REVIEW_TOO_EARLY, file, line, why, "ReviewDate"))
    return CaseRecord(
        history_id=case,
        family=case.rpartition("-")[0],
        line=line,
        status=status,
        accredited_on=accredited_on,
        review_on=review_on,
        ended_on=days["AccreditationEndDate"],
        ending_action=cells["EndingActionId"],
    )


# How many years ahead a date of a column may lie: what happened does not lie ahead at all.
_LATEST = {"AccreditationDate": 0, "ReviewDate": _FURTHEST_YEARS, "AccreditationEndDate": 0}


def _day(column: str, text: str, latest: date) -> tuple[date | None, Iterator[tuple[Topic, str]]]:
    """Return a cell's day, and what is to be told of it."""
    if not text:
        return None, iter(())
    try:
        day = read_day(column, text, with_time=column != "ReviewDate")
    except CellRefused as refused:
        return None, iter([(Topic.OTHER_FORM, str(refused))])
    if day > latest:
        return None, iter([(Topic.IMPOSSIBLE_DATE, f"{day} lies too far ahead to be meant.")])
    if day < _FIRST_AGENCY:
        return day, iter([(Topic.EARLY_DATE, f"{day} is before the first accrediting agency was founded.")])
    return day, iter(())
