"""The key that seals personal data: made once, never replaced, kept apart from the database."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import sqlalchemy as sa

from qa_platform.embedded.failure import said_plainly
from qa_platform.ledger.keys import KeyFileUnusable


def ensure_key_file(path: Path, owner_url: str) -> bool:
    """Make the key file of a migrated database that has sealed nothing yet; return whether it was made now.

    Raises KeyFileUnusable where the file is missing and the database needs it.
    """
    with said_plainly(path):
        if path.exists():
            return False
    if _has_keys(owner_url):
        raise KeyFileUnusable(
            f"The key file “{path}” is missing, and personal data in the database are sealed with it. "
            "Restore it from its own backup, or name its place with KEK_FILE."
        )
    with said_plainly(path):
        _write(path)
    return True


def _has_keys(owner_url: str) -> bool:
    engine = sa.create_engine(owner_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return bool(connection.scalar(sa.text("SELECT EXISTS (SELECT FROM keys.subject_keys)")))


def _write(path: Path) -> None:
    # Flushed to disk before anything is sealed with it: what it sealed would be lost with it.
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(f"{secrets.token_hex(32)}\n")
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
