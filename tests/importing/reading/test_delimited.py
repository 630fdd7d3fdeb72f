from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from qa_platform.importing.reading import FileRefused, read
from tests.importing.factories import courses, csv_file

cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
rows = st.lists(cells, min_size=3, max_size=3).filter(lambda row: any(cell.strip() for cell in row))


@for_all(st.lists(rows, min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_what_csv_writer_wrote_is_read_back(rows, delimiter):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([["title", "provider", "url"], *rows])
    sheet = read(text.getvalue().encode())
    assert [list(line.cells) for line in sheet.lines] == rows


def test_each_row_knows_the_physical_line_on_which_it_begins():
    sheet = read(b'title,provider\r\n"Two\r\nlines",A\r\n\r\nNext,B\r\n')
    assert [(line.number, line.cells) for line in sheet.lines] == [(2, ("Two\r\nlines", "A")), (5, ("Next", "B"))]


@pytest.mark.parametrize(("delimiter", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_other_separators_are_noticed_and_noted(delimiter, name):
    sheet = read(csv_file([["Tea, coffee", "A, B & C"], ["Plain", "D"]], ("title", "provider"), delimiter=delimiter))
    assert sheet.lines[0].cells == ("Tea, coffee", "A, B & C")
    assert sheet.notes == (f"Cells are separated by {name}.",)


def test_the_line_that_tells_a_spreadsheet_the_separator_is_no_row():
    sheet = read(b"sep=;\ntitle;provider\nTea;A\n")
    assert (sheet.columns, sheet.header_line) == (("title", "provider"), 2)
    assert sheet.lines[0].number == 3


def test_a_quotation_mark_that_never_closes_refuses_the_file_with_its_row():
    content = csv_file(courses(40)).replace(b"Drawing for practice 11,", b'"Drawing for practice 11,')
    with pytest.raises(FileRefused, match="row that begins on line 13 is not closed"):
        read(content)


def test_nul_formulas_and_huge_cells_are_just_text():
    huge = "x" * 300_000
    sheet = read(csv_file([["=1+1", "@A"], ["a\x00b", "-2"], [huge, "+3"]], ("title", "provider")))
    assert [line.cells for line in sheet.lines] == [("=1+1", "@A"), ("a\x00b", "-2"), (huge, "+3")]
