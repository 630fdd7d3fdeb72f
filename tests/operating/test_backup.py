"""A demo is backed up in every way that docs/backup.md tells, restored into another server, and goes on."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from qa_platform import app
from qa_platform.cli import COMMANDS, qa
from qa_platform.cli.demonstration import load_demo
from qa_platform.config import load_settings
from qa_platform.embedded import PrivatePostgres
from qa_platform.embedded.account import account_for
from qa_platform.embedded.cluster import program
from qa_platform.embedded.postmaster import postmaster_of
from qa_platform.ledger.sequencer import figures
from qa_platform.scheduling.journey import settle
from tests.people.factories import RegisterPersonFactory
from tests.providers.factories import RecogniseProviderFactory, RegisterProviderFactory
from tests.servers import fast_folders
from tests.submissions.factories import PROVIDER, SUBMISSION, AcceptSubmissionFactory
from tests.submissions.lodging import lodge
from tests.whole import KEK

DOCUMENT = Path(__file__).parents[2] / "docs" / "backup.md"
PANEL = f"panel-{SUBMISSION}"
ARCHIVING = """
archive_mode = on
archive_command = 'cp %p {archive}/%f'
"""
RECOVERY = """
restore_command = 'cp {archive}/%f %p'
recovery_target_action = 'promote'
recovery_target_time = '{instant}'
"""


class Platform:
    """A private database in a data folder of its own, under settings of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(exist_ok=True)
        key = folder / "secrets" / "kek"
        key.parent.mkdir(mode=0o700, exist_ok=True)
        key.write_text(KEK.hex(), "ascii")
        key.chmod(0o600)
        self.server = PrivatePostgres(folder / "postgres", durable=False)

    @contextmanager
    def chosen(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DATA_FOLDER", str(self.folder))
            for name in ("DATABASE_URL", "MIGRATION_DATABASE_URL", "KEK_FILE"):
                patch.delenv(name, raising=False)
            yield load_settings()

    @contextmanager
    def ledger(self):
        with self.chosen() as settings:
            ledger = app.ledger_of(settings)
            try:
                yield ledger
            finally:
                ledger.engine.dispose()

    def qa(self, *words: str) -> str:
        with self.chosen():
            answer = CliRunner().invoke(qa, words)
        assert answer.exit_code == 0, answer.output
        return answer.output

    def address(self, role: str) -> str:
        socket = postmaster_of(self.folder / "postgres").socket_folder
        return f"postgresql://{role}@/qa_platform?host={quote(str(socket), safe='')}"

    def sql(self, statement: str) -> object:
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            found = connection.execute(statement)
            return found.fetchone()[0] if found.description else None


@pytest.fixture(scope="module")
def place():
    folder = Path(tempfile.mkdtemp(prefix="qa-backup-", dir=fast_folders()[0]))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def archive(place) -> Path:
    folder = place / "archive"
    folder.mkdir()
    folder.chmod(0o777)
    return folder


@pytest.fixture(scope="module")
def source(place, archive):
    """Give a running demo with one case more, which is accepted and which the journey has not seen."""
    source = Platform(place / "source")
    with source.server:
        pass
    (source.folder / "postgres" / "local.conf").write_text(ARCHIVING.format(archive=archive))
    with source.server as addresses:
        app.migrate(*addresses)
        with source.chosen() as settings:
            load_demo(settings, lambda *_: None, cases=3)
        with source.ledger() as ledger:
            recognised = [RegisterProviderFactory(provider_id=PROVIDER), RecogniseProviderFactory(provider_id=PROVIDER)]
            ledger.execute_together(recognised, actor="accreditation_officer:test")
            lodge(ledger)
            settle(ledger, "MY-MC")
            published = source.sql(
                "SELECT record -> 'data' ->> 'content_hash' FROM ledger.events WHERE name = 'rubric.published.v1'"
            )
            ledger.execute(AcceptSubmissionFactory(rubric_hash=published), actor="intake_officer:test")
        source.sql(
            "CREATE ROLE qa_backup LOGIN IN ROLE pg_read_all_data; GRANT CONNECT ON DATABASE qa_platform TO qa_backup"
        )
        yield source


@pytest.fixture
def target(place):
    folder = Path(tempfile.mkdtemp(dir=place))
    folder.chmod(0o711)
    return Platform(folder)


def documented(name: str, folder: Path, **addresses: str) -> None:
    """Run the commands that the document gives under a name, as they stand there."""
    block = re.search(rf"<!-- {name} -->\n```sh\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)[1]
    programs = str(program("pg_dump").parent)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block],
        cwd=folder,
        env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", **addresses},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def is_whole(platform: Platform) -> None:
    """Assert that what was restored agrees with itself."""
    assert " 0 differences" in platform.qa("rebuild", "--check")
    if "check" in COMMANDS:
        platform.qa("check")
    with platform.ledger() as ledger, ledger.reading() as connection:
        assert figures(connection).missing == 0
    assert "(erased)" not in platform.qa("people", "list", "--json")


def goes_on(platform: Platform) -> None:
    """Assert that the worker goes on with the case that was waiting, and does nothing twice."""
    with platform.ledger() as ledger:
        with ledger.reading() as connection:
            before = figures(connection)
        settle(ledger, "MY-MC")
        with ledger.reading() as connection:
            after = figures(connection)
            newest = connection.execute(
                sa.text(
                    "SELECT DISTINCT e.case_id FROM ledger.positions p JOIN ledger.events e USING (id) "
                    "WHERE p.position >= :head"
                ),
                {"head": before.positions},
            ).scalars()
            assert set(newest) == {SUBMISSION}
            dense = connection.scalar(sa.text("SELECT max(position) + 1 = count(*) FROM ledger.positions"))
        assert dense
        assert after.unsequenced == after.missing == 0
        assert [type(one.event).__name__ for one in ledger.read_stream(PANEL)][:1] == ["PanelOpened"]
        settle(ledger, "MY-MC")
        with ledger.reading() as connection:
            assert figures(connection) == after


def test_the_private_database_goes_into_two_files_and_comes_back(source, target, tmp_path):
    history, keys = tmp_path / "history.dump", tmp_path / "keys.dump"
    source.qa("backup", str(history), str(keys))
    assert {stat.S_IMODE(file.stat().st_mode) for file in (history, keys)} == {0o600}
    # A server that has counted fewer transactions than the one that the events were written on.
    with target.server:
        assert int(target.sql("SELECT pg_current_xact_id()")) < int(source.sql("SELECT pg_current_xact_id()"))

    target.qa("restore", str(history), str(keys))

    with target.server:
        is_whole(target)
        goes_on(target)


def test_a_backup_is_on_record_and_never_overwrites_one(source, tmp_path):
    history, keys = str(tmp_path / "history.dump"), str(tmp_path / "keys.dump")
    source.qa("backup", history, keys)

    assert (source.folder / "last-backup").read_text().startswith("20")
    with source.chosen():
        again = CliRunner().invoke(qa, ["backup", history, keys])
    assert (again.exit_code, "is there already" in again.stderr) == (1, True)


def test_a_restore_overwrites_nothing_and_one_that_fails_leaves_nothing(source, target, tmp_path):
    history, keys = tmp_path / "history.dump", tmp_path / "keys.dump"
    source.qa("backup", str(history), str(keys))
    broken = tmp_path / "broken.dump"
    broken.write_bytes(b"PGDMP")

    with target.chosen():
        failed = CliRunner().invoke(qa, ["restore", str(history), str(broken)])
        target.qa("restore", str(history), str(keys))
        again = CliRunner().invoke(qa, ["restore", str(history), str(keys)])

    assert (failed.exit_code, "pg_restore ended without success" in failed.stderr) == (1, True)
    assert (again.exit_code, "is not empty" in again.stderr) == (1, True)


def test_the_documented_dumps_are_restored_and_go_on(source, target, tmp_path):
    documented("dump", tmp_path, BACKUP_URL=source.address("qa_backup"))

    with target.server:
        documented("restore", tmp_path, SUPERUSER_URL=target.address("postgres"))
        target.sql("UPDATE operations.bookmarks SET lease_until = now()")
        target.qa("migrate")

        is_whole(target)
        goes_on(target)


def test_a_dump_without_read_models_and_operations_is_enough(source, target, tmp_path):
    documented("lean dump", tmp_path, BACKUP_URL=source.address("qa_backup"))

    with target.server:
        documented("restore", tmp_path, SUPERUSER_URL=target.address("postgres"))
        assert target.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'read_models'") == 0
        target.qa("migrate")

        is_whole(target)
        goes_on(target)


def test_a_base_backup_and_the_archive_lead_back_to_an_instant(source, target, archive):
    base = target.folder / "postgres"
    documented("base backup", target.folder, BASE=str(base), REPLICATION_URL=source.address("postgres"))
    with source.ledger() as ledger, ledger.reading() as connection:
        then = figures(connection)
    instant = source.sql("SELECT clock_timestamp()::text")
    with source.ledger() as ledger:
        ledger.execute(RegisterPersonFactory(), actor="system:tests")
    file = source.sql("SELECT pg_walfile_name(pg_switch_wal())")
    deadline = time.monotonic() + 60
    while not (archive / file).exists() and time.monotonic() < deadline:
        time.sleep(0.1)

    with (base / "local.conf").open("w") as settings:
        settings.write(RECOVERY.format(archive=archive, instant=instant))
    (base / "recovery.signal").touch()
    _give(source.folder / "postgres", base)

    with target.server:
        with target.ledger() as ledger, ledger.reading() as connection:
            assert figures(connection) == then
        is_whole(target)


def _give(like: Path, folder: Path) -> None:
    """Give a folder to the user that a server runs as."""
    account = account_for(like)
    for path in (folder, *folder.rglob("*")):
        account.give(path)
