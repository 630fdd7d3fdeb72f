from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from qa_platform.cli import qa
from tests.cli.conftest import command_on
from tests.importing.factories import HEADER, courses, csv_file, workbook


@pytest.fixture
def run(database, tmp_path, monkeypatch):
    """Run `qa import courses …` on a fresh database."""
    command_on(database, tmp_path, monkeypatch)

    def run(content: bytes, *words: str, name: str = "courses.csv") -> Result:
        (tmp_path / name).write_bytes(content)
        return CliRunner().invoke(qa, ["import", "courses", str(tmp_path / name), *words])

    return run


def test_a_file_is_tried_then_imported_then_found_there_already(run):
    content = csv_file(courses(12))
    assert "12 would be drafted" in run(content, "--dry-run").stdout
    assert "12 drafted, 0 there already" in run(content).stdout
    assert "0 drafted, 12 there already" in run(content).stdout


def test_a_script_gets_json(run):
    told = json.loads(run(csv_file(courses(3)), "--json").stdout)
    assert (told["drafted"], told["file"], told["profile"]) == (3, "courses.csv", "plain")


def test_a_file_that_is_refused_is_one_sentence_and_an_exit_code(run):
    answer = run(b"title,where\nTea time,A\n")
    assert answer.exit_code == 1
    assert answer.stderr.startswith("The file was not imported: no column holds the provider.")
    assert answer.stdout == ""


def test_a_profile_of_ones_own_names_columns_source_and_sheet(run, tmp_path):
    profile = tmp_path / "ours.toml"
    profile.write_text(
        'name = "ours"\nsource = "ours"\nsheet = "Sheet 2"\n'
        '[columns]\nA = {field = "title_en"}\nB = {field = "provider"}\n',
        encoding="utf-8",
    )
    content = workbook([HEADER, *courses(2)], [["A", "B"], ["Tea time", "Tea House"]])
    options = ("--profile", str(profile), "--json")
    told = json.loads(run(content, *options, name="book.xlsx").stdout)
    assert [one["title"] for one in told["courses"]] == ["Tea time"]
    elsewhere = json.loads(run(content, *options, "--source", "elsewhere", name="book.xlsx").stdout)
    assert elsewhere["drafted"] == 1


def test_a_profile_that_is_not_there_is_refused(run):
    answer = run(csv_file(courses(1)), "--profile", "nowhere.yaml")
    assert (answer.exit_code, "The profile “nowhere.yaml” was not read" in answer.stderr) == (1, True)


def test_the_profile_that_ships_can_be_asked_for_by_name(run):
    answer = run(csv_file(courses(1)), "--profile", "course_catalogue")
    assert "no column holds the title" in answer.stderr


def test_a_file_beyond_the_limit_is_refused_unread(run):
    answer = run(b"title,provider\n" + b"x" * 1_100_000, "--limit-mb", "1")
    assert "it holds 1.1 MB, more than the limit of 1.0 MB" in answer.stderr


def test_damaged_text_and_encodings_are_for_a_person_to_decide(run):
    content = "title,provider\nВведение в чай,Чайный дом\n".encode("cp1251")  # noqa: RUF001 -- Cyrillic
    assert run(content).exit_code == 1
    assert "1 drafted" in run(content, "--encoding", "windows-1251").stdout
    lost = "title,provider\nVivre _ travers les âges,A\n".encode()
    assert "1 not imported" in run(lost).stdout
    assert "1 drafted" in run(lost, "--accept-damaged").stdout
