from __future__ import annotations

import json

import pytest

from qa_platform.people.schemas import token_digest

AMINAH = ("add", "--name", "Aminah Canary", "--email", "aminah@example.org", "--role", "administrator")


@pytest.fixture
def run(command):
    """Run `qa people …`."""
    return lambda *words, typed=None: command("people", *words, typed=typed)


@pytest.fixture
def aminah(run) -> str:
    answer = run(*AMINAH)
    assert answer.exit_code == 0, answer.output
    return answer.stdout.strip()


def listed(run) -> list[dict]:
    return json.loads(run("list", "--json").stdout)


def test_a_person_is_added_with_a_role_and_listed_by_name(run, aminah):
    (row,) = listed(run)
    assert (row["person_id"], row["name"], row["active"]) == (aminah, "Aminah Canary", True)
    assert row["roles"] == [{"role": "administrator", "provider_id": None, "centre_id": None}]
    table = run("list", "--role", "administrator").stdout
    assert "Aminah Canary" in table
    assert aminah in table
    assert aminah not in run("list", "--role", "reviewer").stdout


def test_name_and_address_are_asked_for_when_left_out(run):
    assert run("add", typed="Mei Ling\nmei@example.org\n").exit_code == 0
    assert [row["email"] for row in listed(run)] == ["mei@example.org"]


def test_an_address_that_reaches_nobody_is_refused_in_one_sentence(run):
    answer = run("add", "--name", "Aminah", "--email", "aminah")
    assert answer.exit_code == 1
    assert answer.stderr.startswith("Nothing was saved: email: ")
    assert listed(run) == []


def test_a_role_that_does_not_fit_adds_nobody(run):
    answer = run(*AMINAH, "--role", "provider_officer")
    assert answer.exit_code == 1
    assert "held for one provider" in answer.stderr
    assert listed(run) == []


def test_roles_come_and_go(run, aminah):
    assert run("grant", aminah, "register_officer").exit_code == 0
    assert "so already" in run("grant", aminah, "register_officer").stderr
    assert run("withdraw", aminah, "administrator", "--reason", "term_ended", "--remark", "as agreed").exit_code == 0
    assert [held["role"] for held in listed(run)[0]["roles"]] == ["register_officer"]
    assert run("withdraw", aminah, "administrator", "--reason", "term_ended").exit_code == 1


def test_a_token_is_printed_once_and_can_be_revoked(run, aminah):
    answer = run("token", aminah, "--label", "report", "--scope", "read", "--days", "30")
    token = answer.stdout.strip()
    assert token_digest(token) is not None
    assert "not shown again" in answer.stderr

    (row,) = json.loads(run("tokens", aminah, "--json").stdout)
    assert (row["label"], row["scopes"], row["revoked"]) == ("report", ["read"], False)
    assert token not in run("tokens", aminah).stdout
    assert run("revoke", aminah, row["token_id"], "--reason", "leaked").exit_code == 0
    assert json.loads(run("tokens", aminah, "--json").stdout)[0]["revoked"] is True


def test_a_script_is_told_the_id_of_a_token_too(run, aminah):
    answer = json.loads(run("token", aminah, "--label", "report", "--json").stdout)
    assert set(answer) == {"token", "token_id"}


def test_nobody_gets_a_token_who_is_not_there(run):
    answer = run("token", "nobody", "--label", "report")
    assert answer.exit_code == 1
    assert "qa_" not in answer.stdout
    assert "Register the person first" in answer.stderr


FORGET = ("--basis", "retention_ended", "--reason", "seven years after the last decision")


def test_who_is_forgotten_has_no_name_any_more(run, aminah):
    assert "VACUUM" in run("forget", aminah, *FORGET, "--yes").stderr
    (row,) = listed(run)
    assert (row["name"], row["email"], row["erased"], row["active"]) == (None, None, True, False)
    assert "(erased)" in run("list").stdout
    assert run("forget", aminah, *FORGET, "--yes").exit_code == 0


def test_nobody_is_forgotten_without_being_sure(run, aminah):
    assert run("forget", aminah, *FORGET, typed="n\n").exit_code == 1
    assert listed(run)[0]["name"] == "Aminah Canary"


def test_the_reason_that_is_kept_names_nobody(run, aminah):
    answer = run("forget", aminah, "--basis", "objection", "--reason", "aminah@example.org asked", "--yes")
    assert answer.exit_code == 1
    assert "“aminah@example.org”" in answer.stderr
    assert listed(run)[0]["erased"] is False


def test_there_must_be_somebody_to_forget(run):
    assert "Check the pseudonym" in run("forget", "nobody", *FORGET, "--yes").stderr


def test_a_role_at_a_centre_comes_and_goes_and_is_none_for_the_agency(run):
    centre = "0192f0c3-0000-7000-8000-000000000001"
    person = run("add", "--name", "Mei Ling", "--email", "mei@example.org").stdout.strip()

    granted = run("grant", person, "intake_officer", "--centre", centre)

    assert granted.exit_code == 0, granted.output
    held = [{"role": "intake_officer", "provider_id": None, "centre_id": centre}]
    assert listed(run)[0]["roles"] == held
    assert run("withdraw", person, "intake_officer", "--reason", "term_ended").exit_code == 1
    assert "acts elsewhere" in run("grant", person, "register_officer").stderr
    assert listed(run)[0]["roles"] == held
    withdrawn = run("withdraw", person, "intake_officer", "--centre", centre, "--reason", "term_ended")
    assert withdrawn.exit_code == 0, withdrawn.output
    assert listed(run)[0]["roles"] == []


@pytest.mark.parametrize("name", ["add", "list", "grant", "withdraw", "token", "tokens", "revoke", "forget"])
def test_every_command_shows_an_example(run, name):
    assert f"qa people {name}" in run(name, "--help").output
