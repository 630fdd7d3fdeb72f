"""Which server process, if any, works in a data folder: read from what it leaves there."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

import msgspec
import psutil

_STOP_SECONDS = {signal.SIGINT: 60.0, signal.SIGQUIT: 15.0, signal.SIGKILL: 5.0}


class Postmaster(msgspec.Struct, frozen=True, kw_only=True):
    """A running server: its process, and the folder of its socket."""

    pid: int
    socket_folder: Path

    @property
    def socket(self) -> Path:
        """Return the socket file through which it is reached."""
        return self.socket_folder / ".s.PGSQL.5432"

    def stop(self) -> None:
        """Stop it, and return when it is gone."""
        stop_process(self.pid)


def stop_process(pid: int) -> None:
    """Stop a server process: politely, then at once, then by force."""
    for way, seconds in _STOP_SECONDS.items():
        if not _is_alive(pid):
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, way)
        _wait_for_end(pid, seconds)


def postmaster_of(folder: Path) -> Postmaster | None:
    """Return the server that works in a data folder; None when there is none."""
    lines = _pid_file_lines(folder)
    if len(lines) < 5 or not lines[0].isdigit() or not lines[4]:  # noqa: PLR2004 -- PostgreSQL's own line numbers
        return None
    pid = int(lines[0])
    return Postmaster(pid=pid, socket_folder=Path(lines[4])) if _works_in(pid, folder) else None


def forget_dead(folder: Path, *, seconds: float = 15.0) -> None:
    """Wait until the children of a killed server are gone, and remove a pid file that misleads.

    PostgreSQL sees by itself that its pid file is stale, except when the number still is, or
    is again, that of a process: a zombie that nobody reaped, or a stranger of the same user.
    """
    lines = _pid_file_lines(folder)
    if not lines:
        return
    deadline = time.monotonic() + seconds
    while (alive := _working_in(folder)) and time.monotonic() < deadline:
        time.sleep(0.05)
    if not alive and lines[0].isdigit() and psutil.pid_exists(int(lines[0])):
        (folder / "postmaster.pid").unlink(missing_ok=True)


def _pid_file_lines(folder: Path) -> list[str]:
    try:
        return [line.strip() for line in (folder / "postmaster.pid").read_text("utf-8").splitlines()]
    except FileNotFoundError:
        return []


def _wait_for_end(pid: int, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while _is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)


def _is_alive(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _works_in(pid: int, folder: Path) -> bool:
    # A server works in its data folder: that tells it from a stranger with the same number.
    try:
        return _is_alive(pid) and Path(psutil.Process(pid).cwd()) == folder
    except psutil.Error:
        return False


def _working_in(folder: Path) -> list[int]:
    return [pid for pid in psutil.pids() if _works_in(pid, folder)]
