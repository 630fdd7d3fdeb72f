"""Whether the platform is at work: its form, its worker, and who follows the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.operating import readiness
from qa_platform.operating.doctor.finding import Finding, Limits, either, well, wrong
from qa_platform.operating.watch import Snapshot, look


def examine_work(
    connection: Connection, limits: Limits, *, migrations: Path, codes: Mapping[str, str], most_behind: int
) -> Iterator[Finding]:
    """Yield what is found about what the platform does with its database."""
    snapshot = look(connection)
    yield either(
        "migrations",
        readiness.migrations_lacking(snapshot, migrations),
        "All migrations have run.",
        "See “Upgrade” in the operator's guide.",
    )
    yield either(
        "read models",
        readiness.read_models_stale(snapshot, codes),
        "The read models are of this version's code.",
        "“qa migrate” makes them anew; nothing is lost.",
    )
    yield either(
        "worker",
        readiness.worker_missing(snapshot),
        "A worker is at work.",
        "Start it, and look into its log if it ended by itself.",
    )
    yield _sequencer(snapshot, limits.waiting_seconds)
    yield either(
        "lag",
        readiness.too_far_behind(snapshot, most_behind),
        "Nobody who follows the ledger is far behind.",
        "Wait if much was imported just now; otherwise see the worker's log.",
    )
    yield from _stopped(connection)
    yield either(
        "unaccounted",
        readiness.unaccounted(snapshot),
        "Of the newest events, each has its place or waits for it.",
        "Do not delete anything meanwhile.",
    )


def _sequencer(snapshot: Snapshot, longest: float) -> Finding:
    seconds = snapshot.oldest_unsequenced_seconds
    if seconds <= longest:
        return well("sequencer", "No event waits long for its position.")
    return wrong(
        "sequencer",
        f"{snapshot.unsequenced} events wait for their position, the oldest since {seconds:.0f} seconds.",
        "Start a worker; if one runs, look in its log for “sequence”.",
    )


def _stopped(connection: Connection) -> Iterator[Finding]:
    rows = connection.execute(_STOPPED).all()
    if not rows:
        yield well("subscribers", "No subscriber was stopped by an error.")
    for row in rows:
        # The rest of the failure quotes the error, which may quote what somebody wrote.
        kind = " ".join(str(row.failure).split(": ", 2)[:2])
        yield wrong(
            "subscribers",
            f"The subscriber “{row.subscriber}” stopped at {row.failed_at:%Y-%m-%d %H:%M} UTC: {kind}. "
            f"It stands at position {row.position}, and nothing that follows is done.",
            "Put right what its log says, usually by an update; then start “qa worker --resume”.",
        )


_STOPPED = sa.text(
    "SELECT subscriber, position, failure, failed_at AT TIME ZONE 'UTC' AS failed_at "
    "FROM operations.bookmarks WHERE failure IS NOT NULL ORDER BY 1"
)
