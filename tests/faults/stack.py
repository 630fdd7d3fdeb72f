"""The whole product as an operator runs it: a database, the web server and the worker, each of which can be struck."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

import psutil
import sqlalchemy as sa

from qa_platform import app
from qa_platform.cli.key_file import ensure_key_file
from qa_platform.embedded import stop_running
from qa_platform.kernel.roles import PROVIDER_ROLES, Role
from qa_platform.ledger.keys import read_key_file
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.tables import open_engine
from qa_platform.people.commands import GrantRole, IssueToken, RegisterPerson
from qa_platform.people.schemas import new_token, token_digest
from tests.faults.postgres import Server
from tests.faults.program import ROOT, Program
from tests.faults.wire import Wire
from tests.scoring.national import TEXT

_PREFIX = "qa-faults-"
_THREADS_OF_WORKER = 5  # main, supervisor, scheduler, sequencer, journey
_STANDARD = "/standards/nmcs/versions/0.1.0"
_ZONE = ZoneInfo("Asia/Kuala_Lumpur")  # the product's own default: what is today there
_PROVIDER = {
    "legal_name": "Akademi Suria",
    "registration_number": "AKA-1",
    "kind": "company",
    "country": "MY",
}
_PEOPLE = {
    "officer": Role.PROVIDER_OFFICER,
    "accountable": Role.ACCOUNTABLE_OFFICER,
    "intake": Role.INTAKE_OFFICER,
    "auditor": Role.AUDITOR,
}
_OURS = ("DATABASE_URL", "MIGRATION_DATABASE_URL", "DATA_FOLDER", "KEK_FILE", "HOST", "PORT")


@dataclass(frozen=True)
class Credential:
    """Who somebody is, and the token that lets him in."""

    person_id: str
    token: str


class Stack:
    """The product in a folder of its own, seeded with what a load needs; leave the block to stop all of it.

    `postgres_settings` go into the server's own configuration (`{"synchronous_commit": "off"}`).
    `database_url` is asked for the address that web and worker use, told the direct one, once
    before they start: whoever wants a proxy in between starts it there. `environment` holds
    more variables by command (`{"worker": {"LD_PRELOAD": …}}`). `postgres_folder` says where
    the database lies (made by us, so its parent must exist); `folder` is where all the rest lies.
    """

    def __init__(
        self,
        *,
        folder: Path | None = None,
        postgres_folder: Path | None = None,
        postgres_settings: Mapping[str, str] | None = None,
        database_url: Callable[[str], str] | None = None,
        environment: Mapping[str, Mapping[str, str]] | None = None,
        web_processes: int = 2,
        least_free_bytes: int = 0,
    ) -> None:
        self.folder = _own_folder() if folder is None else folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self._removes = folder is None
        self.postgres = Server(
            postgres_folder or self.folder / "postgres", postgres_settings or {}, least_free_bytes=least_free_bytes
        )
        self._route = database_url or (lambda url: url)
        self._environment = {name: dict(more) for name, more in (environment or {}).items()}
        self._web_processes = web_processes
        self._port = _free_port()
        self._stops = ExitStack()
        self.base_url = f"http://127.0.0.1:{self._port}"
        self.tokens: dict[str, Credential] = {}
        """By role: administrator, officer, accountable, intake, auditor."""
        self.provider_id = ""
        self.web: Program
        self.worker: Program

    def __enter__(self) -> Self:
        """Start everything, and seed it."""
        try:
            addresses = self.postgres.start()
            self._stops.callback(self.postgres.stop)
            # What “qa migrate --create-key” does, without another process that imports everything.
            app.migrate(*addresses)
            ensure_key_file(self.folder / "kek", addresses.owner_url)
            routed = self._route(self.application_url)
            self.web = self._program("serve", routed, self._web_answers)
            self.worker = self._program("worker", routed, self._worker_works)
            for program in (self.web, self.worker):
                self._stops.callback(program.stop)
                program.start()
            self._seed()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop everything."""
        self.close()

    def close(self) -> None:
        """Stop all parts in reverse order, and remove the folder if we made it."""
        self._stops.close()
        if self._removes:
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def application_url(self) -> str:
        """Return the direct address of the application's role."""
        assert self.postgres.addresses is not None
        return self.postgres.addresses.application_url

    @property
    def superuser_url(self) -> str:
        """Return the direct address of the superuser."""
        return self.postgres.superuser_url

    @contextmanager
    def engine(self) -> Iterator[sa.Engine]:
        """Give a superuser's engine for a block: to look afterwards, or to tamper."""
        engine = sa.create_engine(self.superuser_url, poolclass=sa.NullPool)
        try:
            yield engine
        finally:
            engine.dispose()

    @contextmanager
    def ledger(self) -> Iterator[Ledger]:
        """Give the product's own ledger over the direct address for a block."""
        engine = open_engine(self.application_url, connections=4)
        try:
            yield app.open_ledger(engine, read_key_file(self.folder / "kek"))
        finally:
            engine.dispose()

    def qa(self, *words: str) -> str:
        """Run one `qa` command to its end, and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "qa_platform.cli", *words],
            cwd=ROOT,
            env=self.environment_of(words[0]),
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, f"qa {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    def environment_of(self, name: str, url: str | None = None) -> dict[str, str]:
        """Return the variables that a `qa` command of ours sees."""
        assert self.postgres.addresses is not None
        inherited = {name: value for name, value in os.environ.items() if name not in _OURS}
        return inherited | {
            "DATA_FOLDER": str(self.folder),
            "KEK_FILE": str(self.folder / "kek"),
            "DATABASE_URL": url or self.application_url,
            "MIGRATION_DATABASE_URL": self.postgres.addresses.owner_url,
            "HOST": "127.0.0.1",
            "PORT": str(self._port),
            "WEB_PROCESSES": str(self._web_processes),
            **self._environment.get(name, {}),
        }

    def _program(self, name: str, url: str, answers: Callable[[], bool] | None) -> Program:
        return Program([name], self.environment_of(name, url), self.folder / f"{name}.log", answers)

    def _web_answers(self) -> bool:
        # Not whether somebody listens there: what a killed server left behind may do so for a moment.
        try:
            sockets = psutil.Process(self.web.pid).net_connections("tcp")
        except psutil.Error:
            return False
        return any(one.status == psutil.CONN_LISTEN and one.laddr.port == self._port for one in sockets)

    def _worker_works(self) -> bool:
        # One that finds no database when it starts says so and ends; one that is up has a thread for each loop.
        try:
            return psutil.Process(self.worker.pid).num_threads() >= _THREADS_OF_WORKER
        except psutil.Error:
            return False

    def _seed(self) -> None:
        self.tokens["administrator"] = administrator = self._first_administrator()
        with Wire(self.base_url) as wire:
            desk = _Desk(wire, administrator.token)
            today = datetime.now(_ZONE).date().isoformat()
            desk.ask("PUT", _STANDARD, {"text": TEXT})
            desk.ask("PUT", f"{_STANDARD}/force", {"from": today})
            self.provider_id = desk.ask("POST", "/providers", _PROVIDER)["id"]
            desk.ask("PUT", f"/providers/{self.provider_id}/recognition", {"valid_from": today})
            for name, role in _PEOPLE.items():
                self.tokens[name] = desk.employ(role, self.provider_id if role in PROVIDER_ROLES else None)

    def _first_administrator(self) -> Credential:
        person_id, token, now = app.new_id(), new_token(), app.utc_now()
        commands = (
            RegisterPerson(person_id=person_id, name="Aminah binti Salleh", email="aminah@example.org"),
            GrantRole(person_id=person_id, role=Role.ADMINISTRATOR),
            IssueToken(
                person_id=person_id,
                token_id=app.new_id(),
                digest=token_digest(token) or "",
                label="first",
                scopes=("read", "write"),
                issued_at=now,
                expires_at=now + timedelta(days=30),
            ),
        )
        with self.ledger() as ledger:
            ledger.execute_together(commands, actor="system:faults")
        return Credential(person_id, token)


class _Desk:
    """The administrator's, from which the others get their roles and tokens."""

    def __init__(self, wire: Wire, token: str) -> None:
        self._wire = wire
        self._token = token

    def ask(self, method: str, path: str, body: Any) -> Any:
        answer = self._wire.ask(method, path, self._token, json.dumps(body).encode())
        assert answer.status < 300, f"{method} {path}: {answer}"
        return answer.body

    def employ(self, role: Role, provider_id: str | None) -> Credential:
        person_id = self.ask("POST", "/people", {"name": "Rahim bin Osman", "email": "rahim@example.org"})["id"]
        self.ask("PUT", f"/people/{person_id}/roles/{role}", {"provider_id": provider_id} if provider_id else {})
        expires = (datetime.now(UTC) + timedelta(days=30)).isoformat()
        wanted = {"label": "desk", "scopes": ["read", "write"], "expires_at": expires}
        return Credential(person_id, self.ask("POST", f"/people/{person_id}/tokens", wanted)["extra"]["token"])


def _own_folder() -> Path:
    """Return a new folder, after clearing up after whoever was killed before he could."""
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        pid = left.name.removeprefix(_PREFIX).partition("-")[0]
        if left.stat().st_uid == os.geteuid() and pid.isdigit() and not psutil.pid_exists(int(pid)):
            stop_running(left / "postgres")
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port
