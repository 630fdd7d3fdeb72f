"""The private PostgreSQL of a stack, which can be struck in any of its processes."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
from sqlalchemy.engine import make_url

from qa_platform.embedded import Addresses, PrivatePostgres, addresses_of_running
from qa_platform.embedded.postmaster import postmaster_of

_READY_SECONDS = 120.0
# Killing it harms nobody: the server starts another and goes on.
_HARMLESS = "logger"


class Server:
    """A durable PostgreSQL in a folder; `settings` go into its local.conf and win over the product's own."""

    def __init__(self, folder: Path, settings: Mapping[str, str], *, least_free_bytes: int) -> None:
        self.folder = folder
        self.settings = dict(settings)
        self._private = PrivatePostgres(folder, durable=True, max_connections=200, least_free_bytes=least_free_bytes)
        self.addresses: Addresses | None = None

    @property
    def superuser_url(self) -> str:
        """Return the address for whoever looks at everything, or tampers."""
        assert self.addresses is not None, "the server was never started"
        return make_url(self.addresses.owner_url).set(username="postgres").render_as_string(hide_password=False)

    def start(self) -> Addresses:
        """Start it, or start it again after it was killed; return when it takes statements."""
        self._private.stop()  # lets go of what was killed
        self.addresses = self._private.start()
        if self.settings and self._write_settings():
            self._private.stop()
            self.addresses = self._private.start()
        return self.addresses

    @contextmanager
    def configured(self, settings: Mapping[str, str]) -> Iterator[None]:
        """Run with more settings for a block, such as need no restart, and without them afterwards."""
        before = self.settings
        self._reload(before | dict(settings))
        try:
            yield
        finally:
            self._reload(before)

    def stop(self) -> None:
        """Stop it in order."""
        self._private.stop()

    def kill_postmaster(self) -> None:
        """Kill the server's first process with SIGKILL; its children end when they notice."""
        os.kill(self._postmaster(), signal.SIGKILL)

    def kill_all(self) -> None:
        """Kill every process of the server at one instant, so that none can write anything more."""
        first = psutil.Process(self._postmaster())
        first.suspend()  # nobody is born meanwhile
        everybody = [*first.children(recursive=True), first]
        for process in everybody:
            with suppress(psutil.NoSuchProcess):
                process.suspend()
        for process in everybody:
            with suppress(psutil.NoSuchProcess):
                process.kill()

    def kill_child(self, chance: random.Random) -> str:
        """Kill one process other than the first, of a kind chosen by chance; return the kind.

        The server then ends all sessions, recovers from its log, and goes on by itself.
        """
        kinds = self.children()
        kind = chance.choice(sorted(kinds))
        with suppress(psutil.NoSuchProcess):
            chance.choice(kinds[kind]).kill()
        return kind

    def children(self) -> dict[str, list[psutil.Process]]:
        """Return the server's processes other than the first, by kind."""
        found: dict[str, list[psutil.Process]] = {}
        for child in psutil.Process(self._postmaster()).children():
            with suppress(psutil.Error):
                if (kind := _kind(child)) != _HARMLESS:
                    found.setdefault(kind, []).append(child)
        return found

    def wait_until_ready(self) -> None:
        """Return when it takes statements, after it recovered by itself."""
        deadline = time.monotonic() + _READY_SECONDS
        while addresses_of_running(self.folder) is None:
            if time.monotonic() > deadline:
                raise TimeoutError("the database does not recover")
            time.sleep(0.05)

    def _postmaster(self) -> int:
        found = postmaster_of(self.folder.resolve())
        assert found is not None, "the database does not run"
        return found.pid

    def _reload(self, settings: dict[str, str]) -> None:
        self.settings = settings
        self._write_settings()
        os.kill(self._postmaster(), signal.SIGHUP)

    def _write_settings(self) -> bool:
        path = self.folder / "local.conf"
        text = "".join(f"{name} = '{value}'\n" for name, value in self.settings.items())
        if path.exists() and path.read_text("utf-8") == text:
            return False
        path.write_text(text, "utf-8")
        path.chmod(0o644)
        return True


def _kind(process: psutil.Process) -> str:
    # “postgres: checkpointer”, “postgres: qa_app platform [local] idle”, “postgres: io worker 0”
    title = " ".join(process.cmdline()).removeprefix("postgres: ").strip()
    return "session" if "[local]" in title else title.rstrip(" 0123456789")
