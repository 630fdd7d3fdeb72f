from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from qa_platform.embedded import EmbeddedFailure, PrivatePostgres, addresses_of_running, stop_running
from qa_platform.embedded.postmaster import postmaster_of

SUPERVISOR = """
import sys, time
from pathlib import Path
from qa_platform.embedded import PrivatePostgres
print(PrivatePostgres(Path(sys.argv[1])).start().owner_url, flush=True)
time.sleep(600)
"""


@pytest.fixture(scope="module")
def made(place):
    """Make a data folder once; tests copy it, for making one takes a second."""
    folder = place / "made" / "postgres"
    with PrivatePostgres(folder, durable=False):
        pass
    return folder


@pytest.fixture
def folder(made, tmp_path):
    copy = tmp_path / "var" / "postgres"
    copy.parent.mkdir()
    subprocess.run(["cp", "-a", made, copy], check=True)
    yield copy
    stop_running(copy)


def ask(url, question):
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        return connection.execute(question).fetchone()


def do(url, statement, *values):
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute(statement, values)


def supervisor_of(folder):
    process = subprocess.Popen([sys.executable, "-c", SUPERVISOR, str(folder)], stdout=subprocess.PIPE, text=True)
    return process, process.stdout.readline().strip()


def kill(process):
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_fresh_folder_becomes_a_database_with_two_roles(made):
    with PrivatePostgres(made, durable=False) as (owner_url, application_url):
        assert ask(owner_url, "SELECT current_user::text, current_database()::text") == ("qa_owner", "qa_platform")
        assert ask(
            application_url,
            "SELECT current_user::text, rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user",
        ) == (
            "qa_app",
            False,
            False,
        )
        assert ask(owner_url, "SHOW data_checksums") == ("on",)
        assert ask(owner_url, "SHOW server_encoding") == ("UTF8",)


def test_the_server_listens_on_a_socket_that_nobody_else_may_reach(made):
    with PrivatePostgres(made, durable=False) as (owner_url, _):
        socket_folder = postmaster_of(made).socket_folder

        assert ask(owner_url, "SHOW listen_addresses") == ("",)
        assert socket_folder.stat().st_mode & 0o077 == 0


def test_data_are_kept_from_one_start_to_the_next(folder):
    with PrivatePostgres(folder, durable=False) as (owner_url, _):
        do(owner_url, "CREATE TABLE kept AS SELECT 42 AS answer")

    with PrivatePostgres(folder, durable=False) as (owner_url, _):
        assert ask(owner_url, "SELECT answer FROM kept") == (42,)


def test_nothing_runs_or_lies_about_after_a_stop(folder):
    server = PrivatePostgres(folder, durable=False)
    server.start()
    postmaster = postmaster_of(folder)

    server.stop()

    assert not psutil.pid_exists(postmaster.pid)
    assert not postmaster.socket_folder.exists()
    assert not server.is_running
    assert addresses_of_running(folder) is None


def test_an_emptied_server_holds_nothing_and_still_has_its_roles(folder):
    server = PrivatePostgres(folder, durable=False)
    with server as (owner_url, application_url):
        do(owner_url, "CREATE TABLE left_behind ()")

        server.empty()

        assert ask(owner_url, "SELECT to_regclass('left_behind')") == (None,)
        assert ask(application_url, "SELECT current_user::text") == ("qa_app",)


def test_a_server_that_is_not_held_is_not_emptied(folder):
    with pytest.raises(RuntimeError, match="only a server that we hold"):
        PrivatePostgres(folder).empty()


def test_a_private_server_flushes_to_disk_unless_told_otherwise(folder):
    with PrivatePostgres(folder) as (owner_url, _):
        assert ask(owner_url, "SHOW fsync") == ("on",)
        assert ask(owner_url, "SHOW synchronous_commit") == ("on",)


def test_the_log_holds_nothing_that_people_wrote(folder):
    with PrivatePostgres(folder, durable=False) as (owner_url, _):
        do(owner_url, "CREATE TABLE people (email text PRIMARY KEY)")
        do(owner_url, "INSERT INTO people VALUES (%s)", "canary@example.org")
        with pytest.raises(psycopg.errors.UniqueViolation, match="canary"):
            do(owner_url, "INSERT INTO people VALUES (%s)", "canary@example.org")

    log = "".join(path.read_text() for path in (folder / "log").iterdir())
    assert "duplicate key" in log
    assert "canary" not in log


def test_a_server_is_in_a_session_of_its_own_so_that_ctrl_c_passes_it_by(folder):
    with PrivatePostgres(folder, durable=False):
        pid = postmaster_of(folder).pid

        assert os.getsid(pid) == pid


def test_a_server_whose_supervisor_was_killed_is_adopted_and_stopped_at_the_end(folder):
    process, _ = supervisor_of(folder)
    kill(process)
    orphan = postmaster_of(folder)
    assert orphan is not None

    with PrivatePostgres(folder, durable=False) as (owner_url, _):
        assert postmaster_of(folder) == orphan
        assert ask(owner_url, "SELECT 1") == (1,)

    assert postmaster_of(folder) is None


def test_a_server_that_was_killed_itself_recovers_what_was_committed(folder):
    process, owner_url = supervisor_of(folder)
    do(owner_url, "CREATE TABLE kept AS SELECT 42 AS answer")
    os.kill(postmaster_of(folder).pid, signal.SIGKILL)
    kill(process)
    assert (folder / "postmaster.pid").exists()

    with PrivatePostgres(folder, durable=False) as (owner_url, _):
        assert ask(owner_url, "SELECT answer FROM kept") == (42,)


