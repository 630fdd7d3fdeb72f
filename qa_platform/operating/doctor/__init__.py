"""The doctor: looks at everything that an operator can put right, and says what to do.

It changes nothing, starts nothing, and needs nothing to work: what cannot be looked at is found too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from qa_platform.config import Settings
from qa_platform.operating.doctor.finding import Finding, Limits, Verdict, doubtful, well, wrong
from qa_platform.operating.doctor.guard import examine_guard
from qa_platform.operating.doctor.machine import examine_key, examine_machine
from qa_platform.operating.doctor.server import examine_server
from qa_platform.operating.doctor.work import examine_work
from qa_platform.operating.redaction import said
from qa_platform.operating.watch import watching_engine

__all__ = ["Finding", "Limits", "Verdict", "examine"]


def examine(
    settings: Settings,
    *,
    database_url: str | None,
    migrations: Path,
    codes: Mapping[str, str],
    limits: Limits | None = None,
) -> Iterator[Finding]:
    """Yield all findings; `database_url` is None where the private database does not run."""
    limits = limits or Limits()
    yield well("settings", "The settings can be read.")
    yield from examine_machine(settings, limits)
    if database_url is None:
        yield wrong(
            "database",
            f"The private database in “{settings.postgres_folder}” is not running.",
            "Start the platform with “qa run”, or name another database with DATABASE_URL.",
        )
        yield examine_key(None, settings)
        return
    try:
        connection = watching_engine(make_url(database_url)).connect()
    except DBAPIError as failure:
        yield wrong(
            "database", f"The database cannot be reached: {said(failure)}.", "Start it, or correct DATABASE_URL."
        )
        yield examine_key(None, settings)
        return
    with connection:
        yield well("database", "The database answers.")
        yield from _in_database(connection, settings, migrations, codes, limits)


def _in_database(
    connection: Connection, settings: Settings, migrations: Path, codes: Mapping[str, str], limits: Limits
) -> Iterator[Finding]:
    # Each pool may grow to twice its size, in every web process and in the worker.
    needed = 2 * settings.web_threads * (settings.web_processes + 1) + 5
    yield from _guarded(connection, "server", lambda: examine_server(connection, limits, needed))
    yield from _guarded(connection, "guard", lambda: examine_guard(connection))
    yield from _guarded(
        connection,
        "work",
        lambda: examine_work(
            connection, limits, migrations=migrations, codes=codes, most_behind=settings.ready_lag_events
        ),
    )
    yield from _guarded(connection, "key", lambda: iter((examine_key(connection, settings),)))


def _guarded(connection: Connection, name: str, questions: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Yield findings; a question that the database refuses is a finding too, and not the end."""
    try:
        yield from questions()
    except DBAPIError as failure:
        connection.rollback()
        yield doubtful(
            name, f"Some of it could not be looked at: {said(failure)}.", "Run “qa migrate” if it was never run here."
        )
