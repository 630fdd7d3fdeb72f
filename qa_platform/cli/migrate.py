"""`qa migrate`: bring the database to the form that this version needs."""

from __future__ import annotations

import click

from qa_platform import app
from qa_platform.cli.connection import addresses_of, connect
from qa_platform.cli.console import err, json_option, out, print_json, progress_bars
from qa_platform.cli.key_file import ensure_key_file
from qa_platform.config import load_settings


@click.command
@click.option("--create-key", is_flag=True, help="Make the key file (KEK_FILE) of a database that has sealed nothing.")
@json_option
def migrate(*, create_key: bool, as_json: bool) -> None:
    """Bring the database to the form that this version needs.

    Migrations of the ledger first, then the read models whose code changed. Nothing happens
    where all is up to date; run it once after each update, before the platform starts.

    \b
    Example:
      DATABASE_URL=postgresql://qa_app@db/qa \\
      MIGRATION_DATABASE_URL=postgresql://qa_owner@db/qa  qa migrate
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    settings = load_settings()
    with connect(settings) as connected:
        addresses = addresses_of(connected)
        with progress_bars() as report:
            ran = app.migrate(*addresses, progress=report)
        if create_key and ensure_key_file(settings.kek_file, addresses.owner_url):
            err.print(f"A key was made: {settings.kek_file}. Back it up, and never together with the database.")
    if as_json:
        print_json({"migrations": ran})
    else:
        out.print("\n".join(f"ran {name}" for name in ran) or "The database is up to date.")
