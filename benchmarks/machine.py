"""The machine that the figures belong to."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks.server import FOLDER

_LIBRARIES = ("psycopg", "sqlalchemy", "msgspec", "eventsourcing")


def describe() -> dict[str, str]:
    """Return what a reader needs to compare these figures with his own."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    return {
        "Processor": f"{_processor()}, {os.cpu_count()} cores",
        "Memory": f"{psutil.virtual_memory().total / 2**30:.0f} GiB",
        "System": f"{platform.system()} {platform.release()}",
        "File system": _file_system(),
        "Flush": f"{flush_milliseconds():.2f} ms for 8 KiB and fdatasync, median of 200",
        "Python": f"{platform.python_implementation()} {sys.version.split()[0]}",
        "Libraries": ", ".join(f"{name} {version(name)}" for name in _LIBRARIES),
    }


def flush_milliseconds() -> float:
    """Return how long the disk takes to keep 8 KiB: what a commit waits for at least."""
    from time import perf_counter  # noqa: PLC0415 -- for this one loop

    path = FOLDER / "flush"
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.write(file, bytes(200 * 8192))
        os.fsync(file)
        os.lseek(file, 0, os.SEEK_SET)
        took = []
        for _ in range(200):
            began = perf_counter()
            os.write(file, b"x" * 8192)
            os.fdatasync(file)
            took.append(1000 * (perf_counter() - began))
        return sorted(took)[100]
    finally:
        os.close(file)
        path.unlink()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def _file_system() -> str:
    home = FOLDER.resolve()
    mounts = [one for one in psutil.disk_partitions(all=True) if home.is_relative_to(one.mountpoint)]
    mount = max(mounts, key=lambda one: len(one.mountpoint), default=None)
    return f"{mount.fstype} on {mount.device}" if mount else "unknown"
