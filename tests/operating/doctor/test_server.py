"""A server of its own, made as ill as an operator can make one."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from qa_platform import app
from qa_platform.embedded import PrivatePostgres
from qa_platform.embedded.account import account_for
from qa_platform.embedded.cluster import program
from qa_platform.embedded.postmaster import postmaster_of
from qa_platform.operating.doctor import Verdict
from tests.operating.doctor.conftest import changed, diagnose
from tests.servers import fast_folders

ILLNESSES = """
fsync = off
full_page_writes = off
autovacuum = off
max_connections = 20
archive_mode = on
archive_command = '/bin/false'
"""


@pytest.fixture(scope="module")
def folder():
    parent = Path(tempfile.mkdtemp(prefix="qa-doctor-", dir=fast_folders()[0]))
    yield parent / "postgres"
    shutil.rmtree(parent)


def superuser(folder: Path, statement: str) -> object:
    socket = postmaster_of(folder).socket_folder
    with psycopg.connect(host=str(socket), user="postgres", dbname="qa_platform", autocommit=True) as connection:
        found = connection.execute(statement)
        return found.fetchone()[0] if found.description else None


def test_a_new_server_of_ours_is_well_until_an_operator_makes_it_ill(folder, settings):
    server = PrivatePostgres(folder)
    with server as addresses:
        app.migrate(*addresses)
        well = diagnose(settings, addresses.application_url)
    subprocess.run(
        [program("pg_checksums"), "--disable", "--pgdata", folder],
        check=True,
        capture_output=True,
        **account_for(folder).process_arguments(),
    )
    (folder / "local.conf").write_text(ILLNESSES)
    with server as addresses:
        superuser(folder, "ALTER ROLE qa_app SET synchronous_commit TO off")
        superuser(folder, "SELECT pg_switch_wal()")
        deadline = time.monotonic() + 60
        while not superuser(folder, "SELECT failed_count FROM pg_stat_archiver") and time.monotonic() < deadline:
            time.sleep(0.2)
        ill = diagnose(settings, addresses.application_url)

    # Nobody works on it yet, and that is all.
    assert set(well) == {"worker"}
    assert {check for check, one in ill.items() if one.verdict is Verdict.WRONG} == {
        "worker",
        "fsync",
        "full_page_writes",
        "synchronous_commit",
        "vacuum",
        "archiving",
    }
    assert {check for check, one in ill.items() if one.verdict is Verdict.DOUBTFUL} == {"checksums", "connections"}
    assert "set by: user" in ill["synchronous_commit"].says
    assert "set by: configuration file" in ill["fsync"].says


@pytest.mark.parametrize(
    ("limits", "check", "words"),
    [
        ({"server_version": 99}, "version", "Upgrade it to 99 or newer."),
        ({"transaction_age": 0}, "vacuum", "vacuumdb --freeze"),
        ({"clock_seconds": -1.0}, "clock", "NTP"),
    ],
)
def test_what_no_test_can_wait_for_is_judged_by_a_limit(doctor, limits, check, words):
    assert words in doctor(**limits)[check].do


def test_a_transaction_that_somebody_left_open_is_found_and_named(doctor, database):
    engine = sa.create_engine(database.application_url, connect_args={"application_name": "forgotten"})
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT 1"))

        found = doctor(idle_seconds=0)["idle transactions"]

        assert found.verdict is Verdict.DOUBTFUL
        assert "qa_app forgotten pid" in found.do
    engine.dispose()


def test_a_database_of_another_encoding_is_found(database, settings):
    name = f"{sa.make_url(database.owner_url).database}_latin"
    with psycopg.connect(database.superuser_url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'"
        )
        try:
            url = sa.make_url(database.application_url).set(database=name).render_as_string(hide_password=False)
            found = diagnose(settings, url)
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

    assert "LATIN1" in found["encoding"].says
    # It was never migrated: what cannot be looked at is told, too.
    assert "Run “qa migrate”" in found["work"].do


def test_a_database_that_cannot_be_reached_is_said_so_with_the_reason(settings):
    found = diagnose(settings, "postgresql+psycopg://nobody:secret@127.0.0.1:1/none")

    assert "Connection refused" in found["database"].says
    assert "secret" not in found["database"].says


def test_a_private_database_that_is_not_running_is_said_so(settings):
    found = diagnose(changed(settings, database_url=None), None)

    assert "is not running" in found["database"].says
