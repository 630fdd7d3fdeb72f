from __future__ import annotations

import json

import pytest

from qa_platform.audit.invariants import keeping
from qa_platform.audit.invariants.catalogue import INVARIANTS
from tests.audit.invariants.planting import DEMO, Planted
from tests.audit.invariants.test_keeping import AT, FOUND
from tests.cli.conftest import command_on
from tests.servers import fresh_database
from tests.whole import KEK


@pytest.fixture
def demo(tmp_path, monkeypatch):
    """Give a demo, and `qa check …` on it."""
    with fresh_database(filled=DEMO) as database:
        command = command_on(database, tmp_path, monkeypatch)
        (tmp_path / "kek").write_text(KEK.hex(), encoding="ascii")
        planted = Planted(database)
        planted.run = lambda *words: command("check", *words)
        yield planted
        planted.close()


def test_a_clean_ledger_is_exit_code_0_in_one_sentence(demo):
    answer = demo.run()

    assert answer.exit_code == 0, answer.output
    assert answer.stdout.startswith(f"{len(INVARIANTS)} invariants over ")
    assert answer.stdout.endswith("s: all hold.\n")


def test_a_violation_is_exit_code_1_with_its_place(demo):
    event = demo.one("decision.taken.v1")
    demo.reword(event, index="12.34")

    answer = demo.run("--only", "decisions")

    assert answer.exit_code == 1
    assert "decisions.outcome-follows: The index" in answer.stdout
    assert f"position {event.position}, {event.stream} version {event.version}: the scores give" in answer.stdout
    assert "1 violations of 1 of them." in answer.stdout


def test_a_script_reads_what_was_found_and_how_long_it_took(demo):
    demo.do("DELETE FROM ledger.positions WHERE position = 17")

    answer = demo.run("--only", "log.positions-dense", "--only", "guards", "--json")

    found = json.loads(answer.stdout)
    assert answer.exit_code == 1
    assert (found["violations"], found["unchecked"]) == (1, 0)
    first, *others = found["findings"]
    assert first["shown"] == [{"what": "after position 16 comes 18", "position": 18}]
    assert {one["violations"] for one in others} == {0}
    assert all(one["seconds"] > 0 for one in found["findings"])


def test_what_cannot_be_checked_is_exit_code_2(demo):
    demo.do("DROP TABLE read_models.accreditations")

    answer = demo.run("--only", "register.equals-its-events")

    assert answer.exit_code == 2
    assert "could not be checked: ProgrammingError" in answer.stdout


def test_a_database_that_does_not_answer_is_exit_code_2_in_one_sentence(demo, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/qa")

    answer = demo.run()

    assert answer.exit_code == 2
    assert answer.stderr.startswith("The database “qa” at “127.0.0.1” cannot be reached")


def test_another_key_file_is_exit_code_2(demo, tmp_path):
    (tmp_path / "kek").write_text("ab" * 32, encoding="ascii")

    answer = demo.run("--only", "personal.seals-open")

    assert answer.exit_code == 2
    assert "Restore the key file" in answer.stderr


def test_an_unknown_name_is_refused(demo):
    answer = demo.run("--only", "log.everything")

    assert answer.exit_code == 2
    assert "there is no invariant and no theme “log.everything”" in answer.stderr


def test_the_list_names_all_of_them(demo):
    names = [one["name"] for one in json.loads(demo.run("--list", "--json").stdout)]

    assert names == [one.name for one in INVARIANTS]


def test_the_last_nightly_result_is_shown_with_its_exit_code(demo):
    assert demo.run("--last").exit_code == 2
    with demo.ledger.engine.begin() as connection:
        keeping.keep(connection, FOUND, started_at=AT, finished_at=AT)

    answer = demo.run("--last")

    assert answer.exit_code == 1
    assert "Checked by the worker: 2026-11-24 10:03 +08." in answer.stdout
    assert "… and 29 more" in answer.stdout
    assert "log.positions-dense: Dense." in answer.stdout
