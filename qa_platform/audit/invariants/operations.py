"""Who follows the ledger, and what was answered to requests: bookmarks, leases, kept outcomes."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.audit.invariants.invariant import Asked, Found, Ground, Invariant, Violation


def _behind_head(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_BEYOND):
        yield Violation(row=row.subscriber, what=f"its bookmark stands at {row.position}, and the head at {row.head}")


_BEYOND = sa.text("""
SELECT subscriber, position, head
FROM operations.bookmarks, (SELECT coalesce(max(position) + 1, 0) AS head FROM ledger.positions) AS h
WHERE position > head OR position < 0 ORDER BY 1
""")


def _going_on(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_STOPPED):
        yield Violation(row=row.subscriber, what=f"it stopped before position {row.position} on {row.failed_at}")


_STOPPED = sa.text("""
SELECT subscriber, position, to_char(failed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"') AS failed_at
FROM operations.bookmarks WHERE failure IS NOT NULL ORDER BY 1
""")


def _leases(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_LONG_LEASES):
        yield Violation(row=row.subscriber, what=f"its lease lasts until {row.until}: nobody else can take over")


# The longest lease that the platform takes is ten minutes; a clock that was set back makes one longer.
_LONG_LEASES = sa.text("""
SELECT subscriber, to_char(lease_until AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"') AS until
FROM operations.bookmarks WHERE lease_until > clock_timestamp() + interval '1 hour' ORDER BY 1
""")


def _answers(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_ANSWERS):
        yield Violation(
            stream=row.stream, version=row.version, row=row.scope, what="an answer was kept for an event that is gone"
        )


_ANSWERS = sa.text("""
SELECT encode(c.scope, 'hex') AS scope, pair ->> 0 AS stream, (pair ->> 1)::int AS version
FROM ledger.commands c CROSS JOIN LATERAL json_array_elements(c.outcome -> 'events') AS pair
WHERE NOT EXISTS (SELECT FROM ledger.events e WHERE e.stream = pair ->> 0 AND e.version = (pair ->> 1)::int)
ORDER BY 2, 3
""")


def _versions(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_VERSIONS):
        yield Violation(
            stream=row.stream, version=row.version, row=row.scope, what="an answer tells a version never reached"
        )


_VERSIONS = sa.text("""
SELECT encode(c.scope, 'hex') AS scope, told.key AS stream, told.value::int AS version
FROM ledger.commands c CROSS JOIN LATERAL json_each_text(c.outcome -> 'versions') AS told
WHERE told.value::int > 0
  AND NOT EXISTS (SELECT FROM ledger.events e WHERE e.stream = told.key AND e.version = told.value::int)
ORDER BY 2, 3
""")


OPERATIONS = (
    Invariant(
        "subscribers.behind-the-head",
        "No bookmark stands beyond the head; its subscriber would never see what comes in between.",
        Asked(_behind_head),
    ),
    Invariant(
        "subscribers.going-on",
        "No subscriber has stopped at an event; nothing that follows from later events happens until somebody acts.",
        Asked(_going_on),
    ),
    Invariant(
        "subscribers.leases-end",
        "No lease lasts longer than an hour from now; if its holder is gone, nobody could take over.",
        Asked(_leases),
    ),
    Invariant(
        "answers.events-exist",
        "Every answer kept under an idempotency key points at events that are there; what was acknowledged is kept.",
        Asked(_answers),
    ),
    Invariant(
        "answers.versions-reached",
        "No kept answer tells of a version that its stream never reached; somebody was told more than happened.",
        Asked(_versions),
    ),
)
