from __future__ import annotations

import pytest

from qa_platform.importing.cells import Kind
from qa_platform.importing.reading import FileRefused
from qa_platform.importing.torn import Expected, check_widths
from tests.importing.factories import HEADER, courses, sheet

EXPECTED = Expected(kinds={0: Kind.TEXT, 1: Kind.TEXT, 2: Kind.URL}, required=frozenset({0, 1}))


@pytest.mark.parametrize("column", range(1, len(HEADER) - 1))
def test_a_row_torn_apart_inside_a_cell_refuses_the_file_with_its_row(column):
    rows = courses(10)
    torn = rows[6]
    rows[6:7] = [[*torn[:column], torn[column][:3]], [torn[column][3:], *torn[column + 1 :]]]
    with pytest.raises(FileRefused, match="row on line 8 was torn apart and goes on on line 9"):
        check_widths(sheet(rows), EXPECTED)


@pytest.mark.parametrize("column", [1, 2, 3, 4])
def test_a_torn_row_is_noticed_also_when_a_spreadsheet_filled_it_up(column):
    rows = courses(10)
    torn = rows[6]
    pieces = [[*torn[:column], torn[column][:3]], [torn[column][3:], *torn[column + 1 :]]]
    rows[6:7] = [piece + [""] * (len(HEADER) - len(piece)) for piece in pieces]
    with pytest.raises(FileRefused, match="row on line 8 was torn apart and goes on on line 9"):
        check_widths(sheet(rows), EXPECTED)


@pytest.mark.parametrize(("column", "line"), [(0, 8), (5, 9)])
def test_a_row_torn_apart_at_its_edge_leaves_a_single_piece_and_refuses_the_file(column, line):
    rows = courses(10)
    torn = rows[6]
    rows[6:7] = [[*torn[:column], torn[column][:3]], [torn[column][3:], *torn[column + 1 :]]]
    with pytest.raises(FileRefused, match=f"line {line} is a single piece of text"):
        check_widths(sheet(rows), EXPECTED)


def test_rows_that_run_together_refuse_the_file_with_their_line():
    rows = courses(10)
    rows[4:6] = [[*rows[4][:-1], rows[4][-1] + rows[5][0], *rows[5][1:]]]
    with pytest.raises(FileRefused, match="on line 6 two rows run together"):
        check_widths(sheet(rows), EXPECTED)


def test_a_file_whose_rows_are_all_wider_than_its_header_is_refused():
    rows = [[str(number), *row] for number, row in enumerate(courses(10))]
    with pytest.raises(FileRefused, match="names 6 columns, but 10 rows hold more cells, the first on line 2"):
        check_widths(sheet(rows), EXPECTED)


def test_rows_without_their_empty_last_cells_are_whole():
    rows = [row[:3] if number % 2 else row for number, row in enumerate(courses(10))]
    rows[3], rows[4] = rows[3][:2], rows[4][:3]
    assert check_widths(sheet(rows), EXPECTED) == {}


def test_a_single_row_without_its_provider_fails_by_itself():
    rows = courses(10)
    rows[4] = ["Tea", " ", *rows[4][2:5]]
    assert check_widths(sheet(rows), EXPECTED) == {
        6: "The row holds 5 cells where 6 belong; a separator may stand inside a text."
    }
