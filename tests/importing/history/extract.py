"""A few real cases that travel with the tests, and rows made from them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from qa_platform.importing.history.actions import ActionsRead, read_actions
from qa_platform.importing.history.files import read_history
from qa_platform.importing.history.records import RecordsRead, read_records

EXTRACT = Path(__file__).with_name("dapip")
WHOLE = Path(__file__).parents[4] / "shared" / "data" / "accreditation_history"
TODAY = date(2026, 11, 24)
LIMIT = 50_000_000

ACTION = {
    "DapipId": "100034",
    "AgencyId": "27",
    "AgencyName": "Academy of Nutrition",
    "ProgramId": "1",
    "ProgramName": "Institutional Accreditation",
    "SequentialId": "1",
    "ActionDescription": "Renewal of Accreditation",
    "ActionDate": "1/26/2018 12:00:00 AM",
    "JustificationDescription": "Is in compliance with all of the agency's accreditation standards",
    "JustificationOther": "",
    "EndDate": "",
}
RECORD = {
    "DapipId": "100034",
    "AgencyId": "27",
    "AgencyName": "Academy of Nutrition",
    "ProgramId": "1",
    "ProgramName": "Institutional Accreditation",
    "SequentialId": "1",
    "InitialDateFlag": "Actual",
    "AccreditationDate": "1/26/2008 12:00:00 AM",
    "AccreditationStatus": "Accredited",
    "ReviewDate": "01/26/2028",
    "DepartmentDescription": "",
    "AccreditationEndDate": "",
    "EndingActionId": "",
}


def action(**changed: str) -> list[str]:
    """Return a row of actions, by default a renewal."""
    return list((ACTION | changed).values())


def record(**changed: str) -> list[str]:
    """Return a row of records, by default an accreditation in force."""
    return list((RECORD | changed).values())


def write(folder: Path, actions: Iterable[Sequence[str]], records: Iterable[Sequence[str]] = ()) -> Path:
    """Write the two files of a history into a folder, and return it."""
    for name, header, rows in (
        ("actions.csv", ACTION, actions),
        ("records.csv", RECORD, list(records) or [record()]),
    ):
        text = io.StringIO(newline="")
        csv.writer(text).writerows([header, *rows])
        (folder / name).write_text(text.getvalue(), encoding="utf-8", newline="")
    return folder


def both(folder: Path) -> tuple[RecordsRead, ActionsRead]:
    """Return what the files of a folder hold."""
    files = read_history(folder, limit=LIMIT)
    records = read_records(files.records, TODAY)
    return records, read_actions(files.actions, TODAY, records.cases)
