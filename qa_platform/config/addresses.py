"""The addresses of the database: two roles, or neither where the private database is used."""

from __future__ import annotations

from environs import Env
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from qa_platform.config.refusal import SettingInvalid

_DRIVER = "postgresql+psycopg"


def read_addresses(env: Env) -> tuple[str | None, str | None]:
    """Return the application's address and the owner's. Raises SettingInvalid."""
    application, migration = (_address(env, name) for name in ("DATABASE_URL", "MIGRATION_DATABASE_URL"))
    if application is None and migration is None:
        return None, None
    if application is None:
        raise SettingInvalid(
            "The database cannot be used: MIGRATION_DATABASE_URL is set, but DATABASE_URL is not. "
            "Set both, with two different roles, or neither to use the private database."
        )
    if migration is None:
        # Whoever only serves need not know how to change the tables.
        return application.render_as_string(hide_password=False), None
    if application.username == migration.username:
        raise SettingInvalid(
            "The database cannot be used: DATABASE_URL and MIGRATION_DATABASE_URL name the same role "
            f"“{application.username or ''}”. Use two, so that the running platform cannot alter history."
        )
    return application.render_as_string(hide_password=False), migration.render_as_string(hide_password=False)


def _address(env: Env, name: str) -> URL | None:
    text = env.str(name, "")
    if not text:
        return None
    try:
        url = make_url(text)
    except ArgumentError:
        url = None
    # The text is not shown: it may hold a password.
    if url is None or url.drivername not in ("postgresql", "postgres", _DRIVER) or not url.database:
        raise SettingInvalid(
            f"The setting {name} cannot be read: it is no address of a PostgreSQL database. "
            "Write it as postgresql://role:password@host:5432/database."
        )
    return url.set(drivername=_DRIVER)
