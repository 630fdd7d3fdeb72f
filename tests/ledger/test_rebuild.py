from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import qa_platform.submissions.read_model  # noqa: F401 -- so that its modules are there to be found
from qa_platform.kernel.sealed import seal
from qa_platform.ledger.projection import _rules_behind
from qa_platform.ledger.rebuild import (
    ReadModelBusy,
    ReadModelStale,
    finishing,
    rebuild,
    rebuild_all,
    rebuild_stale,
    refuse_stale,
)
from tests.ledger.shelf import SHELVES, TITLES, AddBook, LendBook, TitleRow


def fill(ledger) -> None:
    for shelf in "abc":
        ledger.execute_together([AddBook(shelf=shelf, title=title) for title in ("Emma", "Ulysses")], actor="tester")
    ledger.execute(LendBook(shelf="a", title="Emma", reader=seal("p1", "Mei Ling")), actor="tester")


def tables(connection) -> set[str]:
    return set(connection.scalars(sa.text("SELECT tablename FROM pg_tables WHERE schemaname = 'read_models'")))


def test_a_rebuilt_read_model_equals_the_live_one(ledger):
    fill(ledger)

    reports = rebuild_all(ledger, [TITLES, SHELVES])

    found = [(one.name, one.events, one.rows, one.differing, one.swapped) for one in reports]
    assert found == [("shelves", 7, 3, 0, True), ("titles", 7, 2, 0, True)]
    with ledger.reading() as connection:
        assert SHELVES.find(connection, "a").titles == ("Emma", "Ulysses")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from("xyz"), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
    )
)
def test_whatever_was_written_a_rebuild_finds_no_difference(ledger, books):
    ledger.execute_many([[AddBook(shelf=shelf, title=title)] for shelf, title in books], actor="tester")

    assert [rebuild(ledger, one, check=True).differing for one in (SHELVES, TITLES)] == [0, 0]


def test_a_check_names_the_rows_that_differ_and_changes_nothing(ledger):
    fill(ledger)
    with ledger.engine.begin() as connection:
        connection.execute(sa.text("UPDATE read_models.shelves SET books = 99 WHERE shelf = 'b'"))
        connection.execute(sa.text("DELETE FROM read_models.shelves WHERE shelf = 'c'"))
        connection.execute(sa.text("INSERT INTO read_models.titles VALUES ('Nobody wrote this', 1)"))

    shelves, titles = rebuild_all(ledger, [SHELVES, TITLES], check=True)

    assert (shelves.differing, shelves.swapped) == (2, False)
    assert [(one.key, one.live and one.live["books"]) for one in shelves.differences] == [("b", 99), ("c", None)]
    assert [(one.key, one.rebuilt) for one in titles.differences] == [("Nobody wrote this", None)]
    with ledger.reading() as connection:
        assert SHELVES.find(connection, "b").books == 99
        assert tables(connection) == {"shelves", "titles"}

    assert rebuild(ledger, SHELVES).differing == 2
    assert rebuild(ledger, SHELVES, check=True).differing == 0


def test_a_rebuild_under_writers_loses_nothing(ledger, open_ledger):
    """Eight writers go on while both read models are compared and swapped again and again."""
    stop = threading.Event()

    def write(number: int) -> int:
        mine, count = open_ledger(), 0
        while not stop.is_set():
            mine.execute(AddBook(shelf=str(number % 3), title=f"book {count % 5}"), actor="tester")
            count += 1
        return count

    with ThreadPoolExecutor(8) as pool:
        writing = [pool.submit(write, number) for number in range(8)]
        swaps = [one for check in (True, False) * 3 for one in rebuild_all(ledger, [SHELVES, TITLES], check=check)]
        stop.set()
        written = sum(one.result() for one in writing)

    assert [report.differing for report in swaps] == [0] * 12
    with ledger.reading() as connection:
        assert connection.scalar(sa.select(sa.func.sum(SHELVES.table.c.books))) == written
        assert connection.scalar(sa.select(sa.func.sum(TITLES.table.c.copies))) == written
    assert [rebuild(ledger, one, check=True).differing for one in (SHELVES, TITLES)] == [0, 0]


def test_changed_code_refuses_to_serve_a_read_model_until_it_is_rebuilt(ledger, open_ledger):
    fill(ledger)

    class LongerRow(TitleRow, frozen=True, kw_only=True):
        longest: int = 0

    changed = replace(TITLES, row=LongerRow, fold=lambda row, recorded: LongerRow(title=recorded.event.title, copies=1))
    newer = open_ledger(projections=[SHELVES, changed])
    with pytest.raises(ReadModelStale, match=r"“titles”.*qa migrate"):
        refuse_stale(newer)

    # Rows of other code are no fault to be told of.
    assert [(report.name, report.compared, report.differing) for report in rebuild_stale(newer)] == [
        ("titles", False, 0)
    ]
    refuse_stale(newer)


def test_two_rebuilds_at_once_do_not_meet(ledger, open_ledger):
    fill(ledger)

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(rebuild_all, each, [SHELVES, TITLES]) for each in (ledger, open_ledger())]

    assert [(report.events, report.differing) for one in both for report in one.result()] == [(7, 0)] * 4


def test_a_reader_who_does_not_leave_keeps_nobody_waiting_for_ever(ledger, monkeypatch):
    fill(ledger)
    monkeypatch.setattr(finishing, "_ATTEMPTS", 1)

    with ledger.engine.begin() as backup:
        backup.execute(sa.select(SHELVES.table))
        with pytest.raises(ReadModelBusy, match=r"“shelves”.*Try again later"):
            rebuild(ledger, SHELVES)
        ledger.execute(AddBook(shelf="a", title="Middlemarch"), actor="tester")

    assert rebuild(ledger, SHELVES).differing == 0


def test_a_read_model_that_is_no_more_is_dropped(ledger, open_ledger):
    rebuild_stale(open_ledger(projections=[SHELVES]))

    with ledger.reading() as connection:
        assert connection.scalar(sa.text("SELECT to_regclass('read_models.titles')")) is None


def test_code_that_a_fold_only_imports_counts_as_its_code():
    behind = _rules_behind("qa_platform.submissions.read_model.submissions")

    assert {"qa_platform.submissions.events", "qa_platform.kernel.event"} <= set(behind)
    assert any(name.startswith("qa_platform.submissions.decider") for name in behind)
    assert not [name for name in behind if name.startswith(("qa_platform.ledger", "qa_platform.web"))]
