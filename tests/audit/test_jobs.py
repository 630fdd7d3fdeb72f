from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from qa_platform import app
from qa_platform.audit import jobs
from qa_platform.audit.invariants import keeping
from qa_platform.audit.invariants.catalogue import INVARIANTS
from qa_platform.audit.jobs import check_nightly, is_due
from qa_platform.ledger.lease import Lease, LeaseLost
from tests.whole import whole_ledger

ZONE = ZoneInfo("Asia/Kuala_Lumpur")


def night(day: int, hour: int = 2, minute: int = 10) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def ledger(database):
    with whole_ledger(database) as ledger:
        yield ledger


@pytest.fixture
def lease(ledger):
    lease = Lease(ledger.engine, "lease:jobs", "me")
    assert lease.acquire()
    return lease


def test_a_night_is_checked_once_and_the_result_is_kept(ledger, lease):
    assert is_due(ledger, night(24))

    checked = check_nightly(ledger, lease, app.ALL_DECIDERS, night(24))

    assert checked is not None
    assert len(checked.findings) == len(INVARIANTS)
    with ledger.reading() as connection:
        kept = keeping.latest(connection)
    assert kept is not None
    assert kept.started_at == night(24)
    assert kept.result == checked
    assert check_nightly(ledger, lease, app.ALL_DECIDERS, night(24, hour=4)) is None
    assert is_due(ledger, night(25))


def test_nothing_is_due_by_day(ledger):
    assert not any(is_due(ledger, night(24, hour=hour)) for hour in (0, 1, 5, 9, 23))


def test_who_lost_the_lease_keeps_no_result(ledger, lease):
    with ledger.engine.begin() as connection:
        connection.execute(sa.text("UPDATE operations.bookmarks SET owner = 'another', epoch = epoch + 1"))

    with pytest.raises(LeaseLost):
        check_nightly(ledger, lease, app.ALL_DECIDERS, night(24))

    with ledger.reading() as connection:
        assert keeping.latest(connection) is None


def test_a_long_check_renews_the_lease_and_ends_with_it(ledger, lease, monkeypatch):
    monkeypatch.setattr(jobs, "_RENEW_SECONDS", 0.0)
    asked: list[str] = []

    class Watched(Lease):
        def acquire(self) -> bool:
            asked.append(self.name)
            return len(asked) < 3 and super().acquire()

    watched = Watched(ledger.engine, "lease:jobs", "me")

    with pytest.raises(LeaseLost):
        check_nightly(ledger, watched, app.ALL_DECIDERS, night(24))

    assert len(asked) == 3
