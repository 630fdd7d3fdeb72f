from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import msgspec
import pytest

from qa_platform import app
from qa_platform.cli.connection import addresses_of, connect
from qa_platform.cli.failures import Failed
from qa_platform.config import load_settings
from qa_platform.embedded import PrivatePostgres, addresses_of_running
from tests.servers import fast_folders


@pytest.fixture
def settings(monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("MIGRATION_DATABASE_URL", raising=False)
    folder = Path(tempfile.mkdtemp(prefix="qa-cli-", dir=fast_folders()[0]))
    monkeypatch.setenv("DATA_FOLDER", str(folder))
    yield load_settings()
    shutil.rmtree(folder)


def test_a_private_database_is_started_and_made_ready_for_one_command(settings):
    with connect(settings) as connected:
        ledger = app.ledger_of(connected)
        assert ledger.read_stream("person-nobody") == []
        ledger.engine.dispose()

    assert addresses_of_running(settings.postgres_folder) is None


def test_a_private_database_that_runs_is_used_and_left_running(settings):
    with PrivatePostgres(settings.postgres_folder, durable=False) as running:
        with connect(settings) as connected:
            assert addresses_of(connected) == running

        assert addresses_of_running(settings.postgres_folder) == running


def test_a_named_database_is_used_as_it_is(settings, database):
    named = msgspec.structs.replace(
        settings, database_url=database.application_url, migration_database_url=database.owner_url
    )

    with connect(named) as connected:
        assert connected == named

    assert not settings.postgres_folder.exists()


def test_a_machine_that_serves_connects_without_the_owners_address_and_cannot_migrate(settings, database):
    serving = msgspec.structs.replace(settings, database_url=database.application_url)

    with connect(serving) as connected:
        assert connected == serving
    with pytest.raises(Failed, match="MIGRATION_DATABASE_URL is not set"):
        addresses_of(serving)
