from __future__ import annotations

import pytest

from qa_platform.operating.doctor import Verdict
from tests.operating.doctor.conftest import changed, diagnose
from tests.submissions.lodging import accept
from tests.whole import whole_ledger


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: path.chmod(0o644), "can be read by others"),
        (lambda path: path.unlink(), "cannot be read"),
        (lambda path: path.write_text("ab"), "must hold 64 hexadecimal digits"),
        (lambda path: path.write_text("cd" * 32), "is not the one that sealed this database's personal data"),
    ],
)
def test_a_key_file_that_opens_nothing_or_opens_to_all_is_found(doctor, database, settings, spoil, words):
    with whole_ledger(database) as ledger:
        accept(ledger)
        with ledger.engine.begin() as connection:
            ledger.keys.for_writing(connection, [("somebody", "contact")])
    assert "key" not in doctor()

    spoil(settings.kek_file)

    assert words in doctor()["key"].says


def test_a_key_inside_the_database_s_folder_is_found(settings):
    inside = settings.postgres_folder / "kek"
    inside.parent.mkdir()
    inside.write_text("ab" * 32)
    inside.chmod(0o600)

    assert "lies inside the database's folder" in diagnose(changed(settings, kek_file=inside), None)["key"].says


def test_a_disk_without_room_is_found(settings):
    assert "GB free" in diagnose(settings, None, free_bytes=1 << 62)["disk"].says


@pytest.mark.parametrize(
    ("noted", "verdict", "words"),
    [
        (None, Verdict.DOUBTFUL, "No backup is on record"),
        ("yesterday", Verdict.DOUBTFUL, "holds no time"),
        ("", Verdict.DOUBTFUL, "holds no time"),
        ("2026-11-01T02:00:00+00:00", Verdict.WRONG, "days old"),
    ],
)
def test_a_backup_that_is_old_or_unknown_is_found(settings, noted, verdict, words):
    settings.backups_file.unlink()
    if noted is not None:
        settings.backups_file.write_text(noted)

    found = diagnose(settings, None)["backup"]

    assert found.verdict is verdict
    assert words in found.says
