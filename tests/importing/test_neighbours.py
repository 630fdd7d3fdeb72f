from __future__ import annotations

import pytest

from qa_platform.importing.neighbours import check_neighbours
from qa_platform.importing.reading import FileRefused
from tests.importing.factories import courses


def columns(count=60):
    rows = courses(count)
    return [row[0] for row in rows], [row[2] for row in rows]


def check(titles, addresses):
    check_neighbours(list(zip(range(2, len(titles) + 2), titles, addresses, strict=True)))


def test_addresses_beside_their_titles_are_right():
    check(*columns())


def test_addresses_that_say_nothing_about_titles_are_no_evidence():
    titles, addresses = columns()
    check(titles, [f"https://courses.example.org/{number}" for number, _ in enumerate(addresses)])


def test_a_column_that_slid_up_refuses_the_file_with_the_row():
    titles, addresses = columns()
    with pytest.raises(FileRefused, match="from line 22 on the web addresses stand 1 row too high"):
        check(titles, [*addresses[:20], *addresses[21:], ""])


def test_a_column_that_slid_down_refuses_the_file_with_the_row():
    titles, addresses = columns()
    with pytest.raises(FileRefused, match="the web addresses stand 2 rows too low"):
        check(titles, [*addresses[:20], "", "", *addresses[20:-2]])
