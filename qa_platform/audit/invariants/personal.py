"""Personal data: sealed under keys that are there or destroyed for good, and in clear nowhere."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.audit.invariants.history import History, Stored, World
from qa_platform.audit.invariants.invariant import (
    Asked,
    Found,
    Ground,
    Invariant,
    OfCases,
    OfEvents,
    Violation,
)
from qa_platform.kernel.sealed import Sealed
from qa_platform.ledger.projection import SCHEMA, Projection
from qa_platform.submissions.events import SubmissionPersonNamed

# A shorter name, or one of a single word, is also a word that anybody may write.
_SHORTEST_TELLING = 8
_TELLING = re.compile(r"[ @\d]")


def _keys_there(stored: Stored) -> Found:
    if stored.lost:
        yield _at(stored, f"{len(stored.lost)} of the keys that its sealed fields name are not in the key store")


def _opens(stored: Stored) -> Found:
    if stored.broken:
        yield _at(stored, f"it holds what does not open under its own key: {', '.join(stored.broken)}")


def _destroyed_are_gone(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_HALF_DESTROYED):
        state = "destroyed, but its bytes are there" if row.destroyed else "alive, but its bytes are gone"
        yield Violation(row=row.key, what=f"the key is marked as {state}")


_HALF_DESTROYED = sa.text("""
SELECT subject || ' ' || purpose || ' ' || version AS key, destroyed_at IS NOT NULL AS destroyed
FROM keys.subject_keys WHERE (wrapped IS NULL) <> (destroyed_at IS NOT NULL) ORDER BY 1
""")


def _erasures_done(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_UNDONE):
        yield Violation(
            stream=row.stream,
            version=row.version,
            row=row.fingerprint,
            what="the key is recorded as destroyed, and is not",
        )


_ERASED = r"""
SELECT e.stream, e.version, json_array_elements_text(e.record -> 'data' -> 'fingerprints') AS fingerprint
FROM ledger.events e WHERE e.stream LIKE 'person-%' AND e.name = 'subject_key.destroyed.v1'
"""

_UNDONE = sa.text(f"""
SELECT erased.stream, erased.version, k.fingerprint FROM ({_ERASED}) AS erased
JOIN keys.subject_keys k USING (fingerprint) WHERE k.destroyed_at IS NULL OR k.wrapped IS NOT NULL ORDER BY 1, 2
""")


def _erasures_recorded(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_UNRECORDED):
        yield Violation(row=row.key, what="the key was destroyed, and no event says why")


_UNRECORDED = sa.text(f"""
SELECT k.subject || ' ' || k.purpose || ' ' || k.version AS key FROM keys.subject_keys k
WHERE k.destroyed_at IS NOT NULL AND k.fingerprint NOT IN (SELECT fingerprint FROM ({_ERASED}) AS erased) ORDER BY 1
""")


def _closed_in_tables(connection: Connection, ground: Ground) -> Found:
    for projection in ground.ledger.projections:
        for column in projection.sealed_fields:
            for row in connection.execute(_opened(projection, column)):
                yield Violation(row=f"{projection.name} {row.key}", what=f"the column “{column}” holds what is sealed")


def _opened(projection: Projection[Any], column: str) -> sa.TextClause:
    return sa.text(
        f'SELECT "{projection.key}" AS key FROM {SCHEMA}."{projection.name}" '
        f"WHERE \"{column}\" ->> 'value' IS NOT NULL ORDER BY 1"
    )


def _names_sealed(case: History, _world: World) -> Found:
    telling = _told(case)
    if not telling:
        return
    for stored in case.stored:
        # Ciphertext is base64 and holds no name; so the whole record may be searched.
        if any(words in stored.record for words in telling):
            yield _at(stored, "the record holds in clear the name or address of somebody whose name is sealed")


def _told(case: History) -> set[bytes]:
    """Return what is sealed about the people of a case, as JSON would write it inside a text."""
    found: set[bytes] = set()
    for recorded in case.of(SubmissionPersonNamed):
        for field in (recorded.event.name, recorded.event.email, recorded.event.telephone):
            value = field.value if isinstance(field, Sealed) else None
            if isinstance(value, str) and len(value) >= _SHORTEST_TELLING and _TELLING.search(value):
                found.add(msgspec.json.encode(value)[1:-1])
    return found


def _at(stored: Stored, what: str) -> Violation:
    return Violation(what=what, position=stored.position, stream=stored.stream, version=stored.version)


PERSONAL = (
    Invariant(
        "personal.keys-there",
        "The key of every sealed field is in the key store, alive or destroyed; without it the field is lost, "
        "and nothing says that it was erased.",
        OfEvents(_keys_there),
    ),
    Invariant(
        "personal.seals-open",
        "Every sealed field opens under its living key, in its own place; otherwise it or its key was altered.",
        OfEvents(_opens),
    ),
    Invariant(
        "personal.destroyed-is-gone",
        "Of a destroyed key nothing is left, and a living one has its bytes; what was erased must not come back.",
        Asked(_destroyed_are_gone),
    ),
    Invariant(
        "personal.erasures-done",
        "Every key that an event calls destroyed is destroyed; a restored key store would undo an erasure.",
        Asked(_erasures_done),
    ),
    Invariant(
        "personal.erasures-recorded",
        "Every destroyed key has the event that says on which legal basis; otherwise data were lost without a reason.",
        Asked(_erasures_recorded),
    ),
    Invariant(
        "personal.closed-in-tables",
        "No read model holds the plain text of what is sealed; it would outlive the erasure of its key.",
        Asked(_closed_in_tables),
    ),
    Invariant(
        "personal.names-sealed",
        "No record of a case holds in clear the name, e-mail address or telephone number of its people, "
        "for records are never erased.",
        OfCases(_names_sealed),
    ),
)
