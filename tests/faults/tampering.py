"""What somebody could do to the tables who goes round every guard, and what the verdict says to each."""

from __future__ import annotations

from typing import NamedTuple


class Tampering(NamedTuple):
    """Statements that damage the record around one acknowledged event, and words that must be said of it.

    `kind` is which kind of command the event came from.
    """

    name: str
    statements: tuple[str, ...]
    says: str
    kind: str = "change"


_OURS = "stream = %(stream)s AND version = %(version)s"
_ID = f"(SELECT id FROM ledger.events WHERE {_OURS})"
_FIRST_TWO = (
    "(SELECT p.position FROM ledger.positions p JOIN ledger.events e ON e.id = p.id "
    "WHERE e.stream = %(stream)s AND e.version = {version})"
)
_COPY = f"""
INSERT INTO ledger.events (event_id, stream, version, name, record, leaf, case_id, actor, recorded_at, cause)
SELECT gen_random_uuid(), stream, (SELECT max(version) + 1 FROM ledger.events WHERE stream = %(stream)s),
       name, record, leaf, case_id, actor, recorded_at, cause FROM ledger.events WHERE {_OURS}
"""

TAMPERINGS = (
    Tampering("an event deleted", (f"DELETE FROM ledger.events WHERE {_OURS}",), "was acknowledged as"),
    Tampering("an event deleted: its hole", (f"DELETE FROM ledger.events WHERE {_OURS}",), "has no event"),
    Tampering(
        "an event deleted with its position",
        (f"DELETE FROM ledger.positions WHERE id = {_ID}", f"DELETE FROM ledger.events WHERE {_OURS}"),
        "was acknowledged as",
        "name",
    ),
    Tampering(
        "another command's event in the place of ours",
        (f"UPDATE ledger.events SET record = replace(record::text, 'word', 'other')::json WHERE {_OURS}",),
        "was acknowledged as",
    ),
    Tampering("an event copied to the end of its stream", (_COPY,), "2 times"),
    Tampering(
        "a whole stream's tail shifted by one",
        (
            "UPDATE ledger.events SET version = version + 1000000 WHERE stream = %(stream)s AND version >= %(version)s",
            "UPDATE ledger.events SET version = version - 999999 WHERE stream = %(stream)s AND version > 1000000",
        ),
        "events and goes from",
    ),
    Tampering(
        "positions shifted by one from the event on",
        (
            (
                "UPDATE ledger.positions SET position = position + 100000000 "
                f"WHERE position >= (SELECT position FROM ledger.positions WHERE id = {_ID})"
            ),
            "UPDATE ledger.positions SET position = position - 99999999 WHERE position >= 100000000",
        ),
        "not dense",
    ),
    Tampering(
        "two positions of a stream exchanged",
        (
            f"UPDATE ledger.positions SET position = 100000000 WHERE position = {_FIRST_TWO.format(version=1)}",
            f"UPDATE ledger.positions SET position = position - 1 WHERE position = {_FIRST_TWO.format(version=2)}",
            (
                "UPDATE ledger.positions SET position = (SELECT max(position) + 1 FROM ledger.positions "
                "WHERE position < 100000000) WHERE position = 100000000"
            ),
        ),
        "comes in its positions as version",
    ),
    Tampering(
        "a record altered",
        (f"UPDATE ledger.events SET record = replace(record::text, 'officer', 'Officer')::json WHERE {_OURS}",),
        "is not that of its record",
    ),
    Tampering(
        "a leaf altered in the positions",
        (f"UPDATE ledger.positions SET leaf = sha256(leaf) WHERE id = {_ID}",),
        "another leaf than its event",
    ),
    Tampering("a position deleted", (f"DELETE FROM ledger.positions WHERE id = {_ID}",), "does not wait for one"),
    Tampering("a position deleted: the figures", (f"DELETE FROM ledger.positions WHERE id = {_ID}",), "are nowhere"),
    Tampering(
        "an event queued a second time",
        (f"INSERT INTO ledger.unsequenced (id, leaf) SELECT id, leaf FROM ledger.events WHERE {_OURS}",),
        "waits for one all the same",
    ),
    Tampering(
        "the answer to a key deleted",
        (
            (
                "DELETE FROM ledger.commands WHERE outcome->'events'->0->>0 = %(stream)s "
                "AND (outcome->'events'->0->>1)::int = %(version)s"
            ),
        ),
        "0 answers are kept",
    ),
    Tampering(
        "the answer to a key kept twice",
        (
            (
                "INSERT INTO ledger.commands (scope, fingerprint, outcome) SELECT sha256(scope), fingerprint, outcome "
                "FROM ledger.commands WHERE outcome->'events'->0->>0 = %(stream)s "
                "AND (outcome->'events'->0->>1)::int = %(version)s"
            ),
        ),
        "2 answers are kept",
    ),
    Tampering(
        "an accepted case without its panel",
        (
            (
                "UPDATE ledger.events SET case_id = NULL WHERE name = 'panel.opened.v1' AND case_id = "
                f"(SELECT case_id FROM ledger.events WHERE {_OURS})"
            ),
        ),
        "has 0 panels",
        "accept",
    ),
    Tampering(
        "a bookmark set back",
        ("UPDATE operations.bookmarks SET position = position - 1 WHERE subscriber = 'journey'",),
        "behind the head",
    ),
)
