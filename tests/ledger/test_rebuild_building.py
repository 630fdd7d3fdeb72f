"""However little a rebuild holds at once, its rows are those of one fold in memory."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.sealed import Sealed, seal
from qa_platform.ledger.projection import Projection, Row, fold_into
from qa_platform.ledger.rebuild import Pace, rebuild_all, rebuild_stale
from tests.ledger.shelf import SHELVES, TITLES, AddBook, BookAdded, BookLent, LendBook


class VisitRow(Row, frozen=True, kw_only=True):
    """A shelf until its second lending, and its swap of books with another: rows that go, and come again."""

    shelf: str
    books: tuple[str, ...]
    lent: int = 0
    reader: Sealed[str] | None = None


def _keys(recorded: Recorded[Any]) -> tuple[str, ...]:
    event = recorded.event
    # A book that is called like a shelf belongs to that one too: two rows of one event, or one of them twice.
    return (event.shelf, event.title) if isinstance(event, BookLent) else (event.shelf,)


def _fold(row: VisitRow | None, recorded: Recorded[Any]) -> VisitRow | None:
    event = recorded.event
    if isinstance(event, BookAdded):
        return VisitRow(shelf=event.shelf, books=(*(row.books if row else ()), event.title))
    if row is None or row.lent == 1:
        return None
    return msgspec.structs.replace(row, lent=row.lent + 1, reader=event.reader)


VISITS = Projection(
    name="visits",
    row=VisitRow,
    key="shelf",
    events=(BookAdded, BookLent),
    keys=_keys,
    fold=_fold,
    indexes=(("lent",),),
)

shelves = st.sampled_from("vwxyz")
commands = st.one_of(
    st.builds(AddBook, shelf=shelves, title=shelves),
    st.builds(LendBook, shelf=shelves, title=shelves, reader=st.sampled_from("pq").map(lambda who: seal(who, "Mei"))),
)
paces = st.builds(
    Pace,
    page=st.integers(1, 9),
    unwritten_rows=st.integers(1, 6),
    unwritten_events=st.integers(1, 20),
    kept_rows=st.integers(0, 4),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(commands, min_size=1, max_size=30), paces)
def test_whatever_is_held_and_written_when_the_rows_are_the_same(open_ledger, given_commands, pace):
    ledger = open_ledger(projections=[SHELVES, TITLES, VISITS])
    rebuild_stale(ledger)
    ledger.execute_many([[command] for command in given_commands], actor="tester")

    checked = rebuild_all(ledger, ledger.projections, check=True, pace=pace)
    swapped = rebuild_all(ledger, ledger.projections, pace=pace)

    assert [one.differing for one in (*checked, *swapped)] == [0] * 6
    with ledger.reading() as connection:
        events = ledger.read_positions(connection, 0, 100_000)
        for projection, report in zip(ledger.projections, swapped, strict=True):
            expected: dict[str, Any] = {}
            fold_into(projection, expected, events)
            found = {
                getattr(row, projection.key): row for row in projection.rows(connection, projection.table.select())
            }
            assert found == expected
            assert report.rows == len(expected)
    ledger.engine.dispose()
