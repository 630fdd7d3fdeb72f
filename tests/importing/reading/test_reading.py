from __future__ import annotations

import pytest

from qa_platform.importing.reading import FileRefused, ReadingOptions, read
from tests.importing.factories import HEADER, courses, csv_file, workbook


def test_a_csv_named_like_a_workbook_is_read_for_what_it_is():
    sheet = read(csv_file(courses(3)), "catalogue.xlsx")
    assert sheet.kind == "csv"
    assert sheet.notes == ("The name ends in “.xlsx”, but the content is CSV; it was read as that.",)


def test_a_workbook_named_like_a_csv_is_read_for_what_it_is():
    sheet = read(workbook([HEADER, *courses(3)]), "catalogue.csv")
    assert sheet.kind == "excel"
    assert "the content is EXCEL" in sheet.notes[0]


@pytest.mark.parametrize(
    ("beginning", "what"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Excel file"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x1f\x8b\x08", "a gzip file"),
        (b"\n<html><table>", "a web page"),
        (b"SQLite format 3\x00", "a database"),
        (b"PAR1", "a Parquet file"),
    ],
)
def test_other_kinds_of_file_are_refused_by_name(beginning, what):
    with pytest.raises(FileRefused, match=what):
        read(beginning + b" title,provider\n", "catalogue.csv")


@pytest.mark.parametrize("content", [b"", b" \n\n"])
def test_an_empty_file_is_refused(content):
    with pytest.raises(FileRefused, match="it is empty"):
        read(content)


def test_a_header_without_rows_is_refused():
    with pytest.raises(FileRefused, match="no row below"):
        read(b"title,provider\n\n")


def test_a_file_beyond_the_limit_is_refused():
    with pytest.raises(FileRefused, match=r"more than the limit of 0\.0 MB"):
        read(b"title\nTea\n", options=ReadingOptions(limit=5))
