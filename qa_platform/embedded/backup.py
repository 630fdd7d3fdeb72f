"""A private database put into two files, and an empty one filled from them.

Two, because of erasures: a person whose key was destroyed is gone once the last backup with
that key is gone, and so the keys are kept apart from history, and for a shorter time.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import psycopg

from qa_platform.embedded import cluster
from qa_platform.embedded.failure import EmbeddedFailure
from qa_platform.embedded.postmaster import Postmaster, postmaster_of
from qa_platform.embedded.roles import DATABASE

_KEYS = "keys.subject_keys"


def dump(folder: Path, history: Path, keys: Path) -> None:
    """Write the database of a running private server into two new files, which only we may read."""
    postmaster = _running(folder)
    # In this order: whatever the history names then has its key in the second.
    _write(postmaster, history, "--format=custom", f"--exclude-table-data={_KEYS}")
    _write(postmaster, keys, "--format=custom", "--data-only", f"--table={_KEYS}")


def refuse_filled(folder: Path) -> None:
    """Raise EmbeddedFailure unless the database of a running private server is empty."""
    with _connect(_running(folder)) as connection:
        filled = connection.execute("SELECT to_regnamespace('ledger') IS NOT NULL").fetchone() == (True,)
    if filled:
        raise EmbeddedFailure(
            f"Nothing was restored: the database in “{folder}” is not empty, and history is never overwritten. "
            "Choose a new folder with DATA_FOLDER, then try again."
        )


def restore(folder: Path, history: Path, keys: Path) -> None:
    """Fill the empty database of a running private server from the two files of a backup."""
    postmaster = _running(folder)
    for file in (history, keys):
        _read(postmaster, file)
    with _connect(postmaster) as connection:
        # Whoever held a lease then is not at work here, and nobody must wait until it runs out.
        connection.execute("UPDATE operations.bookmarks SET owner = NULL, lease_until = NULL")


def _running(folder: Path) -> Postmaster:
    postmaster = postmaster_of(folder.resolve())
    if postmaster is None:
        raise EmbeddedFailure(f"The private database in “{folder}” is not running. Start the platform, then try again.")
    return postmaster


def _connect(postmaster: Postmaster) -> psycopg.Connection:
    return psycopg.connect(
        host=str(postmaster.socket_folder), user=cluster.SUPERUSER, dbname=DATABASE, autocommit=True, connect_timeout=10
    )


def _write(postmaster: Postmaster, file: Path, *how: str) -> None:
    unfinished = file.with_name(f"{file.name}.unfinished")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as to:
        _run("pg_dump", postmaster, *how, DATABASE, output=to.fileno())
        os.fsync(to.fileno())
    unfinished.rename(file)


def _read(postmaster: Postmaster, file: Path) -> None:
    with file.open("rb") as dumped:
        _run("pg_restore", postmaster, "--single-transaction", f"--dbname={DATABASE}", source=dumped.fileno())


def _run(
    name: str,
    postmaster: Postmaster,
    *arguments: str,
    source: int = subprocess.DEVNULL,
    output: int = subprocess.DEVNULL,
) -> None:
    reached = (f"--host={postmaster.socket_folder}", f"--username={cluster.SUPERUSER}")
    done = subprocess.run(  # noqa: S603 -- our own program and folder
        [str(cluster.program(name)), *reached, *arguments],
        check=False,
        stdin=source,
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        env=cluster.environment(),
    )
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        raise EmbeddedFailure(f"{name} ended without success: {lines[-1] if lines else 'it gave no reason'}.")
