"""The PostgreSQL that all competitors share: the product's private one, flushing to disk."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from qa_platform.embedded import PrivatePostgres, cluster, stop_running
from qa_platform.ledger.tables import migrate

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "var" / "bench"
# Three competitors with sixteen writers each stay connected through a case; the product's own limit is 100.
CONNECTIONS = 200
SETTINGS = (
    "server_version",
    "fsync",
    "synchronous_commit",
    "full_page_writes",
    "wal_sync_method",
    "shared_buffers",
    "max_wal_size",
    "checkpoint_timeout",
    "data_checksums",
    "max_connections",
)
_SETTINGS = "SELECT name, current_setting(name) FROM pg_settings WHERE name = ANY(%s)"
_BARE = "bare"


class Database(NamedTuple):
    """A database, as its owner, as the application, and as the superuser reach it."""

    owner_url: str
    application_url: str
    superuser_url: str

    @property
    def plain(self) -> str:
        """Return the superuser's address as psycopg takes it."""
        return plain(self.superuser_url)


class Server:
    """A running server that gives fresh databases."""

    def __init__(self, superuser_url: str) -> None:
        """Take the superuser's address."""
        self._superuser = superuser_url

    @contextmanager
    def database(self, name: str, *, like: str | None = None) -> Iterator[Database]:
        """Give an empty database, or a copy of another one, for a block, and drop it."""
        self._drop(name)
        statement = sql.SQL("CREATE DATABASE {} OWNER qa_owner").format(sql.Identifier(name))
        if like is not None:
            statement += sql.SQL(" TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(like))
        self._execute(statement)
        try:
            yield self.reach(name)
        finally:
            self._drop(name)

    @contextmanager
    def ledger(self, name: str, *, like: str | None = None) -> Iterator[Database]:
        """Give a migrated database of ours for a block: without events and read models, or a copy of another one."""
        with self.database(name, like=like or _BARE) as database:
            yield database

    def reach(self, name: str) -> Database:
        """Return how a database is reached."""
        url = make_url(self._superuser)
        return Database(
            *(
                url.set(username=role, database=name).render_as_string(hide_password=False)
                for role in ("qa_owner", "qa_app", "postgres")
            )
        )

    def settings(self) -> dict[str, str]:
        """Return the settings that matter to the figures, as the server says them."""
        with psycopg.connect(plain(self._superuser)) as connection:
            rows = connection.execute(_SETTINGS, [list(SETTINGS)]).fetchall()
        found = dict(rows)
        return {name: found[name] for name in SETTINGS}

    def checkpoint(self) -> None:
        """Write out what earlier cases left, so that no case pays for another."""
        self._execute(sql.SQL("CHECKPOINT"))

    def tidy(self, *databases: Database) -> None:
        """Leave databases as the server's own housekeeping would soon leave them, so that it does not meet a round."""
        for one in databases:
            with psycopg.connect(one.plain, autocommit=True) as connection:
                connection.execute("VACUUM (ANALYZE)")
        self.checkpoint()

    def make_bare(self) -> None:
        """Make the database that all of ours are copies of."""
        self._drop(_BARE)
        self._execute(sql.SQL("CREATE DATABASE {} OWNER qa_owner").format(sql.Identifier(_BARE)))
        bare = self.reach(_BARE)
        migrate(bare.owner_url, bare.application_url, ROOT / "migrations")
        self.hang_up(_BARE)

    def hang_up(self, name: str) -> None:
        """End all connections to a database: a copy is made of what nobody uses."""
        self._execute(
            sql.SQL("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}").format(
                sql.Literal(name)
            )
        )

    def _drop(self, name: str) -> None:
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _execute(self, statement: sql.Composable) -> None:
        with psycopg.connect(plain(self._superuser), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running(name: str = "postgres", *, preload: Path | None = None) -> Iterator[Server]:
    """Give a server of its own folder for a block, and remove both; `preload` is loaded into it first."""
    folder = FOLDER / name
    stop_running(folder)
    shutil.rmtree(folder, ignore_errors=True)
    server = PrivatePostgres(folder, durable=True, max_connections=CONNECTIONS)
    environment = cluster.environment() | ({"LD_PRELOAD": str(preload)} if preload else {})
    # The server sees few variables, and none of ours; a slow disk is one that the product never needs.
    with patch.object(cluster, "environment", lambda: environment):
        addresses = server.start()
    try:
        url = make_url(addresses.owner_url).set(username="postgres", database="postgres")
        running_server = Server(url.render_as_string(hide_password=False))
        running_server.make_bare()
        yield running_server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def slow_flush() -> Path | None:
    """Return the compiled library that makes each flush a millisecond slower; None without a compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return None
    FOLDER.mkdir(parents=True, exist_ok=True)
    made = FOLDER / "slow_flush.so"
    source = Path(__file__).with_name("slow_flush.c")
    subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", str(made), str(source), "-ldl"], check=True)  # noqa: S603 -- our own source
    # The server runs as a user of its own when we are root.
    made.chmod(0o755)
    return made


def plain(url: str) -> str:
    """Return an address as psycopg takes it."""
    return url.replace("postgresql+psycopg://", "postgresql://", 1)
