from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qa_platform import app
from qa_platform.cli import qa
from tests.servers import Database

Command = Callable[..., Result]


def command_on(database: Database, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Return what runs `qa …` on a database that is made ready for it."""
    app.migrate(database.owner_url, database.application_url)
    key = folder / "kek"
    key.write_text("ab" * 32, encoding="ascii")
    key.chmod(0o600)
    for name, value in (
        ("DATABASE_URL", database.application_url),
        ("MIGRATION_DATABASE_URL", database.owner_url),
        ("DATA_FOLDER", str(folder)),
        ("KEK_FILE", str(key)),
    ):
        monkeypatch.setenv(name, value)

    def command(*words: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(qa, words, input=typed)

    return command


@pytest.fixture
def command(database, tmp_path, monkeypatch) -> Command:
    """Run `qa …` on a fresh database."""
    return command_on(database, tmp_path, monkeypatch)
