"""Getting a database ready: migrations of what is history."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.engine import make_url

from qa_platform.ledger.connections import open_engine

__all__ = ["migrate", "open_engine"]

# Two platforms starting at once must not migrate the same database side by side.
_MIGRATION_LOCK = 7_201_600_411


def migrate(owner_url: str, application_url: str, migrations: Path) -> list[str]:
    """Bring the database to the newest migration; return the names of those that ran."""
    role = make_url(application_url).username or ""
    engine = sa.create_engine(owner_url, poolclass=sa.NullPool)
    try:
        with engine.connect() as connection:
            connection.execute(sa.text("SELECT pg_advisory_lock(:lock)"), {"lock": _MIGRATION_LOCK})
            connection.execute(sa.text("CREATE SCHEMA IF NOT EXISTS ledger"))
            connection.commit()
            before = _applied(connection)
            config = Config()
            config.set_main_option("script_location", str(migrations))
            config.attributes["connection"] = connection
            config.attributes["application_role"] = role
            command.upgrade(config, "head")
            connection.commit()
            ran = sorted(_applied(connection) - before)
            connection.rollback()
            connection.execute(sa.text("SELECT pg_advisory_unlock(:lock)"), {"lock": _MIGRATION_LOCK})
            return ran
    finally:
        engine.dispose()


def _applied(connection: sa.Connection) -> set[str]:
    there = connection.scalar(sa.text("SELECT to_regclass('ledger.alembic_version')"))
    if there is None:
        return set()
    return set(connection.scalars(sa.text("SELECT version_num FROM ledger.alembic_version")))
