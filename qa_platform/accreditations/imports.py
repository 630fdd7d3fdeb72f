"""A row of another agency's public record -> the command that takes it over; pure.

The publication is that of the United States Department of Education (DAPIP): its keys, its words
for 39 kinds of action, its way of writing dates. A row that does not say exactly one thing is
refused with the column and the reason.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import msgspec

from qa_platform.accreditations.commands import ImportAction
from qa_platform.accreditations.events import ActionKind, HistorySource, HistorySubject

DATASET = "dapip"
KEY_COLUMNS = ("DapipId", "AgencyId", "ProgramId", "SequentialId")
ACTION_COLUMNS = (
    *KEY_COLUMNS,
    "AgencyName",
    "ProgramName",
    "ActionDescription",
    "ActionDate",
    "JustificationDescription",
    "JustificationOther",
    "EndDate",
)
# What makes two rows one action; a name may be respelt in another edition.
_IDENTITY = (
    *KEY_COLUMNS,
    "ActionDescription",
    "ActionDate",
    "JustificationDescription",
    "JustificationOther",
    "EndDate",
)

# Two of them are written otherwise than their sisters (two blanks; no “a”): as published.
KINDS: dict[str, ActionKind] = {
    "Initial Accreditation": ActionKind.INITIAL,
    "Renewal of Accreditation": ActionKind.RENEWAL,
    "Accreditation Reinstated: Termination Overturned on Appeal": ActionKind.REINSTATED_ON_APPEAL,
    "Accreditation Reaffirmed: Probation Removed": ActionKind.PROBATION_REMOVED,
    "Accreditation Reaffirmed:  Warning Removed": ActionKind.WARNING_REMOVED,
    "Removal of Show Cause Status": ActionKind.SHOW_CAUSE_REMOVED,
    "Removal of Monitoring Status": ActionKind.MONITORING_REMOVED,
    "Probation or Equivalent or More Severe Status: Monitoring": ActionKind.MONITORING,
    "Heightened Monitoring or Focused Review": ActionKind.HEIGHTENED_MONITORING,
    "Probation or Equivalent or a More Severe Status: Warning": ActionKind.WARNING,
    "Warning or Equivalent-Factors Affecting Academic Quality": ActionKind.QUALITY_WARNING,
    "Probation or Equivalent or a More Severe Status: Probation": ActionKind.PROBATION,
    "Probation or Equivalent or a More Severe Status: Show Cause": ActionKind.SHOW_CAUSE,
    "Probation or Equivalent or a More Severe Status: Other": ActionKind.OTHER_SANCTION,
    "Loss of Accreditation or Preaccreditation: Voluntary Withdrawal": ActionKind.VOLUNTARY_WITHDRAWAL,
    "Voluntary Withdrawal Received": ActionKind.WITHDRAWAL_RECEIVED,
    "Loss of Accreditation or Preaccreditation: Lapse": ActionKind.LAPSE,
    "Loss of Accreditation or Preaccreditation: Denial": ActionKind.DENIAL,
    "Affirm Denial Following Appeal": ActionKind.DENIAL_AFFIRMED,
    "Stay Denial Pending Appeal": ActionKind.DENIAL_STAYED,
    "Loss of Accreditation or Preaccreditation: Other": ActionKind.OTHER_LOSS,
    "Institution Closed": ActionKind.INSTITUTION_CLOSED,
    "Additional Location Closed": ActionKind.LOCATION_CLOSED,
    "Change in Agency recognition": ActionKind.RECOGNITION_CHANGED,
    "Agency no longer recognized": ActionKind.AGENCY_NOT_RECOGNISED,
    "Program Merged Into Institutional Accreditation": ActionKind.MERGED,
    "Grant Substantive Change: Program": ActionKind.PROGRAM_CHANGE_GRANTED,
    "Grant Substantive Change: Degree": ActionKind.DEGREE_CHANGE_GRANTED,
    "Grant Substantive Change: Ownership": ActionKind.OWNERSHIP_CHANGE_GRANTED,
    "Grant Substantive Change: Final Branch Approval": ActionKind.BRANCH_GRANTED,
    "Grant Substantive Change: Other": ActionKind.OTHER_CHANGE_GRANTED,
    "Deny Substantive Change: Program": ActionKind.PROGRAM_CHANGE_DENIED,
    "Deny Substantive Change: Degree": ActionKind.DEGREE_CHANGE_DENIED,
    "Deny Substantive Change: Ownership": ActionKind.OWNERSHIP_CHANGE_DENIED,
    "Deny Substantive Change: Final Branch Approval": ActionKind.BRANCH_DENIED,
    "Deny Substantive Change: Other": ActionKind.OTHER_CHANGE_DENIED,
    "Approved for Distance Education": ActionKind.DISTANCE_APPROVED,
    "Removal of Approval for Distance Education": ActionKind.DISTANCE_REMOVED,
    "Removal of Approval for Correspondence Education": ActionKind.CORRESPONDENCE_REMOVED,
}

# The publisher's own list. Whatever else stood there would be somebody's free text.
JUSTIFICATIONS = frozenset(
    {
        "Is in compliance with all of the agency's accreditation standards",
        "Has satisfactorily addressed all compliance concerns from previous actions",
        "Additional oversight is required to ensure a resolution of compliance issues",
        "Concerns about issues affecting academic quality",
        "Concerns about title IV, HEA responsibilities/ potential fraud or abuse",
        "Fails to meet agency standards for initial or renewed accreditation",
        "Significantly out of compliance - fiscal and administrative capacity",
        "Significantly out of compliance - recruiting and admissions practices",
        "Significantly out of compliance - student achievement",
        "Significantly out of compliance - title IV, HEA responsibilities",
        "Other - Provide unlisted or multiple justifications",
    }
)

_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_MIDNIGHT = " 12:00:00 AM"
_NUMBER = re.compile(r"\d{1,12}", re.ASCII)
_DIGEST_OF = msgspec.json.Encoder()


class CellRefused(Exception):
    """A cell does not say one thing; `column` is the column, the message says why."""

    def __init__(self, column: str, message: str) -> None:
        """Keep the column beside the message."""
        super().__init__(message)
        self.column = column


class ReadAction(msgspec.Struct, frozen=True, kw_only=True):
    """A command, and what of its row was left out of it: column and reason."""

    command: ImportAction
    left_out: tuple[tuple[str, str], ...] = ()


def read_action(cells: Mapping[str, str], *, file: str, line: int, on: date) -> ReadAction:
    """Return the command of one row, read on a day from a line of a file. Raises CellRefused."""
    kind = KINDS.get(cells["ActionDescription"])
    if kind is None:
        raise CellRefused("ActionDescription", f"“{cells['ActionDescription'][:80]}” is none of the 39 known kinds.")
    effective_on = read_day("ActionDate", cells["ActionDate"])
    if effective_on > on:
        raise CellRefused("ActionDate", f"{effective_on} is still to come, so nothing can have happened on it yet.")
    ends_on, no_end = _end(cells["EndDate"], effective_on)
    justification, no_reason = _justification(cells["JustificationDescription"])
    command = ImportAction(
        history_id=history_id(cells),
        subject=_subject(cells),
        kind=kind,
        kind_published=cells["ActionDescription"],
        effective_on=effective_on,
        ends_on=ends_on,
        justification=justification,
        source=HistorySource(dataset=DATASET, file=file, line=line, row=row_identity(cells)),
        on=on,
    )
    return ReadAction(command=command, left_out=(*no_end, *no_reason))


def history_id(cells: Mapping[str, str]) -> str:
    """Return the id of the case that a row of actions or of records is about. Raises CellRefused."""
    for column in KEY_COLUMNS:
        if not _NUMBER.fullmatch(cells[column]):
            raise CellRefused(column, f"“{cells[column][:40]}” is no number, and so no key of a case.")
    return "-".join((DATASET, *(cells[column] for column in KEY_COLUMNS)))


def row_identity(cells: Mapping[str, str]) -> str:
    """Return the digest of what a row of actions says, the same in every edition that says it."""
    return hashlib.sha256(_DIGEST_OF.encode([cells[column] for column in _IDENTITY])).hexdigest()


def read_day(column: str, text: str, *, with_time: bool = True) -> date:
    """Return the day that a cell says as the publisher writes it: month/day/year, and midnight with it.

    Raises CellRefused for any other form: which part is the month could only be guessed.
    """
    day = _day(text.removesuffix(_MIDNIGHT)) if not with_time or text.endswith(_MIDNIGHT) else None
    if day is None:
        form = f"“12/31/2020{_MIDNIGHT}”" if with_time else "“12/31/2020”"
        raise CellRefused(column, f"“{text[:40]}” is no date in the form of this column, {form}.")
    return day


@lru_cache(maxsize=16_384)
def _day(text: str) -> date | None:
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    month, day, year = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _subject(cells: Mapping[str, str]) -> HistorySubject:
    return HistorySubject(
        site=cells["DapipId"],
        agency=cells["AgencyId"],
        agency_name=cells["AgencyName"],
        program=cells["ProgramId"],
        program_name=cells["ProgramName"],
        sequence=cells["SequentialId"],
    )


def _end(text: str, effective_on: date) -> tuple[date | None, tuple[tuple[str, str], ...]]:
    """Return the day on which an action was to end, or why it was left out."""
    if not text:
        return None, ()
    try:
        ends_on = read_day("EndDate", text)
    except CellRefused as refused:
        return None, (("EndDate", str(refused)),)
    if ends_on < effective_on:
        return None, (("EndDate", f"{ends_on} is before the action itself, {effective_on}."),)
    return ends_on, ()


def _justification(text: str) -> tuple[str | None, tuple[tuple[str, str], ...]]:
    if text in JUSTIFICATIONS:
        return text, ()
    # The text itself is not repeated: it may name somebody.
    return None, (("JustificationDescription", "The justification is none of the publisher's list."),) if text else ()
