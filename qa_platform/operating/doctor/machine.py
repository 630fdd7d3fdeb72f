"""Whether this machine is fit: the key file, the room on its disk, and the age of the last backup."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.config import Settings
from qa_platform.ledger.keys import KeyFileUnusable, Keys, read_key_file
from qa_platform.operating.doctor.finding import Finding, Limits, doubtful, well, wrong

_GIGABYTE = 1_000_000_000


def examine_machine(settings: Settings, limits: Limits) -> Iterator[Finding]:
    """Yield what is found about this machine; no database is needed."""
    yield _room(settings.data_folder, limits.free_bytes)
    yield _backup(settings.backups_file, limits.backup_days)


def examine_key(connection: Connection | None, settings: Settings) -> Finding:
    """Return whether the key file is there, closed to others, and the one that sealed this database's data."""
    path = settings.kek_file
    again = "Restore it from its own backup. Without it, all personal data are lost."
    try:
        key = read_key_file(path)
    except KeyFileUnusable as unusable:
        # The reason of a missing file is about paths only.
        return wrong("key", str(unusable), "See “The key” in the operator's guide.")
    if path.is_relative_to(settings.postgres_folder):
        return wrong(
            "key", f"The key file “{path}” lies inside the database's folder.", "Move it out; name it with KEK_FILE."
        )
    if path.stat().st_uid not in {0, os.geteuid()}:
        return doubtful("key", f"The key file “{path}” belongs to another user.", "Make it this user's own: chown.")
    row = None if connection is None else connection.execute(_ANY_KEY).first()
    if row is not None and connection is not None:
        try:
            Keys(key).for_reading(connection, [(row.subject, row.purpose, row.version)])
        except KeyFileUnusable:
            return wrong(
                "key", f"The key file “{path}” is not the one that sealed this database's personal data.", again
            )
    return well("key", "The key file is there, closed to others, and opens this database's personal data.")


def _room(folder: Path, least: int) -> Finding:
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    usage = shutil.disk_usage(existing)
    words = f"The disk of “{folder}” has {usage.free / _GIGABYTE:.1f} GB free, of {usage.total / _GIGABYTE:.0f} GB."
    if usage.free < least:
        return wrong("disk", words, "Make room before it is full: a full disk stops everything.")
    return well("disk", words)


def _backup(noted: Path, most_days: float) -> Finding:
    if not noted.exists():
        return doubtful(
            "backup",
            "No backup is on record here.",
            f"Make one with “qa backup FILE”, or let your own backup write its time: date -u +%FT%TZ > {noted}",
        )
    try:
        made = datetime.fromisoformat(noted.read_text("ascii").split()[0])
        days = (datetime.now(UTC) - made).total_seconds() / 86_400
    except (OSError, ValueError, IndexError, TypeError):
        return doubtful("backup", f"“{noted}” holds no time.", f"Let your backup write it: date -u +%FT%TZ > {noted}")
    words = f"The last backup on record is {days:.1f} days old."
    return well("backup", words) if days <= most_days else wrong("backup", words, "See why none was made since.")


_ANY_KEY = sa.text("SELECT subject, purpose, version FROM keys.subject_keys WHERE wrapped IS NOT NULL LIMIT 1")
