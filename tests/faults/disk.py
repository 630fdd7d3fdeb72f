"""A small disk of its own for the database: it can run full, and its power can fail.

A file system in a file (a loop device), so that nothing else on the machine suffers. For root
on Linux only; `why_no_disk` says what is missing.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import struct
import subprocess
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil

_PROGRAMS = ("losetup", "mount", "umount", "mkfs.ext4")
# Linux's _IOR('X', 125, __u32), and “neither flush the log nor the data”: every write from then on fails,
# and what was not on the disk yet never comes there. File system developers test with it.
_SHUT_DOWN = 0x8004587D
_WITHOUT_FLUSHING = struct.pack("I", 2)
_BALLOON_STEP = 1_000_000
_GONE_SECONDS = 10


def why_no_disk() -> str | None:
    """Return in a sentence why no disk can be made here; None where it can."""
    if os.geteuid() != 0:
        return "A small disk cannot be made: only root may mount a file system. Run this as root."
    missing = [name for name in _PROGRAMS if shutil.which(name) is None]
    if missing:
        return f"A small disk cannot be made: {', '.join(missing)} is not installed. Install util-linux and e2fsprogs."
    if not Path("/dev/loop-control").exists():
        return "A small disk cannot be made: this kernel offers no loop devices. Load the module “loop”."
    return None


class SmallDisk:
    """An ext4 file system of some megabytes, mounted at `path` for a block."""

    def __init__(self, folder: Path, megabytes: int = 400) -> None:
        """Take a folder for its image and its mount point, and its size."""
        self.path = folder / "disk"
        self._folder = folder
        self._image = folder / "disk.image"
        self._megabytes = megabytes
        self._device = ""
        self._failures = 0

    def __enter__(self) -> Self:
        """Make it and mount it."""
        self.path.mkdir(parents=True)
        with self._image.open("wb") as image:
            image.truncate(self._megabytes * 1_000_000 // 4096 * 4096)
        # No blocks kept back for root: the balloon is root's, and must leave the server none.
        _run("mkfs.ext4", "-q", "-F", "-m", "0", self._image)
        self._mount()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Unmount and remove it, and end whoever still works on it."""
        self.end_processes()
        self._unmount()
        self._image.unlink()
        self.path.rmdir()

    @property
    def free_bytes(self) -> int:
        """Return how much room is left."""
        return shutil.disk_usage(self.path).free

    def fill(self) -> None:
        """Blow up a balloon until there is no room for another byte."""
        with self._balloon.open("ab") as balloon:
            step = _BALLOON_STEP
            while step:
                try:
                    os.posix_fallocate(balloon.fileno(), balloon.seek(0, os.SEEK_END), step)
                except OSError as refusal:
                    if refusal.errno != errno.ENOSPC:
                        raise
                    step //= 2

    def release(self) -> None:
        """Let the air out."""
        self._balloon.unlink(missing_ok=True)
        # The file system gives the room back when it has written down that the file is gone.
        self.flush()

    def flush(self) -> None:
        """Bring everything written so far to the disk."""
        os.sync()

    def fail_power(self) -> None:
        """Let the power fail: what is not on the disk at this instant is gone, and nobody can write any more.

        The processes that worked on it are ended, as a power failure ends them.
        """
        folder = os.open(self.path, os.O_RDONLY)
        try:
            fcntl.ioctl(folder, _SHUT_DOWN, _WITHOUT_FLUSHING)
        finally:
            os.close(folder)
        self.end_processes()

    def restore_power(self) -> None:
        """Mount what was on the disk when the power failed, as a machine does that comes up again.

        It is a copy of the image: the old file system is in use for as long as somebody holds
        a file in it open, and has forgotten nothing.
        """
        self._failures += 1
        after = self._folder / f"disk.image.{self._failures}"
        _run("cp", "--sparse=always", self._image, after)
        self._unmount()
        self._image.unlink()
        self._image = after
        self._mount()

    def end_processes(self) -> None:
        """Kill every process whose working folder is on the disk: a database server has it there."""
        users = [one for one in psutil.process_iter() if self._is_home_of(one)]
        for process in users:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(users, timeout=_GONE_SECONDS)

    @property
    def _balloon(self) -> Path:
        return self.path / "balloon"

    def _is_home_of(self, process: psutil.Process) -> bool:
        try:
            return Path(process.cwd()).is_relative_to(self.path)
        except (psutil.Error, OSError):
            return False

    def _mount(self) -> None:
        # Direct I/O: what the file system believes to be on the disk is in the image, and in no cache on the way.
        self._device = _run("losetup", "--find", "--show", "--direct-io=on", self._image)
        _run("mount", self._device, self.path)
        self.path.chmod(0o755)

    def _unmount(self) -> None:
        _run("umount", "--lazy", self.path)
        # The kernel lets the device go with its last user.
        _run("losetup", "--detach", self._device)


def _run(*words: str | Path) -> str:
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, words))}: {done.stderr.strip()}")
    return done.stdout.strip()
