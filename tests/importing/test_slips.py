from __future__ import annotations

import pytest

from qa_platform.importing.cells import Kind
from qa_platform.importing.reading import FileRefused
from qa_platform.importing.slips import check_rows
from qa_platform.importing.torn import Expected
from tests.importing.factories import HEADER, courses, sheet

EXPECTED = Expected(kinds={0: Kind.TEXT, 1: Kind.TEXT, 2: Kind.URL}, required=frozenset({0, 1}))


def right(row, column):
    return [*row[:column], "", *row[column:]]


def left(row, column):
    return [*row[:column], *row[column + 1 :], ""]


def slipped(slip, column, rows, since, until=None):
    return [slip(row, column) if since <= index < (until or len(rows)) else row for index, row in enumerate(rows)]


def test_tidy_rows_raise_no_doubts():
    doubts = check_rows(sheet(courses(100)), EXPECTED)
    assert (doubts.rows, doubts.cells) == ({}, {})


@pytest.mark.parametrize("column", range(len(HEADER)))
@pytest.mark.parametrize("since", [30, 60, 90])
def test_columns_that_slipped_right_refuse_the_file_with_the_row(column, since):
    rows = slipped(right, column, courses(100), since)
    with pytest.raises(FileRefused, match=f"from line {since + 2} "):
        check_rows(sheet(rows), EXPECTED)


@pytest.mark.parametrize("column", range(4))
@pytest.mark.parametrize("since", [30, 60, 90])
def test_columns_that_slipped_left_refuse_the_file_with_the_row(column, since):
    rows = slipped(left, column, courses(100), since)
    with pytest.raises(FileRefused, match=f"from line {since + 2} "):
        check_rows(sheet(rows), EXPECTED)


@pytest.mark.parametrize("slip", [right, left])
def test_at_the_end_of_a_file_two_slipped_rows_are_enough(slip):
    with pytest.raises(FileRefused, match="from line 100 on its columns have slipped"):
        check_rows(sheet(slipped(slip, 1, courses(100), 98)), EXPECTED)


def test_columns_that_slipped_from_the_first_row_on_are_noticed_by_what_the_profile_says():
    with pytest.raises(FileRefused, match="from line 2 "):
        check_rows(sheet(slipped(left, 0, courses(100), 0)), EXPECTED)


def test_columns_that_slipped_for_a_while_refuse_the_file():
    rows = slipped(right, 1, courses(100), 40, 50)
    with pytest.raises(FileRefused, match="from line 42 on its columns have slipped"):
        check_rows(sheet(rows), EXPECTED)


def test_exchanged_columns_refuse_the_file():
    rows = [[*row[:2], row[4], row[3], row[2], row[5]] if index >= 50 else row for index, row in enumerate(courses(90))]
    with pytest.raises(FileRefused, match="from line 52 on several columns no longer hold"):
        check_rows(sheet(rows), EXPECTED)


def test_a_single_row_that_slipped_fails_by_itself():
    doubts = check_rows(sheet(slipped(right, 1, courses(100), 40, 41)), EXPECTED)
    assert doubts.rows == {42: "The cells from “provider” on stand 1 column too far right."}


def test_unquoted_commas_here_and_there_fail_their_rows_only():
    rows = courses(100)
    for index in (20, 50, 80):
        rows[index] = ["Cooking", *rows[index]]
    doubts = check_rows(sheet(rows), EXPECTED)
    assert sorted(doubts.rows) == [22, 52, 82]


def test_a_cell_that_is_plainly_another_columns_is_doubted():
    rows = courses(100)
    rows[40][2] = "6,706"
    doubts = check_rows(sheet(rows), EXPECTED)
    assert doubts.cells == {(42, 2): "This is a whole number, where the column holds a web address."}


def test_new_words_are_no_slip_however_many():
    rows = [[*row, *words] for row in courses(150) for words in [("Course", "Weeks")]]
    rows = [[*row[:6], "Guided Project", "Hours"] if index >= 100 else row for index, row in enumerate(rows)]
    doubts = check_rows(sheet(rows, (*HEADER, "type", "time")), EXPECTED)
    assert (doubts.rows, doubts.cells) == ({}, {})


def test_one_odd_word_is_nobodys_business():
    rows = courses(100)
    rows[40][3] = "not rated"
    doubts = check_rows(sheet(rows), EXPECTED)
    assert (doubts.rows, doubts.cells) == ({}, {})
