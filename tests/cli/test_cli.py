from __future__ import annotations

import socket

import pytest
from click.testing import CliRunner

from qa_platform.cli import COMMANDS, qa
from qa_platform.embedded import PrivatePostgres


@pytest.fixture
def call(monkeypatch, tmp_path):
    """Run a command with settings of its own; return exit code, standard output and standard error."""
    for name in ("DATABASE_URL", "MIGRATION_DATABASE_URL", "PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path / "var"))

    def run(*words, **settings):
        for name, value in settings.items():
            monkeypatch.setenv(name, str(value))
        result = CliRunner().invoke(qa, words)
        return result.exit_code, result.stdout, result.stderr

    return run


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name, call):
    code, said, _ = call(name, "--help")

    assert code == 0
    assert "Example" in said


def test_a_taken_port_is_one_sentence_before_anything_starts(call, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert call("run", PORT=port) == (
            1,
            "",
            (
                f"The web server cannot start: port {port} is taken by another program. "
                f"Stop that one, or choose another port, for example: PORT={port + 1} make run.\n"
            ),
        )
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("command", ["run", "migrate", "worker"])
def test_a_database_that_does_not_answer_is_one_sentence(command, call):
    nowhere = "postgresql://{role}@127.0.0.1:1/qa"
    addresses = {name: nowhere.format(role=name) for name in ("DATABASE_URL", "MIGRATION_DATABASE_URL")}

    code, _, said = call(command, **addresses)

    assert code == 1
    assert said.startswith("The database “qa” at “127.0.0.1” cannot be reached as “MIGRATION_DATABASE_URL”")
    assert said.count("\n") == 1


def test_a_malformed_setting_is_one_sentence(call):
    assert call("run", PORT="http") == (
        1,
        "",
        "The setting PORT cannot be used: Not a valid integer. Correct it and start again.\n",
    )


def test_a_folder_in_use_is_one_sentence(call, tmp_path):
    server = PrivatePostgres(tmp_path / "var" / "postgres", durable=False)
    with server:
        code, _, said = call("run", "--no-demo")

    assert code == 1
    assert "is in use by another running platform" in said


def test_a_database_is_brought_up_to_date_and_then_is(call, database):
    addresses = {"DATABASE_URL": database.application_url, "MIGRATION_DATABASE_URL": database.owner_url}

    call("migrate", **addresses)

    assert call("migrate", **addresses) == (0, "The database is up to date.\n", "")
    assert call("migrate", "--json", **addresses) == (0, '{\n  "migrations": []\n}\n', "")
