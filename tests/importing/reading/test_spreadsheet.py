from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from qa_platform.importing.reading import FileRefused, ReadingOptions, read
from tests.importing.factories import workbook

HEADER = ("title", "provider", "url")


def test_cells_become_text_as_a_person_would_write_them():
    content = workbook([HEADER, ["Tea", 6706, 4.7], ["Coffee", date(2026, 3, 1), True], ["Milk", 12.0, None]])
    assert [line.cells for line in read(content, "a.xlsx").lines] == [
        ("Tea", "6706", "4.7"),
        ("Coffee", "2026-03-01", "true"),
        ("Milk", "12", ""),
    ]


def test_an_instant_keeps_its_time():
    content = workbook([HEADER, ["Tea", datetime(2026, 3, 1, 9, 30), ""]])  # noqa: DTZ001 -- cells have no zone
    assert read(content).lines[0].cells[1] == "2026-03-01T09:30:00"


def test_empty_rows_and_lone_titles_above_the_header_are_passed_over():
    content = workbook([[], [], ["All our courses"], [], HEADER, ["Tea", "A", ""], [], ["Coffee", "B", ""]])
    sheet = read(content)
    assert (sheet.columns, sheet.header_line) == (HEADER, 5)
    assert [line.number for line in sheet.lines] == [6, 8]
    assert "1 lines above" in sheet.notes[0]


def test_cells_merged_downwards_hold_the_value_of_the_first():
    content = workbook([HEADER, ["Tea", "A", ""], ["Coffee", None, ""]], merged=["B2:B3"])
    sheet = read(content)
    assert sheet.lines[1].cells[1] == "A"
    assert "1 cells merged" in sheet.notes[0]


def test_the_only_sheet_that_holds_something_is_read():
    assert read(workbook([], [HEADER, ["Tea", "A", ""]])).lines[0].cells[0] == "Tea"


def test_several_sheets_need_a_choice():
    content = workbook([HEADER, ["Tea", "A", ""]], [HEADER, ["Coffee", "B", ""]])
    with pytest.raises(FileRefused, match="2 sheets hold something"):
        read(content)
    assert read(content, options=ReadingOptions(sheet="Sheet 2")).lines[0].cells[0] == "Coffee"
    with pytest.raises(FileRefused, match="it has no sheet “Sheet 9”"):
        read(content, options=ReadingOptions(sheet="Sheet 9"))


def test_errors_and_formulas_without_a_result_are_faults_of_their_cells():
    faults = read(workbook([HEADER, ["#REF!", "=A1&B1", ""]])).lines[0].faults
    assert [fault.column for fault in faults] == [0, 1]
    assert "holds the error #REF!" in faults[0].message
    assert "never stored" in faults[1].message


def test_an_empty_workbook_is_refused():
    with pytest.raises(FileRefused, match="the workbook is empty"):
        read(workbook([]))


def test_a_workbook_that_was_cut_short_is_refused():
    with pytest.raises(FileRefused, match="cut short or broken"):
        read(workbook([HEADER, ["Tea", "A", ""]])[:-200])


def test_a_packed_file_that_is_no_workbook_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(FileRefused, match="no Excel workbook"):
        read(content.getvalue())


def test_a_workbook_that_unpacks_to_too_much_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 3_000_000)
    with pytest.raises(FileRefused, match="unpacked it holds 3 MB"):
        read(content.getvalue(), options=ReadingOptions(limit=100_000))


def test_a_stray_cell_far_away_refuses_the_sheet():
    content = io.BytesIO()
    book = Workbook()
    book.active.append(HEADER)
    book.active.cell(1_000_000, 50, "x")
    book.save(content)
    with pytest.raises(FileRefused, match="reaches to row 1000000 and column 50"):
        read(content.getvalue())


def test_a_workbook_broken_inside_is_refused():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "no workbook")
    with pytest.raises(FileRefused, match="broken inside"):
        read(content.getvalue())
