"""Each record by itself: its bytes, its digest, its columns, its cause."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.audit.invariants.history import Stored
from qa_platform.audit.invariants.invariant import Asked, Found, Ground, Invariant, OfEvents, Violation
from qa_platform.ledger.canonical import canonical
from qa_platform.ledger.record import leaf_of


def _digest(stored: Stored) -> Found:
    if leaf_of(stored.record) != stored.leaf:
        yield _at(stored, "the leaf that the record gives is not the stored one: one of the two was altered")


def _canonical(stored: Stored) -> Found:
    if canonical(msgspec.json.decode(stored.record)) != stored.record:
        yield _at(stored, "the record is not in canonical form, so its bytes are not the ones that were written")


def _columns(stored: Stored) -> Found:
    header = _header.decode(stored.record).header
    said = {
        "event_id": header.get("id"),
        "stream": header.get("stream"),
        "version": header.get("version"),
        "name": header.get("name"),
        "case_id": header.get("case"),
        "actor": header.get("actor"),
        "cause": header.get("cause"),
        "recorded_at": datetime.fromisoformat(header.get("at", "0001-01-01T00:00:00Z")),
    }
    wrong = [column for column, value in said.items() if getattr(stored, column) != value]
    if wrong:
        yield _at(stored, f"the record says otherwise than the columns {', '.join(wrong)}")


class _OnlyHeader(msgspec.Struct):
    header: dict[str, Any]


_header = msgspec.json.Decoder(_OnlyHeader)


def _readable(stored: Stored) -> Found:
    if stored.unreadable is not None:
        yield _at(stored, f"“{stored.name}” cannot be read by this code: {stored.unreadable}")


def _ids(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_SAME_ID):
        yield Violation(row=row.event_id, what=f"{row.times} events have the id {row.event_id}")


_SAME_ID = sa.text("""
SELECT event_id::text AS event_id, count(*) AS times FROM ledger.events GROUP BY event_id HAVING count(*) > 1
ORDER BY 1
""")


def _causes(connection: Connection, ground: Ground) -> Found:
    for row in connection.execute(_NO_CAUSE, {"head": ground.head}):
        where = "is no event of this ledger" if row.caused_at is None else f"comes later, at position {row.caused_at}"
        yield Violation(position=row.position, stream=row.stream, version=row.version, what=f"its cause {where}")


_NO_CAUSE = sa.text("""
SELECT p.position, e.stream, e.version, q.position AS caused_at
FROM ledger.events e JOIN ledger.positions p ON p.id = e.id
LEFT JOIN ledger.events c ON c.event_id::text = e.cause LEFT JOIN ledger.positions q ON q.id = c.id
WHERE e.cause IS NOT NULL AND p.position < :head AND (q.position IS NULL OR q.position >= p.position)
ORDER BY p.position
""")


def _at(stored: Stored, what: str) -> Violation:
    return Violation(what=what, position=stored.position, stream=stored.stream, version=stored.version)


RECORDS = (
    Invariant(
        "records.digests-match",
        "The leaf of every event is the one that its record gives; otherwise somebody altered history.",
        OfEvents(_digest),
    ),
    Invariant(
        "records.canonical",
        "Every record is canonical JSON, byte for byte; otherwise its digest could not be made again elsewhere.",
        OfEvents(_canonical),
    ),
    Invariant(
        "records.columns-agree",
        "The columns beside a record say what its header says; queries read the columns, proofs the header.",
        OfEvents(_columns),
    ),
    Invariant(
        "records.readable",
        "Every event has a name that the code knows and can be read; what nobody can read, nobody can replay.",
        OfEvents(_readable),
    ),
    Invariant(
        "records.ids-unique",
        "No two events have one id; causes, proofs and sealed fields point at events by it.",
        Asked(_ids),
    ),
    Invariant(
        "records.causes-exist",
        "Every cause is an earlier event; otherwise nobody can say why something happened.",
        Asked(_causes),
    ),
)
