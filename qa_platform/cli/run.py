"""`qa run`: the whole platform in one terminal. It starts the parts in order, and stops them in reverse."""

from __future__ import annotations

import http.client
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from types import FrameType

import click

from qa_platform import app
from qa_platform.cli import demonstration
from qa_platform.cli.children import Child
from qa_platform.cli.connection import addresses_of, at, check_reachable
from qa_platform.cli.console import err, out, progress_bars
from qa_platform.cli.failures import Failed
from qa_platform.cli.key_file import ensure_key_file
from qa_platform.cli.port import check_port
from qa_platform.cli.welcome import reachable_host, welcome
from qa_platform.config import Settings, load_settings
from qa_platform.embedded import PrivatePostgres

_READY_SECONDS = 60.0
_LEAVING_SECONDS = 5.0
_WATCH_SECONDS = 0.2
_TOLD_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class _Stopped(BaseException):
    """Somebody asked us to stop."""


@click.command
@click.option("--demo/--no-demo", default=True, help="Load the simulated agency into a new database (default).")
def run(*, demo: bool) -> None:
    """Run the whole platform: database, worker, web server; Ctrl-C stops all of it.

    Without DATABASE_URL a private PostgreSQL is made and started in DATA_FOLDER (var), and a
    simulated agency is loaded once, to look around in. What is there is kept.

    \b
    Example:
      PORT=8081 DATA_FOLDER=/srv/qa  qa run --no-demo
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    settings = load_settings()
    # The web server of a run that was killed needs a moment to notice and leave.
    ran_before = (settings.data_folder / "log").is_dir()
    check_port(settings.host, settings.port, patience_seconds=_LEAVING_SECONDS if ran_before else 0.0)
    own = settings.database_url is None
    stops = "the web server, the worker, the database" if own else "the web server, the worker"
    with ExitStack() as parts, suppress(_Stopped), _stoppable(stops):
        connected = _private(settings, parts) if own else _named(settings)
        if demo and own:
            _load_demo_once(connected)
        children = [
            parts.enter_context(Child(name, command, settings.data_folder / "log" / f"{command}.log"))
            for name, command in (("worker", "worker"), ("web server", "serve"))
        ]
        _wait_until_ready(settings, children)
        out.print(welcome(settings, demonstration.a_decided_case(connected)), markup=False)
        while True:
            _watch(children)


@contextmanager
def _stoppable(what: str) -> Iterator[None]:
    """Let a signal interrupt the block, once: what follows is the stopping, which must not be interrupted."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        _ignore_signals()
        raise _Stopped

    for told in _TOLD_TO_STOP:
        signal.signal(told, stop)
    try:
        yield
    except _Stopped:
        with suppress(OSError):  # the terminal may be gone
            err.print(f"\nStopping: {what}")
        raise
    finally:
        _ignore_signals()


def _ignore_signals() -> None:
    for told in _TOLD_TO_STOP:
        signal.signal(told, signal.SIG_IGN)


def _named(settings: Settings) -> Settings:
    addresses = addresses_of(settings)
    check_reachable(settings)
    with progress_bars() as report:
        app.migrate(*addresses, progress=report)
    return settings


def _private(settings: Settings, parts: ExitStack) -> Settings:
    if not (settings.postgres_folder / "PG_VERSION").exists():
        err.print(f"Making a database in {settings.postgres_folder}")
    server = PrivatePostgres(settings.postgres_folder)
    addresses = parts.enter_context(server)
    if _unfinished(settings).exists():
        err.print("The simulated agency was not loaded to its end: beginning anew")
        server.empty()
    with progress_bars() as report:
        app.migrate(*addresses, progress=report)
    if ensure_key_file(settings.kek_file, addresses.owner_url):
        err.print(f"The key that seals personal data is {settings.kek_file}: back it up, apart from the database")
    return at(settings, addresses)


def _load_demo_once(settings: Settings) -> None:
    if not demonstration.is_empty(settings):
        return
    err.print("Loading a simulated agency to look around in (once)")
    unfinished = _unfinished(settings)
    unfinished.touch()
    with progress_bars() as report:
        demonstration.load_demo(settings, report)
    unfinished.unlink()


def _unfinished(settings: Settings) -> Path:
    """Return the file that is there while the demo is being loaded, before anybody could work with the database."""
    return settings.data_folder / "demo-unfinished"


def _wait_until_ready(settings: Settings, children: list[Child]) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while (status := _status(settings, "/readyz")) != HTTPStatus.OK:
        _watch(children)
        if time.monotonic() < deadline:
            continue
        if status is None:
            raise Failed(
                f"The web server was not ready within {_READY_SECONDS:.0f} seconds, and so everything was stopped. "
                f"Its log is “{children[-1].log}”."
            )
        # People can work, and whoever must put the rest right needs the platform running.
        err.print("Not all is as it should be: see “qa doctor”, and /readyz")
        return


def _watch(children: list[Child]) -> None:
    for child in children:
        child.check()
    time.sleep(_WATCH_SECONDS)


def _status(settings: Settings, address: str) -> int | None:
    """Return the status of the web server's answer; None while it does not answer."""
    try:
        connection = http.client.HTTPConnection(reachable_host(settings.host), settings.port, timeout=10)
        connection.request("GET", address)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
