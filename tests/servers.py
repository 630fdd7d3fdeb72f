"""The private PostgreSQL of a test session: one for all workers, and a fresh database per test."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

import psutil
import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from qa_platform.embedded import PrivatePostgres, addresses_of_running, stop_running
from qa_platform.ledger.tables import migrate

_PREFIX = "qa-tests-"
_FOLDER = "QA_TESTS_FOLDER"
# Migrated only, and with every read model of the platform made: cloning the latter is what makes tests quick.
_BARE = "template_bare"
_WHOLE = "template_platform"
_MIGRATIONS = Path(__file__).parents[1] / "migrations"
_ROOM_IN_MEMORY = 2_000_000_000
_serial = count(1)
_started: list[PrivatePostgres] = []  # kept, for the folder's lock goes with the object


class Database(NamedTuple):
    """A migrated database of one test; the superuser is for those who tamper."""

    owner_url: str
    application_url: str
    superuser_url: str


def open_session() -> None:
    """Choose the session's folder, which its workers inherit, and clear up after sessions that were killed."""
    for base in fast_folders():
        for folder in base.glob(f"{_PREFIX}*"):
            pid = folder.name.removeprefix(_PREFIX)
            if folder.stat().st_uid == os.geteuid() and pid.isdigit() and not psutil.pid_exists(int(pid)):
                _remove(folder)
    folder = fast_folders()[0] / f"{_PREFIX}{os.getpid()}"
    folder.mkdir(mode=0o711, exist_ok=True)
    os.environ[_FOLDER] = str(folder)


def close_session() -> None:
    """Stop the session's servers, whichever worker started them, and remove their folder."""
    if folder := os.environ.pop(_FOLDER, None):
        for server in _started:
            server.stop()
        _remove(Path(folder))


def session_folder() -> Path:
    """Return the folder that all workers of a session share."""
    return Path(os.environ[_FOLDER])


class Filled(NamedTuple):
    """A database that is filled once for all tests of a session: under which name, and by what."""

    name: str
    fill: Callable[[Database], None]


@contextmanager
def fresh_database(*, durable: bool = False, bare: bool = False, filled: Filled | None = None) -> Iterator[Database]:
    """Give a fresh clone of a prepared database for a block, and drop it; a bare one has no read models."""
    superuser = _superuser(durable=durable)
    template = _BARE if bare else _whole_template(superuser, durable=durable)
    if filled is not None:
        template = _template(superuser, filled, template, durable=durable)
    name = f"test_{os.getpid()}_{next(_serial)}"
    with psycopg.connect(_plain(superuser), autocommit=True) as connection:
        _clone(connection, name, template)
    try:
        yield _database(superuser, name)
    finally:
        with psycopg.connect(_plain(superuser), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@cache
def _superuser(*, durable: bool) -> str:
    """Return the superuser's address of the session's server, started and prepared by whoever asks first."""
    session = session_folder()
    folder = session / ("durable" if durable else "quick") / "postgres"
    with (session / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        addresses = addresses_of_running(folder)
        if addresses is not None:
            return _as(addresses.owner_url, "postgres", "postgres")
        server = PrivatePostgres(folder, durable=durable, max_connections=200)
        _started.append(server)
        superuser = _as(server.start().owner_url, "postgres", "postgres")
        _make_bare_template(superuser)
        return superuser


@cache
def _whole_template(superuser: str, *, durable: bool) -> str:
    """Return the template with all read models, made by whoever asks first."""
    from qa_platform import app  # noqa: PLC0415 -- tests of the ledger alone do without the whole application

    def fill(database: Database) -> None:
        app.migrate(database.owner_url, database.application_url)

    return _template(superuser, Filled(_WHOLE, fill), _BARE, durable=durable)


@cache
def _template(superuser: str, filled: Filled, base: str, *, durable: bool) -> str:
    """Return a template that is filled once, by whoever asks first."""
    session = session_folder()
    with (session / f"{filled.name}-{durable}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with psycopg.connect(_plain(superuser), autocommit=True) as connection:
            if connection.execute("SELECT FROM pg_database WHERE datname = %s", [filled.name]).fetchone() is None:
                making = f"{filled.name}_in_the_making"
                _clone(connection, making, base)
                filled.fill(_database(superuser, making))
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [making]
                )
                connection.execute(
                    sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*map(sql.Identifier, (making, filled.name)))
                )
    return filled.name


def _make_bare_template(superuser: str) -> None:
    with psycopg.connect(_plain(superuser), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER qa_owner").format(sql.Identifier(_BARE)))
    template = _database(superuser, _BARE)
    migrate(template.owner_url, template.application_url, _MIGRATIONS)
    with psycopg.connect(_plain(superuser), autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [_BARE])


def _clone(connection: psycopg.Connection, name: str, template: str) -> None:
    # Copying files beats writing all pages to the log: 30 against 75 ms for making and dropping one.
    connection.execute(
        sql.SQL("CREATE DATABASE {} OWNER qa_owner TEMPLATE {} STRATEGY FILE_COPY").format(
            sql.Identifier(name), sql.Identifier(template)
        )
    )


def _database(superuser: str, name: str) -> Database:
    return Database(*(_as(superuser, role, name) for role in ("qa_owner", "qa_app", "postgres")))


def _as(url: str, role: str, database: str) -> str:
    return make_url(url).set(username=role, database=database).render_as_string(hide_password=False)


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def fast_folders() -> list[Path]:
    """Return where files are quickly made, the quickest first: memory, where there is room, and the disk."""
    memory, disk = Path("/dev/shm"), Path(tempfile.gettempdir())
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > _ROOM_IN_MEMORY
    return [memory, disk] if roomy else [disk]


def _remove(folder: Path) -> None:
    for data in folder.glob("*/postgres"):
        stop_running(data)
    shutil.rmtree(folder, ignore_errors=True)
