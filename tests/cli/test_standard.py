from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

NATIONAL = Path(__file__).parents[2] / "rubrics" / "nmcs" / "0.1.0.yaml"


@pytest.fixture
def file(tmp_path, monkeypatch) -> Path:
    """Return a copy of the national standard's file that a test may edit."""
    copy = tmp_path / "rubrics" / "nmcs" / "0.1.0.yaml"
    copy.parent.mkdir(parents=True)
    shutil.copy(NATIONAL, copy)
    monkeypatch.setenv("RUBRICS_FOLDER", str(tmp_path / "rubrics"))
    return copy


def test_a_version_is_checked_published_once_and_put_in_force(command, file):
    assert "can be published" in command("standard", "check", "0.1.0").stdout
    assert "0.1.0 is published." in command("standard", "publish", "0.1.0").stdout
    assert "published before" in command("standard", "publish", "0.1.0").stdout
    assert command("standard", "force", "0.1.0", "--from", "2099-01-01").exit_code == 0

    (row,) = json.loads(command("standard", "list", "--json").stdout)
    assert (row["rubric_version"], row["in_force_from"]) == ("0.1.0", "2099-01-01")
    assert "2099-01-01" in command("standard", "list").stdout


def test_a_published_file_that_was_edited_is_refused_and_the_difference_shown(command, file):
    command("standard", "publish", "0.1.0")
    file.write_text(file.read_text(encoding="utf-8").replace("index_min: '0.85'", "index_min: '0.80'"), "utf-8")

    answer = command("standard", "publish", "0.1.0")

    assert answer.exit_code == 1
    assert "-" in answer.stderr
    assert "0.85" in answer.stderr
    assert "0.80" in answer.stderr


def test_a_wrong_file_names_line_and_criterion(command, file):
    file.write_text(file.read_text(encoding="utf-8").replace("weight: '6'", "weight: 'six'"), "utf-8")

    answer = command("standard", "check", "0.1.0")

    assert answer.exit_code == 1
    assert "criterion D1" in answer.stderr
    assert "line" in answer.stderr


@pytest.mark.parametrize(("version", "sentence"), [("9.9.9", "There is no file")])
def test_an_absent_version_is_one_sentence(command, file, version, sentence):
    answer = command("standard", "publish", version)

    assert (answer.exit_code, answer.stderr.count("\n")) == (1, 1)
    assert sentence in answer.stderr


def test_a_file_that_is_not_utf_8_is_one_sentence(command, file):
    file.write_bytes(file.read_bytes().replace(b"title:", b"titl\xe9:", 1))

    assert "is not UTF-8" in command("standard", "check", "0.1.0").stderr
