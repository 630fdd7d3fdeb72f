from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from qa_platform.accreditations.read_model import ACCREDITATIONS
from qa_platform.cli.connection import open_ledger
from tests.cli.conftest import command_on
from tests.servers import fresh_database


@pytest.fixture(scope="module")
def platform(tmp_path_factory):
    """Give the command on a small demo that the tests of this file share, and a case of it that was granted."""
    with fresh_database(durable=False) as database, pytest.MonkeyPatch.context() as monkeypatch:
        command = command_on(database, tmp_path_factory.mktemp("platform"), monkeypatch)
        answer = command("demo", "--cases", "8", "--seed", "4")
        assert answer.exit_code == 0, answer.output
        with open_ledger() as ledger, ledger.reading() as connection:
            granted = ACCREDITATIONS.rows(connection, sa.select(ACCREDITATIONS.table))
        yield command, granted[0].submission_id, database


@pytest.fixture
def command(platform):
    return platform[0]


@pytest.fixture
def case(platform) -> str:
    return platform[1]


def replayed(command, *words: str) -> dict:
    answer = command("replay", *words, "--json")
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)


def names(answer: dict) -> list[str]:
    return [event["name"] for event in answer["timeline"]]


def test_a_case_is_replayed_now_then_and_at_a_position(command, case):
    whole = replayed(command, case)
    released = next(event for event in whole["timeline"] if event["name"] == "decision.released.v1")
    before = replayed(command, case, "--position", str(released["position"] - 1))
    day_after_all = replayed(command, case, "--at", "2099-12-31")

    assert whole["state"]["accreditation"]["number"].startswith("MY-MC-")
    assert whole["state"]["outcome"]["band"].startswith("approve")
    assert before["state"]["accreditation"] == {}
    assert names(before) == names(whole)[: len(names(before))]
    assert day_after_all == whole


def test_each_role_is_shown_what_it_could_see(command, case):
    whole = replayed(command, case)
    released = next(event for event in whole["timeline"] if event["name"] == "decision.released.v1")
    before = ("--position", str(released["position"] - 1))

    provider = replayed(command, case, "--as", "provider_officer", *before)
    assert "decision.taken.v1" not in names(provider)
    assert provider["state"]["decision"] == {}
    assert provider["state"]["outcome"] is None
    reviewer = replayed(command, case, "--as", "reviewer", "--seat", "2", *before)
    assert set(reviewer["state"]["reviews"]) == {"Your review"}
    assert names(replayed(command, case, "--as", "public")) == ["register_number.issued.v1", "accreditation.opened.v1"]


def test_what_changed_between_two_instants_is_listed(command, case):
    whole = replayed(command, case)
    released = next(event for event in whole["timeline"] if event["name"] == "decision.released.v1")
    span = (str(released["position"] - 1), str(released["position"]))

    changed = replayed(command, case, "--diff", *span)
    assert {change["path"] for change in changed} == {
        "decision.released_on",
        "decision.appeal_until",
        "decision.item",
        "decision.released",
    }
    assert command("replay", case, "--diff", *span).stdout.count("│") > 6


def test_a_person_reads_a_table_and_a_tree(command, case):
    short, full = command("replay", case).stdout, command("replay", case, "--full").stdout

    assert "State after" in short
    assert "times, " in short
    assert len(full.splitlines()) > len(short.splitlines()) + 60


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--at", "yesterday"), "neither a time nor a position"),
        (("--at", "1999-01-01"), "no such case is known to you at that instant"),
        (("--as", "reviewer", "--seat", "9"), "no reviewer there"),
        (("--as", "administrator", "--position", "0"), "no such case is known to you at that instant"),
    ],
)
def test_what_cannot_be_shown_is_one_sentence(command, case, words, sentence):
    answer = command("replay", case, *words)

    assert answer.exit_code == 1
    assert sentence in answer.stderr
    assert answer.stderr.strip().count("\n") == 0


def test_a_rebuild_finds_no_difference_and_a_check_names_what_was_tampered_with(command, platform):
    assert "0 differences" in command("rebuild", "--check").stdout
    engine = sa.create_engine(platform[2].application_url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE read_models.submissions SET title_en = 'Tampered'"))

    checked = command("rebuild", "submissions", "--check")
    assert checked.exit_code == 1
    assert "Tampered" in checked.stdout
    assert command("rebuild", "submissions").exit_code == 0
    assert command("rebuild", "submissions", "--check").exit_code == 0
    assert "There is no read model “nothing”" in command("rebuild", "nothing").stderr
