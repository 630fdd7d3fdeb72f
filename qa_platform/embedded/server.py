"""A private PostgreSQL server: started, adopted when its supervisor was killed, and stopped."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple
from urllib.parse import quote

import psycopg

from qa_platform.embedded import cluster
from qa_platform.embedded.account import Account, account_for, let_read, let_through
from qa_platform.embedded.failure import EmbeddedFailure, said_plainly
from qa_platform.embedded.postmaster import Postmaster, forget_dead, postmaster_of, stop_process
from qa_platform.embedded.roles import APPLICATION, DATABASE, OWNER, drop_database, ensure_database, ensure_roles

_LONGEST_SOCKET_PATH = 103  # bytes; Linux has 107, macOS 103
_LEAST_FREE_BYTES = 200_000_000


class Addresses(NamedTuple):
    """How the two roles reach the platform's database, as SQLAlchemy writes it."""

    owner_url: str
    application_url: str


class PrivatePostgres:
    """The server of one data folder, held by one process at a time.

    `durable=False` trades the safety of the data for speed: for tests only.
    """

    def __init__(
        self,
        folder: Path,
        *,
        durable: bool = True,
        max_connections: int = 100,
        ready_within_seconds: float = 120.0,
        least_free_bytes: int = _LEAST_FREE_BYTES,
    ) -> None:
        self.folder = folder.resolve()
        self.durable = durable
        self.max_connections = max_connections
        self.ready_within_seconds = ready_within_seconds
        self.least_free_bytes = least_free_bytes
        self._lock: IO[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._launched_at = 0.0

    def start(self) -> Addresses:
        """Return the addresses of the running server, made, started or adopted as need be."""
        with said_plainly(self.folder):
            self._take_lock()
        try:
            with said_plainly(self.folder):
                postmaster = self._wait_until_ready()
                _ensure_platform(postmaster)
        except BaseException:
            self.stop()
            raise
        return _addresses(postmaster)

    def stop(self) -> None:
        """Stop the server, whoever started it, and let go of the folder."""
        if self._lock is None:
            return
        try:
            stop_running(self.folder)
            if self._process is not None:
                stop_process(self._process.pid)
                self._process.wait()
        finally:
            self._process = None
            self._lock.close()
            self._lock = None

    def empty(self) -> None:
        """Throw away all that the platform's database holds, and make it anew; the server is ours and runs."""
        postmaster = postmaster_of(self.folder)
        if self._lock is None or postmaster is None:
            message = "only a server that we hold is emptied"
            raise RuntimeError(message)
        with _connect(postmaster) as connection:
            drop_database(connection)
            ensure_database(connection)

    @property
    def is_running(self) -> bool:
        """Return whether the server runs and is held by us."""
        return self._lock is not None and postmaster_of(self.folder) is not None

    def __enter__(self) -> Addresses:
        """Start it for a block."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it, whatever happened in the block."""
        self.stop()

    def _take_lock(self) -> None:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        path = self.folder.with_name(f"{self.folder.name}.lock")
        lock = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="ascii")
        try:
            # The system lets go of this lock when its process ends, however it ends.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = lock.read().strip()
            lock.close()
            raise EmbeddedFailure(
                f"The database in “{self.folder}” is in use by another running platform (process {holder}). "
                "Stop that one first, or give this one a folder of its own with DATA_FOLDER."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        self._lock = lock

    def _wait_until_ready(self) -> Postmaster:
        self._adopt_or_launch()
        deadline = time.monotonic() + self.ready_within_seconds
        while time.monotonic() < deadline:
            postmaster = postmaster_of(self.folder)
            if postmaster is not None and _takes_statements(postmaster):
                return postmaster
            if postmaster is None:
                self._see_why_it_is_gone()
            time.sleep(0.05)
        raise EmbeddedFailure(
            f"The database in “{self.folder}” was not ready within {self.ready_within_seconds:.0f} seconds. "
            f"Its log lies in “{self.folder / 'log'}”; start again to give it more time."
        )

    def _adopt_or_launch(self) -> None:
        adopted = postmaster_of(self.folder)
        if adopted is not None and not adopted.socket.exists():
            # Something cleaned up the temporary files: it runs, but nobody can reach it.
            adopted.stop()
            adopted = None
        if adopted is None:
            self._launch()

    def _see_why_it_is_gone(self) -> None:
        """Start anew when an adopted server ended; refuse when one of our own did."""
        if self._process is None:
            self._launch()
        elif self._process.poll() is not None:
            raise EmbeddedFailure(cluster.explain(cluster.last_words(self.folder, self._launched_at), self.folder))

    def _launch(self) -> None:
        cluster.check_room(self.folder, self.least_free_bytes)
        account = account_for(self.folder)
        postgres = cluster.program("postgres")
        let_through(account, postgres, self.folder)
        let_read(account, postgres.parent.parent)
        cluster.ensure_created(self.folder, account, durable=self.durable)
        cluster.configure(self.folder, account, durable=self.durable, max_connections=self.max_connections)
        forget_dead(self.folder)
        self._launched_at = time.time()
        self._process = self._spawn(postgres, account)

    def _spawn(self, postgres: Path, account: Account) -> subprocess.Popen[bytes]:
        command = [str(postgres), "-D", str(self.folder), "-k", str(_socket_folder(self.folder, account))]
        with (self.folder / "start.log").open("wb") as log:
            return subprocess.Popen(  # noqa: S603 -- our own program and folder
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=cluster.environment(),
                # Ctrl-C in the terminal reaches the supervisor only, which stops the server last.
                start_new_session=True,
                **account.process_arguments(),
            )


def addresses_of_running(folder: Path) -> Addresses | None:
    """Return the addresses of the server that works in a data folder; None when none does."""
    folder = folder.resolve()
    with said_plainly(folder):
        postmaster = postmaster_of(folder)
    return _addresses(postmaster) if postmaster is not None and _takes_statements(postmaster) else None


def stop_running(folder: Path) -> None:
    """Stop the server that works in a data folder, if one does."""
    postmaster = postmaster_of(folder.resolve())
    if postmaster is not None:
        postmaster.stop()
        with contextlib.suppress(OSError):
            postmaster.socket_folder.rmdir()


def _takes_statements(postmaster: Postmaster) -> bool:
    try:
        with _connect(postmaster) as connection:
            # While it recovers from an archive it can be read already, and not written to.
            return connection.execute("SELECT pg_is_in_recovery()").fetchone() == (False,)
    except psycopg.OperationalError:
        return False


def _ensure_platform(postmaster: Postmaster) -> None:
    with _connect(postmaster) as connection:
        ensure_roles(connection)
        ensure_database(connection)


def _connect(postmaster: Postmaster) -> psycopg.Connection:
    return psycopg.connect(
        host=str(postmaster.socket_folder),
        user=cluster.SUPERUSER,
        dbname="postgres",
        autocommit=True,
        connect_timeout=10,
    )


def _addresses(postmaster: Postmaster) -> Addresses:
    host = quote(str(postmaster.socket_folder), safe="")
    return Addresses(*(f"postgresql+psycopg://{role}@/{DATABASE}?host={host}" for role in (OWNER, APPLICATION)))


def _socket_folder(folder: Path, account: Account) -> Path:
    """Return a folder with a short path, for the server and whoever may enter as it."""
    name = f"qa-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]}"
    owner = os.geteuid() if account.user is None else account.user
    for base in _socket_bases():
        path = base / name
        if len(os.fsencode(path / ".s.PGSQL.5432.lock")) > _LONGEST_SOCKET_PATH:
            continue
        try:
            path.mkdir(mode=0o700, exist_ok=True)
            if path.stat().st_uid == os.geteuid():
                account.give(path)
        except OSError:
            continue
        # In a folder that is open to all, somebody else may have made it first.
        if path.is_dir() and not path.is_symlink() and path.stat().st_uid == owner:
            let_through(account, path)
            # Left by a server that was killed; nobody else uses this name, and no server runs now.
            for left in path.glob(".s.PGSQL.*"):
                left.unlink()
            return path
    raise EmbeddedFailure(
        "The database cannot be started: no folder for its socket was found with a path of less than "
        f"{_LONGEST_SOCKET_PATH} bytes that is ours to write. Set TMPDIR to a short folder of your own."
    )


def _socket_bases() -> list[Path]:
    run = Path("/run") if os.geteuid() == 0 else Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    return [run, Path(tempfile.gettempdir()), Path("/tmp")]  # noqa: S108 -- the folder itself is checked to be ours
