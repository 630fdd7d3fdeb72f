"""Whether the database server is one that a ledger can live on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.operating.doctor.finding import Finding, Limits, doubtful, well, wrong

_MILLION = 1_000_000


def examine_server(connection: Connection, limits: Limits, connections_needed: int) -> Iterator[Finding]:
    """Yield what is found about the server itself."""
    yield _version(connection, limits.server_version)
    yield _encoding(connection)
    yield from _durability(connection)
    yield _checksums(connection)
    yield _vacuum(connection, limits.transaction_age)
    yield _idle(connection, limits.idle_seconds)
    yield _connections(connection, connections_needed)
    yield _archiving(connection)
    yield _clock(connection, limits.clock_seconds)


def _setting(connection: Connection, name: str) -> str:
    return str(connection.scalar(sa.text("SELECT current_setting(:name)"), {"name": name}))


def _version(connection: Connection, least: int) -> Finding:
    found = int(_setting(connection, "server_version_num")) // 10_000
    if found >= least:
        return well("version", f"The server is PostgreSQL {found}.")
    return wrong("version", f"The server is PostgreSQL {found}.", f"Upgrade it to {least} or newer.")


def _encoding(connection: Connection) -> Finding:
    found = _setting(connection, "server_encoding")
    if found == "UTF8":
        return well("encoding", "The database holds text as UTF-8.")
    return wrong("encoding", f"The database holds text as {found}.", "Restore it into a database of encoding UTF8.")


def _durability(connection: Connection) -> Iterator[Finding]:
    consequences = {
        "fsync": "a power cut can destroy the database",
        "full_page_writes": "a power cut can tear pages of the database",
        "synchronous_commit": "what was acknowledged can be lost in a crash",
    }
    for name, consequence in consequences.items():
        if _setting(connection, name) != "off":
            yield well(name, f"{name} is on.")
            continue
        source = connection.scalar(sa.text("SELECT source FROM pg_settings WHERE name = :name"), {"name": name})
        yield wrong(
            name, f"{name} is off (set by: {source}), so {consequence}.", f"Set it to on where it was set: {name} = on."
        )


def _checksums(connection: Connection) -> Finding:
    if _setting(connection, "data_checksums") != "off":
        return well("checksums", "Data checksums are on.")
    return doubtful(
        "checksums",
        "Data checksums are off, so a disk that changes what it stored is not noticed.",
        "Stop the server, run “pg_checksums --enable”, and start it again.",
    )


def _vacuum(connection: Connection, oldest: int) -> Finding:
    age = int(
        connection.scalar(sa.text("SELECT age(datfrozenxid) FROM pg_database WHERE datname = current_database()")) or 0
    )
    if age > oldest:
        return wrong(
            "vacuum",
            f"The database's oldest transaction is {age / _MILLION:.0f} million transactions old; the server "
            "refuses to write when that nears 2,000 million.",
            "Run “vacuumdb --freeze” on it, and find out what holds autovacuum up.",
        )
    if _setting(connection, "autovacuum") == "off":
        return wrong(
            "vacuum", "autovacuum is off: tables grow, and one day the server refuses to write.", "Set autovacuum = on."
        )
    return well("vacuum", f"autovacuum is on; the oldest transaction is {age / _MILLION:.1f} million transactions old.")


def _idle(connection: Connection, longest: float) -> Finding:
    row = connection.execute(_IDLE, {"longest": longest}).one()
    if row.many == 0:
        return well("idle transactions", "No transaction that can be seen was left open.")
    return doubtful(
        "idle transactions",
        f"{row.many} transactions were left open and idle, the longest for {row.seconds:.0f} seconds; they keep old "
        "rows from being cleared away, and events of theirs from being seen.",
        f"Find out who they are ({row.who}), and end them: SELECT pg_terminate_backend(pid).",
    )


def _connections(connection: Connection, needed: int) -> Finding:
    allowed = int(_setting(connection, "max_connections")) - int(_setting(connection, "superuser_reserved_connections"))
    if allowed >= needed:
        return well("connections", f"The server allows {allowed} connections; one web server and worker need {needed}.")
    return doubtful(
        "connections",
        f"The server allows {allowed} connections, and one web server and one worker may need {needed} at once.",
        "Raise max_connections, or lower WEB_PROCESSES or WEB_THREADS.",
    )


def _archiving(connection: Connection) -> Finding:
    if _setting(connection, "archive_mode") == "off":
        return well("archiving", "WAL is not archived; backups are dumps then.")
    row = connection.execute(_ARCHIVER).one()
    if not row.failing:
        return well("archiving", "WAL is archived.")
    return wrong(
        "archiving",
        f"WAL is not archived any more: {row.failed_count} tries failed, the last for {row.last_failed_wal}. "
        "The disk fills, and a backup cannot be brought up to date.",
        "Look into the server's log for what archive_command or archive_library says.",
    )


def _clock(connection: Connection, most: float) -> Finding:
    before = time.time()
    there = connection.scalar(sa.text("SELECT clock_timestamp()"))
    here = datetime.fromtimestamp((before + time.time()) / 2, UTC)
    if there is None or abs((here - there).total_seconds()) <= most:
        return well("clock", "This machine and the database agree on the time.")
    seconds = (here - there).total_seconds()
    return wrong(
        "clock",
        f"This machine's clock is {abs(seconds):.0f} seconds {'ahead of' if seconds > 0 else 'behind'} the "
        "database's: events would carry a wrong time.",
        "Let both be set by NTP (“timedatectl set-ntp true”).",
    )


_IDLE = sa.text("""
SELECT count(*) AS many, coalesce(max(extract(epoch FROM clock_timestamp() - state_change)), 0) AS seconds,
       string_agg(DISTINCT concat_ws(' ', usename, application_name, 'pid ' || pid), ', ') AS who
FROM pg_stat_activity
WHERE datname = current_database() AND state LIKE 'idle in transaction%' AND pid <> pg_backend_pid()
  AND clock_timestamp() - state_change >= make_interval(secs => :longest)
""")
_ARCHIVER = sa.text("""
SELECT failed_count, last_failed_wal,
       last_failed_time IS NOT NULL AND (last_archived_time IS NULL OR last_failed_time > last_archived_time) AS failing
FROM pg_stat_archiver
""")
