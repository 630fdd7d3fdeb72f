"""The SQL of the hot paths, each statement with the reason for its shape."""

from __future__ import annotations

import sqlalchemy as sa

# Parameters $1, $2 … are for the driver itself (see connections.ask); named ones for SQLAlchemy.

# One statement for all that an append does: a single round trip, and outside a transaction all of it
# or nothing. An event is inserted only behind its predecessor, so a stream can get no hole (asked as a scalar, for
# a plan made while the table was young would answer EXISTS by hashing all of it). The lock lets a
# decision hold still what it depends on. What the events change in read models comes in between; if any of it does
# not find the row as it was when it was folded, the whole statement fails.

# Most appends are of one event: it needs no taking apart of JSON, and costs the database a fifth less.
ALONE = """
WITH held AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtextextended($1, 0))
), inserted AS (
    INSERT INTO ledger.events
        (stream, version, event_id, name, record, leaf, case_id, actor, recorded_at, cause)
    SELECT $1, CAST($2 AS int), CAST($3 AS uuid), $4, CAST($5 AS json), $6, $7, $8, CAST($9 AS timestamptz), $10
    FROM held
    WHERE CAST($2 AS int) = 1
       OR (SELECT p.id FROM ledger.events p WHERE p.stream = $1 AND p.version = CAST($2 AS int) - 1) IS NOT NULL
    RETURNING id, leaf
)"""
# Any number of events are one parameter; the raw record text passes through `json` unchanged.
BATCH = """
WITH batch AS MATERIALIZED (
    SELECT * FROM json_to_recordset(CAST($1 AS json)) AS b(
        n int, event_id uuid, stream text, version int, name text, record json, leaf text,
        case_id text, actor text, recorded_at timestamptz, cause text, follows boolean)
), held AS MATERIALIZED (
    SELECT pg_advisory_xact_lock(hashtextextended(stream, 0))
    FROM (SELECT DISTINCT stream FROM batch ORDER BY stream) AS streams
), inserted AS (
    INSERT INTO ledger.events
        (event_id, stream, version, name, record, leaf, case_id, actor, recorded_at, cause)
    SELECT event_id, stream, version, name, record, decode(leaf, 'hex'), case_id, actor, recorded_at, cause
    FROM batch b
    WHERE (SELECT count(*) FROM held) > 0
      AND (b.version = 1 OR b.follows OR (
            SELECT p.id FROM ledger.events p WHERE p.stream = b.stream AND p.version = b.version - 1) IS NOT NULL)
    ORDER BY b.n
    RETURNING id, leaf
)"""
QUEUED = """, queued AS (
    INSERT INTO ledger.unsequenced (id, leaf) SELECT id, leaf FROM inserted
)"""
ANSWER = """, answered AS (
    INSERT INTO ledger.commands (scope, fingerprint, outcome) VALUES ({0}, {1}, {2})
)"""
CHANGE = ", {name} AS ({statement} RETURNING 1)"
CHECKED = """
SELECT CASE
    WHEN (SELECT count(*) FROM inserted) <> CAST({0} AS bigint)
    THEN ledger.refuse('an event has no predecessor', 'QA001'){checks}
END
"""
CHANGED = """
    WHEN (SELECT count(*) FROM {name}) <> CAST({0} AS bigint)
    THEN ledger.refuse('a row of a read model has moved', '40001')"""

# What a fold needs, and no more.
FOLD_STREAM = """
SELECT version, name, record FROM ledger.events WHERE stream = $1 ORDER BY version
"""
FOLD_STREAMS = """
SELECT stream, version, name, record FROM ledger.events WHERE stream = ANY($1) ORDER BY stream, version
"""

READ_STREAMS = """
SELECT record, leaf, NULL::bigint, name FROM ledger.events WHERE stream = ANY($1) ORDER BY stream, version
"""

READ_CASE = """
SELECT e.record, e.leaf, p.position, e.name, e.recorded_at
FROM ledger.events e LEFT JOIN ledger.positions p ON p.id = e.id
WHERE e.case_id = $1 ORDER BY p.position NULLS LAST, e.id
"""

READ_POSITIONS = """
SELECT e.record, e.leaf, p.position, e.name
FROM ledger.positions p JOIN ledger.events e ON e.id = p.id
WHERE p.position >= CAST($1 AS bigint) AND p.position < CAST($1 AS bigint) + CAST($2 AS bigint) ORDER BY p.position
"""

HOLD_STREAMS = sa.text("""
SELECT pg_advisory_xact_lock_shared(hashtextextended(stream, 0))
FROM (SELECT stream FROM unnest(CAST(:streams AS text[])) AS stream ORDER BY stream) AS sorted
""")

QUEUE_FOR_STREAMS = """
SELECT pg_advisory_xact_lock(hashtextextended(stream, 0))
FROM (SELECT stream FROM unnest(CAST($1 AS text[])) AS stream ORDER BY stream) AS sorted
"""

STREAM_VERSIONS = sa.text("""
SELECT stream, max(version) AS version FROM ledger.events WHERE stream = ANY(:streams) GROUP BY stream
""")

ANSWERED = """
SELECT encode(fingerprint, 'hex'), outcome FROM ledger.commands WHERE scope = $1
"""
# Only sequencers take this lock, for the time of one batch; writers never wait for it.
HOLD_SEQUENCE = "SELECT pg_advisory_xact_lock(7201600412)"

# A snapshot that sees version n + 1 was taken after version n was committed, so n is in this
# batch with a lower id, or in an earlier one. Nothing is skipped: what is not yet visible is
# not yet committed and will get a later position.
SEQUENCE = """
WITH taken AS (
    DELETE FROM ledger.unsequenced
    WHERE id IN (SELECT id FROM ledger.unsequenced ORDER BY id LIMIT $1)
    RETURNING id, leaf
), head AS (
    SELECT coalesce(max(position) + 1, 0) AS next FROM ledger.positions
), given AS (
    INSERT INTO ledger.positions (position, id, leaf)
    SELECT head.next + row_number() OVER (ORDER BY taken.id) - 1, taken.id, taken.leaf FROM taken, head
    RETURNING position
)
SELECT count(*) FROM given
"""

HEAD = sa.text("SELECT coalesce(max(position) + 1, 0) FROM ledger.positions")

# Three counts in one statement, so in one snapshot: they must agree at any instant.
FIGURES = sa.text("""
SELECT (SELECT count(*) FROM ledger.events) AS events,
       (SELECT count(*) FROM ledger.positions) AS positions,
       (SELECT count(*) FROM ledger.unsequenced) AS unsequenced
""")
