from __future__ import annotations

import json

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from qa_platform.importing.reading import FileRefused, read

ITEMS = '[\n  {"title": "Tea", "rating": 4.70},\n  {"title": "Coffee", "skills": ["a", "b"]}\n]'


def test_an_array_of_objects_is_read_with_the_line_of_each():
    sheet = read(ITEMS.encode(), "a.json")
    assert sheet.columns == ("title", "rating", "skills")
    assert [(line.number, line.cells) for line in sheet.lines] == [
        (2, ("Tea", "4.70", "")),
        (3, ("Coffee", "", '["a", "b"]')),
    ]


def test_items_inside_an_object_are_found_whatever_stands_around_them():
    sheet = read(f'{{"count": 2, "about": {{"items": 1}},\n"items": {ITEMS}, "next": null}}'.encode())
    assert [line.cells[0] for line in sheet.lines] == ["Tea", "Coffee"]
    assert sheet.lines[0].number == 3


def test_one_object_a_line_is_read():
    sheet = read(b'{"title": "Tea", "free": true}\n\n{"title": "Coffee", "provider": {"name": "A"}}\n')
    assert sheet.columns == ("title", "free", "provider.name")
    assert [(line.number, line.cells) for line in sheet.lines] == [(1, ("Tea", "true", "")), (3, ("Coffee", "", "A"))]


def test_broken_json_is_refused_with_its_line():
    with pytest.raises(FileRefused, match="line 3, column 22 is not JSON"):
        read(b'[\n  {"title": "Tea"},\n  {"title": "Coffee" "x"}\n]')


def test_a_missing_comma_between_items_is_refused():
    with pytest.raises(FileRefused, match="a comma or ] is missing"):
        read(b'[{"title": "Tea"} {"title": "Coffee"}]')


def test_items_that_are_no_objects_are_refused():
    with pytest.raises(FileRefused, match="on line 2 is no object"):
        read(b'[{"title": "Tea"},\n["Coffee"]]')


def test_json_nested_too_deeply_is_refused():
    with pytest.raises(FileRefused, match="nested too deeply"):
        read(b'[{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}]")


def test_a_name_that_stands_twice_in_an_object_is_a_fault_of_that_cell():
    sheet = read(b'[{"title": "Tea", "title": "Coffee"}]')
    assert "stands twice" in sheet.lines[0].faults[0].message


@for_all(st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=5))
def test_what_json_wrote_is_read_back(items):
    written = [{"title": title, "provider": provider} for title, provider in items]
    sheet = read(json.dumps(written, indent=1).encode())
    assert [line.cells for line in sheet.lines] == items
