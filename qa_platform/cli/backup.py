"""`qa backup` and `qa restore`: the private database into two files, and out of them again."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import click

from qa_platform import app
from qa_platform.cli.console import err, json_option, out, print_json, progress_bars
from qa_platform.cli.failures import Failed
from qa_platform.config import Settings, load_settings
from qa_platform.embedded import EmbeddedFailure, PrivatePostgres, addresses_of_running
from qa_platform.embedded.backup import dump, refuse_filled
from qa_platform.embedded.backup import restore as fill
from qa_platform.embedded.failure import said_plainly
from qa_platform.ledger.keys import read_key_file

_ANY_FILE = click.Path(dir_okay=False, path_type=Path)
_THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command
@click.argument("history", type=_ANY_FILE)
@click.argument("keys", type=_ANY_FILE)
@json_option
def backup(*, history: Path, keys: Path, as_json: bool) -> None:
    """Put the private database into two files, HISTORY and KEYS, while it works.

    Keep them apart, and KEYS for a short time only: an erasure is complete when the last copy of
    the person's key is gone. The key file (KEK_FILE) is in neither: back it up by itself, once.
    For a database of your own use pg_dump, as docs/backup.md says.

    \b
    Example:
      qa backup /backup/history-$(date +%F).dump /keys/keys-$(date +%F).dump
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    settings = load_settings()
    _refuse_named(settings)
    for file in (history, keys):
        if file.exists():
            raise Failed(f"No backup was made: “{file}” is there already. Give the new one a name of its own.")
    made = datetime.now(UTC)
    with ExitStack() as stack, said_plainly(history):
        if addresses_of_running(settings.postgres_folder) is None:
            stack.enter_context(PrivatePostgres(settings.postgres_folder))
        dump(settings.postgres_folder, history, keys)
        settings.backups_file.write_text(f"{made.isoformat()}\n", "ascii")
    if as_json:
        print_json({"history": str(history), "keys": str(keys), "made": made})
    else:
        out.print(f"History is in {history}, people's keys are in {keys}: keep them apart.")
        out.print(f"Neither opens without the key file, which is in neither: {settings.kek_file}")


@click.command
@click.argument("history", type=_THERE)
@click.argument("keys", type=_THERE)
def restore(*, history: Path, keys: Path) -> None:
    """Fill a new private database from the two files of a backup, HISTORY and KEYS.

    DATA_FOLDER must hold no database yet, or an empty one, and KEK_FILE the key that belongs to it.
    Afterwards “qa run --no-demo” goes on where the backup was made.

    \b
    Example:
      DATA_FOLDER=/srv/qa-restored qa restore history.dump keys.dump
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    settings = load_settings()
    _refuse_named(settings)
    # A database that nobody can read is no restored one; and “qa run” would not start on it.
    read_key_file(settings.kek_file)
    server = PrivatePostgres(settings.postgres_folder)
    with server as addresses:
        refuse_filled(settings.postgres_folder)
        try:
            fill(settings.postgres_folder, history, keys)
        except EmbeddedFailure:
            # Half a history must not be taken for a whole one.
            server.empty()
            raise
        with progress_bars() as report:
            app.migrate(*addresses, progress=report)
    err.print("Repeat the erasures made since this backup, if any: see docs/backup.md")
    out.print("Restored. Now “qa rebuild --check” and “qa check”, then “qa run --no-demo”.")


def _refuse_named(settings: Settings) -> None:
    if settings.database_url is not None:
        raise Failed(
            "This is for the private database, and DATABASE_URL names another. "
            "Use pg_dump and pg_restore with it, as docs/backup.md says."
        )
