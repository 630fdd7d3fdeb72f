from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from qa_platform.audit.invariants import keeping
from qa_platform.audit.invariants.checking import Checked, Finding
from qa_platform.audit.invariants.invariant import Violation
from tests.whole import whole_ledger

AT = datetime(2026, 11, 24, 2, 3, tzinfo=UTC)
FOUND = Checked(
    head=12,
    unsequenced=1,
    read=12,
    seconds=0.5,
    findings=[
        Finding(name="log.placed-once", holds="Once.", violations=30, shown=[Violation(what="twice", position=0)]),
        Finding(name="log.positions-dense", holds="Dense.", trouble="KeyError"),
    ],
)


@pytest.fixture
def connection(database):
    """Give a connection of the application."""
    with whole_ledger(database) as ledger, ledger.engine.begin() as connection:
        yield connection


def test_a_result_comes_back_as_it_was_kept(connection):
    assert keeping.latest(connection) is None

    keeping.keep(connection, FOUND, started_at=AT, finished_at=AT + timedelta(minutes=1))

    kept = keeping.latest(connection)
    assert kept is not None
    assert kept.result == FOUND
    assert (kept.started_at, kept.violations, kept.unchecked, kept.head) == (AT, 30, 1, 12)
    assert keeping.get(connection, kept.check_id) == kept
    assert keeping.get(connection, kept.check_id + 1) is None


def test_the_newest_come_first_and_the_oldest_are_forgotten(connection, monkeypatch):
    monkeypatch.setattr(keeping, "_KEPT", 3)
    for day in range(5):
        keeping.keep(connection, FOUND, started_at=AT + timedelta(days=day), finished_at=AT + timedelta(days=day))

    found = keeping.newest(connection, limit=10)

    assert [(one.started_at - AT).days for one in found] == [4, 3, 2]
    assert keeping.newest(connection, limit=1, before=found[0].check_id) == [found[1]]
