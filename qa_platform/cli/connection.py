"""The database of a command: the one that is named, the private one that runs, or one started for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from qa_platform import app
from qa_platform.cli.failures import Failed
from qa_platform.cli.key_file import ensure_key_file
from qa_platform.config import Settings, load_settings
from qa_platform.embedded import Addresses, PrivatePostgres, addresses_of_running
from qa_platform.kernel.roles import system
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.rebuild import refuse_stale

# Who sits at the machine is nobody in the ledger; whoever may read the key file may do all this.
CONSOLE = system("console")


@contextmanager
def connect(settings: Settings) -> Iterator[Settings]:
    """Give settings whose database answers, for a block.

    A private database that does not run is started, brought to the newest form, and stopped
    afterwards. Raises Failed where a named database cannot be reached.
    """
    if settings.database_url is not None:
        check_reachable(settings)
        yield settings
    elif running := addresses_of_running(settings.postgres_folder):
        yield at(settings, running)
    else:
        with PrivatePostgres(settings.postgres_folder) as addresses:
            app.migrate(*addresses)
            ensure_key_file(settings.kek_file, addresses.owner_url)
            yield at(settings, addresses)


@contextmanager
def open_ledger(*, serving: bool = True) -> Iterator[Ledger]:
    """Give the ledger of the settings for a block; refuse stale read models unless nothing is served from them."""
    with connect(load_settings()) as settings:
        ledger = app.ledger_of(settings)
        try:
            if serving:
                refuse_stale(ledger)
            yield ledger
        finally:
            ledger.engine.dispose()


def at(settings: Settings, addresses: Addresses) -> Settings:
    """Return settings that name a database."""
    owner_url, application_url = addresses
    return msgspec.structs.replace(settings, database_url=application_url, migration_database_url=owner_url)


def addresses_of(settings: Settings) -> Addresses:
    """Return the addresses that connected settings name. Raises Failed without the migration role's."""
    if settings.database_url is None or settings.migration_database_url is None:
        raise Failed(
            "The database cannot be brought to its newest form: MIGRATION_DATABASE_URL is not set. "
            "Set it to the role that owns the tables, then try again."
        )
    return Addresses(settings.migration_database_url, settings.database_url)


def check_reachable(settings: Settings) -> None:
    """Refuse a named database that does not answer, before anything else is begun."""
    named = {"MIGRATION_DATABASE_URL": settings.migration_database_url, "DATABASE_URL": settings.database_url}
    for setting, url in named.items():
        if url is None:
            continue
        engine = sa.create_engine(url, poolclass=sa.NullPool, connect_args={"connect_timeout": 10})
        try:
            with engine.connect():
                pass
        except OperationalError as failure:
            raise Failed(_unreachable(setting, url, failure)) from failure


def _unreachable(setting: str, url: str, failure: OperationalError) -> str:
    place = make_url(url)
    said = str(failure.orig).strip().splitlines()
    return (
        f"The database “{place.database}” at “{place.host or place.query.get('host', 'the local socket')}” cannot be "
        f"reached as “{place.username}”: {said[-1].strip() if said else 'no answer'}. "
        f"Start it, or correct {setting}, then try again."
    )
