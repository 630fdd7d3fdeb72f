"""Files as others might send them, written here and now."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from qa_platform.importing.reading import Line, Sheet

HEADER = ("title", "provider", "url", "rating", "learners", "skills")
PROVIDERS = ("Arts Academy", "Bridge College", "Coastal Institute")
SUBJECTS = ("Baking", "Carpentry", "Drawing", "Editing", "Forestry", "Gardening", "Harvesting", "Insurance", "Joinery")


def course(number: int) -> list[str]:
    """Return a row of a tidy catalogue: the same for the same number."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    title = f"{subject} for practice {number}"
    address = f"https://courses.example.org/learn/{subject.lower()}-{number}"
    rating, learners = f"4.{number % 10}", f"{number + 1},{number % 900 + 100}"
    skills = "[]" if number % 3 else f"['{subject}', 'Planning', '{subject}']"
    return [title, PROVIDERS[number % len(PROVIDERS)], address, rating, learners, skills]


def courses(count: int) -> list[list[str]]:
    """Return the rows of a tidy catalogue."""
    return [course(number) for number in range(count)]


def csv_file(
    rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER, *, encoding: str = "utf-8", delimiter: str = ","
) -> bytes:
    """Return a delimited file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([header, *rows])
    return text.getvalue().encode(encoding)


def sheet(rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER) -> Sheet:
    """Return a sheet as if it had been read from a file with one line a row."""
    lines = tuple(Line(number=number, cells=tuple(row)) for number, row in enumerate(rows, 2))
    return Sheet(kind="csv", encoding="utf-8", header_line=1, columns=tuple(header), lines=lines)


def workbook(*sheets: Sequence[Sequence[Any]], merged: Iterable[str] = ()) -> bytes:
    """Return an Excel workbook; cells that begin with = are formulas without a stored result."""
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        page = book.create_sheet(f"Sheet {number}")
        for row in rows:
            page.append(list(row))
        for area in merged:
            page.merge_cells(area)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
