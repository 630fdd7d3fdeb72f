"""Whom the server runs as: PostgreSQL refuses root, so root lends it an account of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any

import msgspec

from qa_platform.embedded.failure import EmbeddedFailure

SYSTEM_USER = "pgserver"


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A user and a group of the system; None stands for whoever is running now."""

    user: int | None = None
    group: int | None = None

    def process_arguments(self) -> dict[str, Any]:
        """Return what makes a new process run as this account."""
        if self.user is None:
            return {}
        return {"user": self.user, "group": self.group, "extra_groups": []}

    def give(self, path: Path) -> None:
        """Make a file or folder this account's own."""
        if self.user is not None:
            os.chown(path, self.user, -1 if self.group is None else self.group)


def account_for(folder: Path) -> Account:
    """Return whom the server of a data folder runs as: its owner, or our own user under root."""
    if os.geteuid() != 0:
        return Account()
    if folder.exists() and (owner := folder.stat()).st_uid != 0:
        return Account(user=owner.st_uid, group=owner.st_gid)
    entry = _system_user()
    return Account(user=entry.pw_uid, group=entry.pw_gid)


def let_through(account: Account, *paths: Path) -> None:
    """Let an account reach paths: the right to pass through their parents, never to list them."""
    if account.user is None:
        return
    for parent in {parent for path in paths for parent in path.parents}:
        _add_mode(parent, stat.S_IXGRP | stat.S_IXOTH)


def let_read(account: Account, folder: Path) -> None:
    """Let an account read programs that were installed under a narrow umask."""
    if account.user is None or folder.stat().st_mode & stat.S_IROTH:
        return
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            _add_mode(path, 0o055 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o044)


def _add_mode(path: Path, bits: int) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & bits & stat.S_IRWXO != bits & stat.S_IRWXO:
        path.chmod(mode | bits)


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _create_system_user()
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise EmbeddedFailure(
            f"The database cannot be started as root: the system user “{SYSTEM_USER}”, as which it would run, "
            "could not be created. Create it, or start as another user than root."
        ) from None


def _create_system_user() -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return
    subprocess.run(  # noqa: S603 -- fixed words
        [useradd, "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/bin/false", SYSTEM_USER],
        check=False,
        capture_output=True,
    )
