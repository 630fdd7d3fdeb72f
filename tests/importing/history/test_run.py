"""Published actions enter the ledger: each once, whatever happens meanwhile, and beside the records for a reason."""

from __future__ import annotations

import msgspec
import pytest
import sqlalchemy as sa

from qa_platform.accreditations.read_model import IMPORTED_HISTORIES, every_history
from qa_platform.importing.history.comparison import Agreement, Reason, compare
from qa_platform.importing.history.run import import_actions
from qa_platform.kernel.roles import system
from qa_platform.ledger.projection import fold_into
from tests.importing.history.extract import EXTRACT, TODAY, both

CONSOLE = system("console")
RECORDS, ACTIONS = both(EXTRACT)


def run(ledger, commands=ACTIONS.commands, **options):
    return import_actions(ledger, commands, file="actions.csv", actor=CONSOLE, **options)


def rows(ledger):
    with ledger.reading() as connection:
        return list(every_history(connection, "dapip"))


def events(ledger) -> int:
    with ledger.reading() as connection:
        return connection.scalar(sa.text("SELECT count(*) FROM ledger.events"))


def test_every_action_enters_once_and_again_nothing_does(ledger):
    heard = []
    first, again = run(ledger, advance=heard.append), run(ledger)

    assert (first.appended, first.there, first.refused) == (len(ACTIONS.commands), 0, ())
    assert (again.appended, again.there) == (0, len(ACTIONS.commands))
    assert events(ledger) == sum(heard) == len(ACTIONS.commands)
    imported = {act.row for row in rows(ledger) for act in row.acts}
    assert imported == {command.source.row for command in ACTIONS.commands}


def test_two_imports_at_once_double_nothing(ledger, monkeypatch):
    monkeypatch.setattr("qa_platform.importing.history.run._TOGETHER", 2)
    monkeypatch.setattr("qa_platform.importing.history.run._AT_ONCE", 2)
    doubled = sorted([*ACTIONS.commands, *ACTIONS.commands], key=lambda one: one.source.line)
    run(ledger, doubled)
    assert events(ledger) == len(ACTIONS.commands)


def test_one_refused_action_keeps_no_other_out(ledger):
    early = [msgspec.structs.replace(one, on=one.effective_on) for one in ACTIONS.commands]
    early[3] = msgspec.structs.replace(early[3], on=early[3].effective_on.replace(year=1980))
    done = run(ledger, early)

    assert (done.appended, done.there) == (len(early) - 1, 0)
    assert [(one.file, one.line) for one in done.refused] == [("actions.csv", early[3].source.line)]
    assert "still to come" in done.refused[0].message


def test_the_order_of_import_changes_no_status(ledger, bare_database):
    run(ledger, ACTIONS.commands[::-1])
    backwards = {row.history_id: (row.status, row.since, [act.row for act in row.acts]) for row in rows(ledger)}
    forwards = {}
    for row in rows(ledger):
        folded = fold_into(IMPORTED_HISTORIES, {}, by_day(ledger, row.history_id))[row.history_id]
        forwards[row.history_id] = (folded.status, folded.since, [act.row for act in folded.acts])
    assert backwards == forwards


def by_day(ledger, history_id):
    recorded = ledger.read_stream(f"history-{history_id}")
    return sorted(recorded, key=lambda one: (one.event.effective_on, one.event.source.line))


@pytest.fixture
def comparison(ledger):
    run(ledger)
    return compare(rows(ledger), RECORDS.cases)


def test_every_case_agrees_or_has_its_reason(comparison):
    assert comparison.cases == len({command.history_id for command in ACTIONS.commands})
    assert sum(comparison.agreements.values()) + len(comparison.disagreements) == comparison.cases
    assert set(comparison.reasons) == set(Reason)
    assert set(comparison.agreements) == set(Agreement)


def test_the_reasons_of_known_cases_are_what_a_reader_of_the_files_would_say(comparison):
    told = {one.history_id: one for one in comparison.disagreements}

    denied = told["dapip-172802-21-1-1"]
    assert (denied.reason, denied.status) == (Reason.ACTED_ON_AFTER_END, "denied")
    assert told["dapip-101374015-4-1-1"].reason is Reason.LOCATION_NOT_ENDED
    assert told["dapip-100609-51-63-1"].reason is Reason.BECAME_ACCREDITATION
    assert told["dapip-125693-23-1-1"].reason is Reason.END_WITHOUT_DAY
    # Stayed, and overturned on appeal: both stand, and their records say so.
    assert not {"dapip-216001-21-1-1", "dapip-215044-16-1-1"} & set(told)


def test_nothing_is_imported_from_the_future_of_its_reader():
    assert all(command.on == TODAY and command.effective_on <= TODAY for command in ACTIONS.commands)
