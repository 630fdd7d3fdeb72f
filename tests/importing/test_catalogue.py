"""The real catalogue, where there is one: what nobody here wrote, and what others may do to it."""

from __future__ import annotations

import csv
import io
import time
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from qa_platform.importing.courses import Plan, plan_import
from qa_platform.importing.profile import choose
from qa_platform.importing.reading import FileRefused, read
from qa_platform.importing.run import run_import

CATALOGUE = Path(__file__).parents[3] / "shared" / "data" / "catalogue" / "course_catalogue.csv"
pytestmark = pytest.mark.skipif(not CATALOGUE.exists(), reason="the catalogue is not on this machine")

INVALID = [12, 455, 456, 1001]
DAMAGED_TITLES = [*INVALID, 420, 454, 521, 770, 947, 949, 981, 997, 998, 999, 1000]
NOBODYS = [658, 749, 773]


@pytest.fixture(scope="module")
def content() -> bytes:
    return CATALOGUE.read_bytes()


def plan(content, **options):
    table = read(content, "course_catalogue.csv")
    return plan_import(table, choose(table.columns), on=date(2026, 11, 24), longest_validity_months=36, **options)


@pytest.fixture(scope="module")
def found(content) -> Plan:
    return plan(content)


@pytest.fixture(scope="module")
def accepted(content) -> Plan:
    return plan(content, accept_damaged=True)


def rows_of(content):
    return list(csv.reader(io.StringIO(content.decode(errors="replace"), newline="")))


def file_of(rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def test_every_row_that_can_be_read_with_certainty_is_a_draft(found):
    assert found.rows == 1000
    assert sorted({one.line for one in found.failed}) == sorted([*DAMAGED_TITLES, *NOBODYS])
    assert len(found.courses) == 982
    assert all(one.missing for one in found.courses)


def test_lines_that_are_no_utf8_fail_by_number_and_no_other_line_is_touched(found, content):
    assert "(line 12, 455, 456, 1001)" in found.notes[0]
    titles = {one.line: one.title for one in found.courses}
    assert titles[2] == "(ISC)² Systems Security Certified Practitioner (SSCP)"
    assert titles[41] == "Administración de Empresas"
    rows = rows_of(content)
    assert titles == {line: " ".join(rows[line - 1][1].split()) for line in titles}


def test_damaged_rows_go_in_if_asked_each_marked(accepted):
    assert len(accepted.courses) == 997
    assert set(DAMAGED_TITLES) <= {one.line for one in accepted.damaged}


def test_156_organisations_as_written_are_154_providers(accepted):
    """“IBM” comes with and without a blank, and “Multiple educators” are nobody who could answer."""
    assert (accepted.organisations, accepted.named_providers) == (156, 154)
    assert [one.provider for one in accepted.same_providers] == ["IBM"]
    assert len({one.course.provider_id for one in accepted.courses}) == 154


def test_names_that_lost_a_letter_are_restored_and_listed(found):
    assert len(found.repairs) == 11
    assert {one.after for one in found.repairs} == {
        "Università Bocconi",
        "École Polytechnique",
        "École Polytechnique Fédérale de Lausanne",
        "École des Ponts ParisTech",
    }


def test_titles_that_a_provider_uses_twice_are_reported(found):
    assert len(found.same_titles) == 4


def test_skills_are_there_once_each_and_what_has_no_field_is_in_no_event(found):
    for one in found.courses:
        skills = one.course.content.skills or ()
        assert len({skill.casefold() for skill in skills}) == len(skills)
    assert "course_time" in found.unused_columns
    assert found.courses[0].not_used["course_time"] == "3 - 6 Months"


def test_the_catalogue_goes_in_and_running_it_again_changes_nothing(ledger, found):
    begun = time.perf_counter()
    report = run_import(ledger, found, file="course_catalogue.csv", actor="system:console")
    took = time.perf_counter() - begun
    assert (report.drafted, report.failed_rows, report.providers) == (982, 18, 151)
    assert took < 60
    again = run_import(ledger, found, file="course_catalogue.csv", actor="system:console")
    assert (again.drafted, again.unchanged, again.failed_rows) == (0, 982, 18)


def test_as_a_workbook_it_comes_to_the_same_courses(found, content):
    book = Workbook()
    for row in rows_of(content):
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    ids = {one.course.submission_id for one in found.courses}
    assert {one.course.submission_id for one in plan(saved.getvalue()).courses} == ids


@pytest.mark.parametrize("since", [1, 5, 990])
@pytest.mark.parametrize("column", [0, 1, 2, 5, 8, 10])
def test_cells_that_slipped_right_refuse_it_with_the_row(content, since, column):
    rows = rows_of(content)
    slipped = [[*row[:column], "", *row[column:]] if index >= since else row for index, row in enumerate(rows)]
    with pytest.raises(FileRefused, match=f"line {since + 1} " if since > 1 else "line 2"):
        plan(file_of(slipped))


@pytest.mark.parametrize("since", [1, 500])
@pytest.mark.parametrize("column", [0, 1, 2, 5, 7])
def test_cells_that_slipped_left_refuse_it_with_the_row(content, since, column):
    rows = rows_of(content)
    slipped = [[*row[:column], *row[column + 1 :], ""] if index >= since else row for index, row in enumerate(rows)]
    with pytest.raises(FileRefused, match=f"line {since + 1} "):
        plan(file_of(slipped))


@pytest.mark.parametrize("column", [1, 8])
@pytest.mark.parametrize("since", [10, 400, 900])
def test_a_column_that_slid_against_the_others_refuses_it(content, column, since):
    rows = rows_of(content)
    cells = [row[column] for row in rows]
    slid = [*cells[:since], *cells[since + 1 :], ""]
    moved = [[*row[:column], cell, *row[column + 1 :]] for row, cell in zip(rows, slid, strict=True)]
    with pytest.raises(FileRefused, match="beside the titles"):
        plan(file_of(moved))


@pytest.mark.parametrize("line", [3, 300, 1000])
def test_a_quotation_mark_too_many_refuses_it_with_the_row(content, line):
    lines = content.split(b"\r\n")
    lines[line - 1] = lines[line - 1].replace(b",", b',"', 1)
    with pytest.raises(FileRefused, match=f"row that begins on line {line} is not closed"):
        plan(b"\r\n".join(lines))


@pytest.mark.parametrize("line", [3, 300, 1000])
def test_a_row_torn_apart_refuses_it_with_the_row(content, line):
    lines = content.split(b"\r\n")
    lines[line - 1] = lines[line - 1].replace(b" - ", b" -\r\n", 1)
    with pytest.raises(FileRefused, match=f"row on line {line} was torn apart"):
        plan(b"\r\n".join(lines))


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_in_another_encoding_it_comes_to_the_same_courses_or_is_refused(content, encoding):
    lines = content.split(b"\r\n")
    sound = [line for number, line in enumerate(lines, 1) if number not in DAMAGED_TITLES]
    text = b"\r\n".join(sound).decode()
    expected = {one.course.submission_id for one in plan(text.encode()).courses}
    found = plan(text.encode(encoding))
    assert {one.course.submission_id for one in found.courses} == expected
    assert found.notes