def test_a_pid_file_whose_number_went_to_a_stranger_does_no_harm(folder):
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    left_behind = f"{stranger.pid}\n{folder}\n{int(time.time())}\n5432\n/tmp\n\n  5432001    1234\nready   \n"
    (folder / "postmaster.pid").write_text(left_behind)
    shutil.chown(folder / "postmaster.pid", folder.stat().st_uid, folder.stat().st_gid)

    with PrivatePostgres(folder, durable=False) as (owner_url, _):
        assert ask(owner_url, "SELECT 1") == (1,)

    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_an_adopted_server_whose_socket_was_cleaned_away_is_started_anew(folder):
    process, _ = supervisor_of(folder)
    kill(process)
    postmaster_of(folder).socket.unlink()

    with PrivatePostgres(folder, durable=False) as (owner_url, _):
        assert ask(owner_url, "SELECT 1") == (1,)


def test_a_folder_in_use_by_another_platform_is_refused(folder):
    with PrivatePostgres(folder, durable=False), pytest.raises(EmbeddedFailure, match="in use by another running"):
        PrivatePostgres(folder, durable=False).start()


def test_a_refused_second_platform_does_not_stop_the_first(folder):
    with PrivatePostgres(folder, durable=False) as (owner_url, _):
        second = PrivatePostgres(folder, durable=False)
        with pytest.raises(EmbeddedFailure):
            second.start()
        second.stop()

        assert ask(owner_url, "SELECT 1") == (1,)


def test_a_second_process_finds_the_running_server(folder):
    with PrivatePostgres(folder, durable=False) as addresses:
        assert addresses_of_running(folder) == addresses


def test_a_folder_from_another_version_is_refused(folder):
    (folder / "PG_VERSION").write_text("17\n")

    with pytest.raises(EmbeddedFailure, match="made by PostgreSQL 17, and this platform brings PostgreSQL 18"):
        PrivatePostgres(folder).start()


def test_a_broken_folder_is_refused_with_what_postgresql_says(folder):
    shutil.rmtree(folder / "global")

    with pytest.raises(
        EmbeddedFailure, match=r"does not start: PostgreSQL says “.*global/pg_control.*Restore the folder"
    ):
        PrivatePostgres(folder).start()


def test_a_folder_that_is_no_database_is_refused_and_left_alone(tmp_path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "letter.txt").write_text("mine")

    with pytest.raises(EmbeddedFailure, match="is not a database"):
        PrivatePostgres(tmp_path / "postgres").start()

    assert (tmp_path / "postgres" / "letter.txt").read_text() == "mine"


def test_a_file_where_a_folder_should_be_is_refused(tmp_path):
    (tmp_path / "var").write_text("")

    with pytest.raises(EmbeddedFailure, match="is a file, not a folder"):
        PrivatePostgres(tmp_path / "var" / "postgres").start()


def test_a_nearly_full_disk_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(EmbeddedFailure, match="the disk is full"):
        PrivatePostgres(tmp_path / "postgres", least_free_bytes=10**18).start()

    assert not (tmp_path / "postgres").exists()


def test_half_a_folder_left_by_a_killed_start_is_made_anew(tmp_path):
    (tmp_path / "postgres.new").mkdir()
    (tmp_path / "postgres.new" / "PG_VERSION").write_text("18")

    with PrivatePostgres(tmp_path / "postgres", durable=False) as (owner_url, _):
        assert ask(owner_url, "SELECT 1") == (1,)


def test_a_deep_folder_still_has_a_short_socket(made, tmp_path):
    deep = tmp_path.joinpath(*["a_long_name_for_a_folder"] * 6, "postgres")
    deep.parent.mkdir(parents=True)
    subprocess.run(["cp", "-a", made, deep], check=True)

    with PrivatePostgres(deep, durable=False) as (owner_url, _):
        assert ask(owner_url, "SELECT 1") == (1,)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_parents_are_opened_for_passing_through_and_never_for_reading(made, tmp_path):
    tmp_path.chmod(0o700)
    (tmp_path / "secrets").mkdir(mode=0o700)
    subprocess.run(["cp", "-a", made, tmp_path / "postgres"], check=True)

    with PrivatePostgres(tmp_path / "postgres", durable=False):
        assert tmp_path.stat().st_mode & 0o777 == 0o711
        assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_the_same_works_for_a_person_who_is_not_root(unprivileged):
    said = unprivileged("with PrivatePostgres(Path('var/postgres'), durable=False) as a: print(a.owner_url)")

    assert "postgresql+psycopg://qa_owner@/qa_platform" in said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_that_may_not_be_written_is_refused(unprivileged):
    said = unprivileged("PrivatePostgres(Path('/usr/qa/postgres')).start()")

    assert "The database cannot be started: this user may not read or write “/usr/qa”." in said


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_a_folder_that_root_made_is_refused_to_others(unprivileged, folder):
    for parent in folder.parents:
        parent.chmod(parent.stat().st_mode | 0o055)
    said = unprivileged(f"PrivatePostgres(Path({str(folder)!r})).start()")

    assert "The database cannot be started: this user may not read or write" in said


@pytest.fixture
def unprivileged(tmp_path):
    """Run a line as a user without any rights, in a folder of its own."""
    nobody = 65534
    for parent in tmp_path.parents:
        parent.chmod(parent.stat().st_mode | 0o011)
    os.chown(tmp_path, nobody, nobody)

    def run(line):
        program = textwrap.dedent(f"""
            import encodings.ascii, encodings.idna, os
            from pathlib import Path
            from qa_platform.embedded import EmbeddedFailure, PrivatePostgres
            os.chdir({str(tmp_path)!r})
            os.setgroups([])
            os.setgid({nobody})
            os.setuid({nobody})
            try:
                {line}
            except EmbeddedFailure as failure:
                print(failure.message)
        """)
        environment = {"PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(tmp_path)}
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
        )
        assert done.stderr == ""
        return done.stdout

    return run
