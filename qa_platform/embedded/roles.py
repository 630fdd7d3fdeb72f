"""The two roles of the platform and its database, made on a server where they are missing."""

from __future__ import annotations

from typing import LiteralString

import psycopg
from psycopg import sql

OWNER = "qa_owner"
APPLICATION = "qa_app"
DATABASE = "qa_platform"


def ensure_roles(connection: psycopg.Connection) -> None:
    """Create the owner and the application's role where they are missing; the connection commits by itself."""
    for role in (OWNER, APPLICATION):
        if not _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE").format(sql.Identifier(role))
            )
    # The owner makes the schema of the read models and gives it to the application.
    connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APPLICATION), sql.Identifier(OWNER)))


def ensure_database(connection: psycopg.Connection, name: str = DATABASE) -> None:
    """Create the platform's database where it is missing, open to its two roles only."""
    database = sql.Identifier(name)
    if not _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", name):
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, sql.Identifier(OWNER)))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(
        sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, sql.Identifier(APPLICATION))
    )


def drop_database(connection: psycopg.Connection, name: str = DATABASE) -> None:
    """Drop the platform's database, whoever is connected to it."""
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _exists(connection: psycopg.Connection, question: LiteralString, name: str) -> bool:
    return connection.execute(question, [name]).fetchone() is not None
