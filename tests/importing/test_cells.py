from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from qa_platform.importing.cells import CellUnreadable, Kind, read_value


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        (" Data \u00a0 science\n1 ", Kind.TEXT, "Data science 1"),
        ("39.2k", Kind.COUNT, 39_200),
        ("6,706", Kind.COUNT, 6_706),
        ("1,080,159", Kind.COUNT, 1_080_159),
        ("2M+", Kind.COUNT, 2_000_000),
        ("484", Kind.COUNT, 484),
        ("4.7", Kind.NUMBER, Decimal("4.7")),
        ("1,200.5", Kind.MONEY, 120_050),
        ("1200", Kind.MONEY, 120_000),
        ("6 weeks", Kind.WEEKS, 6),
        ("2026-03-31", Kind.DATE, date(2026, 3, 31)),
        ("Yes", Kind.TRUTH, True),
        ("tidak", Kind.TRUTH, False),
        ("https://example.org/a_b", Kind.URL, "https://example.org/a_b"),
        ("['a', 'B', 'A', ' a ', 'O\\'Neill']", Kind.LITERAL, ["a", "B", "O'Neill"]),
        ('["a", "é"]', Kind.LITERAL, ["a", "é"]),
        ("[]", Kind.LITERAL, []),
    ],
)
def test_a_cell_says_what_it_says(cell, kind, value):
    assert read_value(cell, kind) == value


def test_a_list_with_a_separator_is_parted_there():
    assert read_value("tea, coffee,, tea", Kind.LIST, ",") == ["tea", "coffee"]


@pytest.mark.parametrize(
    ("cell", "kind", "why"),
    [
        ("3 - 6 Months", Kind.WEEKS, "no exact number of weeks"),
        ("1 - 4 Weeks", Kind.WEEKS, "no exact number of weeks"),
        ("4.7", Kind.COUNT, "no whole number"),
        ("6.706,5", Kind.COUNT, "no whole number"),
        ("67,06", Kind.COUNT, "no whole number"),
        ("many", Kind.NUMBER, "no number such as"),
        ("RM 12", Kind.MONEY, "no amount such as"),
        ("31/03/2026", Kind.DATE, "no date such as"),
        ("perhaps", Kind.TRUTH, "neither yes nor no"),
        ("example.org/a", Kind.URL, "no web address"),
        ("https://example.org/a b", Kind.URL, "no web address"),
        ("https://nowhere", Kind.URL, "no web address"),
        ("tea, coffee", Kind.LITERAL, "no list such as"),
        ("['tea', 'cof", Kind.LITERAL, "it was cut off"),
        ("[__import__('os').getcwd()]", Kind.LITERAL, "it was cut off"),
        ("[" * 5_000, Kind.LITERAL, "it was cut off"),
        ("['a', ['b']]", Kind.LITERAL, "neither text nor a number"),
        ("['" + "a" * 30_000 + "']", Kind.LITERAL, "30,004 characters long"),
    ],
)
def test_a_cell_that_says_something_else_is_not_guessed(cell, kind, why):
    with pytest.raises(CellUnreadable, match=why):
        read_value(cell, kind)
