from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from qa_platform.accreditations.events import ActionKind
from qa_platform.accreditations.read_model import ACCREDITATIONS, IMPORTED_HISTORIES, every_history
from qa_platform.kernel.roles import system
from tests.accreditations.factories import HistorySubjectFactory, ImportActionFactory
from tests.query_count import counted_queries
from tests.whole import whole_ledger


@pytest.fixture
def ledger(database):
    with whole_ledger(database) as ledger:
        yield ledger


def test_the_two_times_of_a_history_stand_apart(ledger):
    ledger.execute(ImportActionFactory(), actor=system("console"))
    with ledger.reading() as connection:
        row = IMPORTED_HISTORIES.find(connection, "dapip-100034-27-1-1")
    assert (row.since, row.last_effective_on) == (date(2018, 1, 26), date(2018, 1, 26))
    assert row.first_recorded_at == row.last_recorded_at == row.acts[0].recorded_at
    assert row.first_recorded_at.year >= 2026


def test_a_history_is_no_entry_of_the_register_and_has_no_number(ledger):
    ledger.execute(ImportActionFactory(kind=ActionKind.INITIAL), actor=system("console"))
    with ledger.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(ACCREDITATIONS.table)) == 0
        streams = connection.scalars(sa.text("SELECT DISTINCT stream FROM ledger.events")).all()
    assert streams == ["history-dapip-100034-27-1-1"]


def test_all_histories_are_read_by_the_page(ledger, monkeypatch):
    monkeypatch.setattr("qa_platform.accreditations.read_model.histories._PAGE", 3)
    for site in range(100001, 100008):
        subject = HistorySubjectFactory(site=str(site))
        asked = ImportActionFactory(history_id=f"dapip-{site}-27-1-1", subject=subject)
        ledger.execute(asked, actor=system("console"))
    with ledger.reading() as connection, counted_queries(ledger.engine) as sent:
        found = [row.site for row in every_history(connection, "dapip")]
        assert list(every_history(connection, "elsewhere")) == []
    assert found == [str(site) for site in range(100001, 100008)]
    assert len(sent) == 3 + 1
