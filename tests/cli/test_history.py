"""`qa import history` and `qa check history`, as an operator uses them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from qa_platform.cli import qa
from tests.cli.conftest import command_on
from tests.importing.history.extract import EXTRACT, action, record, write

CASE = "dapip-215044-16-1-1"


def check(*words: str):
    return CliRunner().invoke(qa, ["check", "history", str(EXTRACT), *words])


def imported(command, folder=EXTRACT, *words: str) -> dict:
    answer = command("import", "history", str(folder), "--json", *words)
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def test_a_history_is_tried_then_imported_then_found_there_already(command):
    tried, first, again = imported(command, EXTRACT, "--dry-run"), imported(command), imported(command)

    assert (tried["appended"], tried["dry_run"], tried["rows"]) == (first["appended"], True, 124)
    assert first["appended"] > 100
    assert (again["appended"], again["there"]) == (0, first["appended"])
    assert first["topics"]["repeated"] == tried["topics"]["repeated"] == 124 - first["appended"]


def test_a_person_reads_what_was_imported_and_what_was_found(command):
    told = command("import", "history", str(EXTRACT)).stdout
    assert "events a second" in told
    assert "Rows that say the same as one before: taken once" in told
    assert "records.csv line " in told


def test_a_check_tells_agreements_and_disagreements_by_reason(command):
    imported(command)
    short, full, told = check(), check("--all"), json.loads(check("--json").stdout)

    assert (short.exit_code, full.exit_code) == (0, 0)
    assert "a location was closed, and its record was never ended" in short.stdout
    assert len(full.stdout.splitlines()) > len(short.stdout.splitlines())
    assert sum(told["comparison"]["agreements"].values()) + sum(told["reasons"].values()) == told["comparison"]["cases"]
    assert told["missing"] == 0


def test_a_check_misses_what_was_not_imported(command, tmp_path):
    imported(command, write(tmp_path, [action()], [record()]))
    answer = check()
    assert answer.exit_code == 1
    assert "readable actions are not imported" in answer.stdout


def test_a_folder_that_is_no_history_is_one_sentence(command, tmp_path):
    answer = command("import", "history", str(tmp_path))
    assert answer.exit_code == 1
    assert answer.stderr.startswith("Nothing was imported: ")


def test_a_history_is_replayed_with_both_times(command):
    imported(command)
    answer = command("replay", CASE, "--json")
    told = json.loads(answer.stdout)

    assert [(one["effective_on"], one["data"]["kind"]) for one in told["timeline"]] == [
        ("2018-04-12", "other_loss"),
        ("2018-05-10", "denial_stayed"),
        ("2018-08-09", "probation_removed"),
    ]
    assert all(one["at"] > "2026" for one in told["timeline"])
    history = told["state"]["history"]
    assert (history["status"], history["since"], len(history["actions"])) == ("accredited", "2018-05-10", 3)
    assert told["state"]["accreditation"] == {}
    table = command("replay", CASE).stdout
    assert "Recorded" in table
    assert "Effective" in table
    assert "2018-05-10" in table


def test_the_register_knows_nothing_of_it(command, database):
    imported(command)
    engine = sa.create_engine(database.application_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM read_models.accreditations")) == 0
        assert connection.scalar(sa.text("SELECT count(*) FROM read_models.imported_histories")) == 49
    assert "0 differences" in command("rebuild", "imported_histories", "--check").stdout


@pytest.fixture
def many(tmp_path):
    """Write a history of 6,000 actions in 3,000 cases."""
    folder = tmp_path / "many"
    folder.mkdir()
    sites = [str(site) for site in range(100_000, 103_000)]
    rows = [action(DapipId=site, ActionDate=f"1/{day}/2018 12:00:00 AM") for site in sites for day in (26, 27)]
    return write(folder, rows, [record(DapipId=site) for site in sites])


@pytest.mark.durable
def test_an_import_that_is_killed_again_and_again_ends_with_every_action_once(database, many, tmp_path, monkeypatch):
    command = command_on(database, tmp_path, monkeypatch)
    engine = sa.create_engine(database.application_url, poolclass=sa.NullPool)
    counts = [0]
    for _ in range(2):
        child = subprocess.Popen(
            [sys.executable, "-m", "qa_platform.cli", "import", "history", str(many)], env=os.environ
        )
        while child.poll() is None and count(engine) <= counts[-1]:
            time.sleep(0.005)
        child.send_signal(signal.SIGKILL)
        child.wait()
        counts.append(settled(engine))

    assert any(0 < some < 6_000 for some in counts), counts
    last = imported(command, many)
    assert (last["appended"], last["there"]) == (6_000 - counts[-1], counts[-1])
    with engine.connect() as connection:
        assert count(engine) == 6_000
        rows = connection.scalars(sa.text("SELECT (record -> 'data' -> 'source' ->> 'row') FROM ledger.events")).all()
    assert len(set(rows)) == 6_000
    assert "0 differences" in command("rebuild", "imported_histories", "--check").stdout


def count(engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(sa.text("SELECT count(*) FROM ledger.events"))


def settled(engine) -> int:
    """Return how many events there are once the database has noticed that its client is gone."""
    ours = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
        "AND backend_type = 'client backend' AND state <> 'idle'"
    )
    while asked(engine, ours):
        time.sleep(0.02)
    return count(engine)


def asked(engine, query) -> int:
    # What a transaction sees of other sessions it sees for as long as it lasts, so each look is one of its own.
    with engine.connect() as connection:
        return connection.scalar(query)
