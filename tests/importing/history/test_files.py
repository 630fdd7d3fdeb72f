from __future__ import annotations

import gzip

import pytest

from qa_platform.importing.history.files import read_history
from qa_platform.importing.reading import FileRefused
from tests.importing.history.extract import EXTRACT, LIMIT, action, write


def test_a_packed_file_is_the_same_file(tmp_path):
    for name in ("actions.csv", "records.csv"):
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress((EXTRACT / name).read_bytes()))
    packed, plain = read_history(tmp_path, limit=LIMIT), read_history(EXTRACT, limit=LIMIT)

    assert packed.actions.digest == plain.actions.digest
    assert packed.actions.sheet == plain.actions.sheet
    assert packed.actions.name == "actions.csv.gz"


def refusal(folder, limit=LIMIT) -> str:
    with pytest.raises(FileRefused) as caught:
        read_history(folder, limit=limit)
    return caught.value.message


def test_a_folder_without_the_files_is_refused(tmp_path):
    assert "holds neither “actions.csv” nor “actions.csv.gz”" in refusal(tmp_path)


def test_two_files_of_which_either_could_be_meant_are_refused(tmp_path):
    write(tmp_path, [action()])
    (tmp_path / "actions.csv.gz").write_bytes(gzip.compress(b"x"))
    assert "which of them counts nobody" in refusal(tmp_path)


def test_a_file_that_is_cut_short_is_refused(tmp_path):
    (tmp_path / "actions.csv.gz").write_bytes(gzip.compress((EXTRACT / "actions.csv").read_bytes())[:-20])
    assert "cut short or broken" in refusal(tmp_path)


def test_a_file_that_unpacks_beyond_the_limit_is_not_unpacked(tmp_path):
    (tmp_path / "actions.csv.gz").write_bytes(gzip.compress(b"x" * 3_000_000))
    assert "more than the limit of 1.0 MB" in refusal(tmp_path, 1_000_000)


def test_a_file_without_a_column_that_is_needed_is_refused_by_name(tmp_path):
    write(tmp_path, [action()])
    text = (tmp_path / "actions.csv").read_text("utf-8")
    (tmp_path / "actions.csv").write_text(text.replace("ActionDate", "When"), encoding="utf-8")
    assert "“actions.csv”: " in refusal(tmp_path)
    assert "no column “ActionDate”" in refusal(tmp_path)
