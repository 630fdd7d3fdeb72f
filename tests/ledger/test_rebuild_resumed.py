"""A rebuild that did not come to its end goes on where it stood, or begins anew where it must."""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from qa_platform.ledger.rebuild import Pace, rebuild_all, rebuild_stale
from tests.ledger.shelf import SHELVES, TITLES, AddBook, TitleRow
from tests.ledger.test_rebuild import tables

EVENTS = 200
PACE = Pace(page=10, unwritten_rows=1, kept_rows=3)

# Told of the half, the child waits to be killed; what it wrote until then may just be on its way.
CHILD = """
import sys, time
from tests.ledger.conftest import shelf_ledger
from tests.ledger.test_rebuild_resumed import PACE
from qa_platform.ledger.rebuild import rebuild_all

def told(what, done, of):
    if done >= of / 2:
        print("half", flush=True)
        time.sleep(600)

ledger = shelf_ledger(sys.argv[1])
rebuild_all(ledger, ledger.projections, progress=told, pace=PACE)
"""


class BrokenOff(Exception):
    """Somebody pressed a key."""


@pytest.fixture
def filled(ledger):
    ledger.execute_many(
        [[AddBook(shelf=f"shelf {number % 30}", title=f"book {number % 7}")] for number in range(EVENTS)],
        actor="tester",
    )
    return ledger


def places(ledger) -> dict[str, int]:
    with ledger.reading() as connection:
        rows = connection.execute(sa.text("SELECT name, position FROM operations.rebuilds"))
        return {row.name: row.position for row in rows}


def contents(ledger) -> list[list[object]]:
    with ledger.reading() as connection:
        return [one.rows(connection, one.table.select().order_by(one.table.c[one.key])) for one in ledger.projections]


def broken_off(ledger, projections, *, after: int) -> None:
    def told(_what: str, done: int, _of: int) -> None:
        if done >= after:
            raise BrokenOff

    with pytest.raises(BrokenOff):
        rebuild_all(ledger, projections, progress=told, pace=PACE)


def rebuilt(ledger, projections) -> list[int]:
    """Return how many events were done by each page, from the first on."""
    steps: list[int] = []
    reports = rebuild_all(
        ledger,
        projections,
        progress=lambda what, done, _: steps.append(done) if what.startswith("events") else None,
        pace=PACE,
    )
    assert [one.events for one in reports] == [EVENTS] * len(projections)
    return steps


def test_a_killed_rebuild_goes_on_where_it_stood(filled, bare_database):
    live = contents(filled)
    with subprocess.Popen(
        [sys.executable, "-c", CHILD, bare_database.application_url],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "half\n"
        child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL
    assert contents(filled) == live

    stood = places(filled)
    steps = rebuilt(filled, filled.projections)

    assert 0 < stood["shelves"] == stood["titles"] < EVENTS
    assert steps[0] == stood["shelves"] + PACE.page
    assert contents(filled) == live
    assert places(filled) == {}


def test_read_models_that_stand_at_different_places_end_at_the_same(filled):
    live = contents(filled)
    broken_off(filled, [SHELVES], after=60)
    broken_off(filled, [TITLES], after=125)
    stood = places(filled)

    steps = rebuilt(filled, [SHELVES, TITLES])

    assert 0 < stood["shelves"] < stood["titles"]
    assert steps[0] == stood["shelves"] + PACE.page
    assert contents(filled) == live


def test_other_code_begins_anew(filled, open_ledger):
    broken_off(filled, [SHELVES, TITLES], after=100)

    class LongerRow(TitleRow, frozen=True, kw_only=True):
        longest: int = 0

    changed = replace(TITLES, row=LongerRow, fold=lambda row, recorded: LongerRow(title=recorded.event.title, copies=7))
    newer = open_ledger(projections=[SHELVES, changed])

    steps = rebuilt(newer, [SHELVES, changed])

    assert steps[0] == PACE.page
    with newer.reading() as connection:
        assert {row.copies for row in changed.rows(connection, changed.table.select())} == {7}
        assert len(SHELVES.rows(connection, SHELVES.table.select())) == 30


@pytest.mark.parametrize(
    "spoil",
    ["UPDATE operations.rebuilds SET position = 1000000", "DROP TABLE read_models.titles__beside"],
    ids=["a place that a restore took back", "a table that is gone"],
)
def test_what_does_not_fit_together_begins_anew(filled, spoil):
    live = contents(filled)
    broken_off(filled, [TITLES], after=100)
    with filled.engine.begin() as connection:
        connection.execute(sa.text(spoil))

    assert rebuilt(filled, [TITLES])[0] == PACE.page
    assert contents(filled) == live


def test_what_is_left_of_a_read_model_that_is_no_more_is_dropped(filled, open_ledger):
    broken_off(filled, [SHELVES, TITLES], after=100)

    rebuild_stale(open_ledger(projections=[SHELVES]))

    assert set(places(filled)) == {"shelves"}
    with filled.reading() as connection:
        assert tables(connection) == {"shelves", "shelves__beside"}
