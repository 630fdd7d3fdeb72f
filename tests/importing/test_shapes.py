from __future__ import annotations

import pytest

from qa_platform.importing.cells import Kind
from qa_platform.importing.shapes import ColumnHabit, Shape, shape


@pytest.mark.parametrize(
    ("cell", "looks"),
    [
        (" ", Shape.EMPTY),
        ("https://example.org", Shape.URL),
        ("www.example.org/a", Shape.URL),
        ("['a']", Shape.LIST),
        ("2026-01-01", Shape.DATE),
        ("1/2/2026", Shape.DATE),
        ("4.7", Shape.DECIMAL),
        ("39.2k", Shape.COUNT),
        ("6,706", Shape.COUNT),
        ("Tea 2", Shape.TEXT),
    ],
)
def test_a_cell_looks_like_something(cell, looks):
    assert shape(cell) is looks


def test_a_column_nobody_knows_yet_fits_everything():
    assert ColumnHabit(None).fits("anything") is None


def test_a_column_learns_what_it_holds_and_tells_what_does_not_fit():
    habit = ColumnHabit(None)
    for number in range(30):
        habit.learn(f"4.{number % 9}")
    assert habit.fits("3.9") is True
    assert habit.fits("5") is True
    assert habit.fits("https://example.org") is False
    assert habit.fits("") is None
    assert habit.telling
    assert habit.holds == "a decimal number or a whole number"


def test_a_column_of_few_words_knows_them():
    habit = ColumnHabit(None)
    for number in range(80):
        habit.learn(("Beginner", "Advanced")[number % 2])
    assert habit.fits("Beginner") is True
    assert habit.fits("Guided Project") is None
    assert habit.unheard("Guided Project")
    assert habit.fits("4.7") is False


def test_a_mixed_column_keeps_to_what_was_declared():
    habit = ColumnHabit(Kind.TEXT)
    for number in range(40):
        habit.learn("1984" if number % 2 else "Animal Farm")
    assert habit.fits("1984") is True
    assert habit.fits("https://example.org") is False
    assert not habit.telling
