"""The one order: every event has its place, once, and nothing is missing."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.audit.invariants.invariant import (
    Asked,
    AskedById,
    AskedByPosition,
    Found,
    Ground,
    Invariant,
    Span,
    Violation,
)


def _dense(connection: Connection, ground: Ground) -> Found:
    rows = connection.execute(_HOLES, {"head": ground.head})
    for row in rows:
        yield Violation(position=row.position, what=f"after position {row.before} comes {row.position}")


_HOLES = sa.text("""
SELECT position, before FROM (
    SELECT position, lag(position, 1, -1) OVER (ORDER BY position) AS before
    FROM ledger.positions WHERE position < :head
) AS neighbours WHERE position <> before + 1 ORDER BY position
""")


def _events_behind(connection: Connection, span: Span) -> Found:
    for row in connection.execute(_WITHOUT_EVENT, span._asdict()):
        yield Violation(position=row.position, row=str(row.id), what=f"there is no event with the id {row.id}")


_WITHOUT_EVENT = sa.text("""
SELECT p.position, p.id FROM ledger.positions p LEFT JOIN ledger.events e ON e.id = p.id
WHERE p.position >= :start AND p.position < :stop AND e.id IS NULL ORDER BY p.position
""")


def _nothing_missing(connection: Connection, span: Span) -> Found:
    for row in connection.execute(_MISSING, span._asdict()):
        yield Violation(
            stream=row.stream, version=row.version, what="the event has no position, and does not wait for one"
        )


# One statement is one snapshot: an event that is being placed meanwhile is seen before or after it, never between.
_MISSING = sa.text("""
SELECT e.stream, e.version FROM ledger.events e
LEFT JOIN ledger.positions p ON p.id = e.id LEFT JOIN ledger.unsequenced u ON u.id = e.id
WHERE e.id >= :start AND e.id < :stop AND p.id IS NULL AND u.id IS NULL ORDER BY e.id
""")


def _once(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_PLACED_TWICE):
        yield Violation(position=row.position, row=str(row.id), what=f"the event is placed {row.times} times")


_PLACED_TWICE = sa.text("""
SELECT id, max(position) AS position, count(*) AS times FROM ledger.positions GROUP BY id HAVING count(*) > 1
""")


def _waiting(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_WAITING):
        what = f"it has position {row.position} already" if row.known else "there is no such event"
        yield Violation(row=str(row.id), what=f"event id {row.id} waits for a position, and {what}")


_WAITING = sa.text("""
SELECT u.id, p.position, e.id IS NOT NULL AS known
FROM ledger.unsequenced u LEFT JOIN ledger.positions p ON p.id = u.id LEFT JOIN ledger.events e ON e.id = u.id
WHERE p.id IS NOT NULL OR e.id IS NULL ORDER BY u.id
""")


def _in_stream_order(connection: Connection, span: Span) -> Found:
    for row in connection.execute(_OUT_OF_ORDER, span._asdict()):
        where = "has no position" if row.before is None else f"comes later, at position {row.before}"
        yield Violation(
            position=row.position,
            stream=row.stream,
            version=row.version,
            what=f"version {row.version - 1} of the stream {where}",
        )


_OUT_OF_ORDER = sa.text("""
SELECT p.position, e.stream, e.version, q.position AS before
FROM ledger.positions p JOIN ledger.events e ON e.id = p.id
JOIN ledger.events b ON b.stream = e.stream AND b.version = e.version - 1
LEFT JOIN ledger.positions q ON q.id = b.id
WHERE p.position >= :start AND p.position < :stop AND (q.position IS NULL OR q.position > p.position)
ORDER BY p.position
""")


def _leaves_agree(connection: Connection, span: Span) -> Found:
    for row in connection.execute(_OTHER_LEAF, span._asdict()):
        yield Violation(
            position=row.position,
            stream=row.stream,
            version=row.version,
            what="the leaf beside the position is not the leaf of the event",
        )


_OTHER_LEAF = sa.text("""
SELECT p.position, e.stream, e.version FROM ledger.positions p JOIN ledger.events e ON e.id = p.id
WHERE p.position >= :start AND p.position < :stop AND p.leaf <> e.leaf ORDER BY p.position
""")


LOG = (
    Invariant(
        "log.positions-dense",
        "Positions run from 0 without a hole; who follows the ledger, and every proof, counts on it.",
        Asked(_dense),
    ),
    Invariant(
        "log.positions-have-events",
        "Every position names an event that is there; otherwise something was taken out of history.",
        AskedByPosition(_events_behind),
    ),
    Invariant(
        "log.placed-once", "No event has two positions; who follows the ledger would see it twice.", Asked(_once)
    ),
    Invariant(
        "log.nothing-missing",
        "Every event has a position or waits for one (events = positions + unsequenced); "
        "otherwise nobody who follows the ledger ever sees it.",
        AskedById(_nothing_missing),
    ),
    Invariant(
        "log.waiting-is-real",
        "What waits for a position is an event that has none; otherwise a place would be given to nothing, or twice.",
        Asked(_waiting),
    ),
    Invariant(
        "log.order-follows-streams",
        "Within a stream a later version has a later position; otherwise effects would come before their causes.",
        AskedByPosition(_in_stream_order),
    ),
    Invariant(
        "log.leaves-agree",
        "The leaf beside a position is the leaf of its event; otherwise the one order proves another history.",
        AskedByPosition(_leaves_agree),
    ),
)
