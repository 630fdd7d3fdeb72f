from __future__ import annotations

import psycopg
import pytest

from qa_platform.cli.key_file import ensure_key_file
from qa_platform.ledger.keys import KeyFileUnusable, read_key_file


def test_a_key_is_made_once_and_only_its_owner_reads_it(database, tmp_path):
    path = tmp_path / "secrets" / "kek"

    assert ensure_key_file(path, database.owner_url)
    key = read_key_file(path)
    assert not ensure_key_file(path, database.owner_url)

    assert read_key_file(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_lost_key_is_never_replaced_when_something_is_sealed_with_it(database, tmp_path):
    with psycopg.connect(database.owner_url.replace("+psycopg", "")) as connection:
        connection.execute(
            "INSERT INTO keys.subject_keys (subject, purpose, version, wrapped, fingerprint) "
            "VALUES ('somebody', 'contact', 1, 'x', 'f')"
        )

    with pytest.raises(KeyFileUnusable, match="is missing, and personal data in the database are sealed with it"):
        ensure_key_file(tmp_path / "kek", database.owner_url)

    assert not (tmp_path / "kek").exists()
