from __future__ import annotations

import pytest

from qa_platform.cli.welcome import welcome
from qa_platform.config import load_settings


@pytest.fixture
def settings(monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path / "my data"))
    monkeypatch.setenv("HOST", "::")
    monkeypatch.setenv("PORT", "8081")
    return load_settings()


def test_it_names_the_address_by_which_this_machine_reaches_itself(settings):
    assert "The platform runs at http://[::1]:8081\n" in welcome(settings, None)


def test_a_case_to_replay_is_named_with_the_data_folder_that_another_terminal_needs(settings):
    said = welcome(settings, "0192")

    assert f"DATA_FOLDER='{settings.data_folder}' " in said
    assert "qa replay 0192\n" in said


def test_tokens_are_named_only_where_there_are_some(settings):
    assert "demo-tokens" not in welcome(settings, None)

    settings.data_folder.mkdir()
    settings.demo_tokens_file.touch()

    assert f"one for each role: {settings.demo_tokens_file}" in welcome(settings, None)


def test_an_empty_platform_is_told_how_it_is_opened(settings):
    said = welcome(settings, None)

    assert "qa people --help" in said
    assert "qa standard --help" in said
