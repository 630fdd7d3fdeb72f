"""What keeps history from being changed: triggers, privileges, and the keys that keep doubles out."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.audit.invariants.invariant import Asked, Found, Ground, Invariant, Violation


def _triggers(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_UNGUARDED):
        state = "is gone" if row.enabled is None else "is switched off"
        yield Violation(row=row.relation, what=f"the trigger “{row.trigger}” on {row.relation} {state}")


# 'O' fires for everybody but replication, 'A' always.
_UNGUARDED = sa.text("""
SELECT w.relation, w.trigger, t.tgenabled AS enabled
FROM (VALUES ('ledger.events', 'history_is_insert_only'), ('ledger.positions', 'history_is_insert_only'),
             ('ledger.commands', 'answers_stand'), ('keys.subject_keys', 'destroyed_is_destroyed'))
     AS w(relation, trigger)
LEFT JOIN pg_trigger t ON t.tgrelid = to_regclass(w.relation) AND t.tgname = w.trigger
WHERE t.tgenabled IS NULL OR t.tgenabled NOT IN ('O', 'A') ORDER BY 1
""")


def _privileges(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_TOO_MUCH):
        yield Violation(row=row.relation, what=f"the role “{row.role}” of the application may {row.privilege} there")


_TOO_MUCH = sa.text("""
SELECT current_user AS role, w.relation, w.privilege
FROM (SELECT relation, privilege FROM
        (VALUES ('ledger.events'), ('ledger.positions')) AS r(relation),
        (VALUES ('UPDATE'), ('DELETE'), ('TRUNCATE')) AS p(privilege)
      UNION ALL VALUES ('ledger.commands', 'UPDATE'), ('ledger.commands', 'TRUNCATE'), ('keys.subject_keys', 'DELETE')
     ) AS w
WHERE to_regclass(w.relation) IS NOT NULL
  AND (has_table_privilege(w.relation, w.privilege)
       OR CASE WHEN w.privilege = 'UPDATE' THEN has_any_column_privilege(w.relation, 'UPDATE') ELSE false END)
ORDER BY 2, 3
""")


def _unique_keys(connection: Connection, _ground: Ground) -> Found:
    for row in connection.execute(_UNKEYED):
        yield Violation(row=row.relation, what=f"nothing keeps two rows of {row.relation} from one ({row.columns})")


_UNKEYED = sa.text("""
SELECT w.relation, w.columns
FROM (VALUES ('ledger.events', 'id'), ('ledger.events', 'stream, version'),
             ('ledger.positions', 'position'), ('ledger.positions', 'id'),
             ('ledger.unsequenced', 'id'), ('ledger.commands', 'scope'),
             ('keys.subject_keys', 'subject, purpose, version')) AS w(relation, columns)
WHERE NOT EXISTS (
    SELECT FROM pg_index i
    WHERE i.indrelid = to_regclass(w.relation) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
      AND w.columns = (SELECT string_agg(a.attname, ', ' ORDER BY k.place)
                       FROM unnest(i.indkey) WITH ORDINALITY AS k(attribute, place)
                       JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attribute))
ORDER BY 1, 2
""")


GUARDS = (
    Invariant(
        "guards.history-insert-only",
        "The triggers that refuse every change of history are there and switched on, whoever asks.",
        Asked(_triggers),
    ),
    Invariant(
        "guards.application-cannot-alter",
        "The role of the application may not change or delete history; a fault in the code could otherwise.",
        Asked(_privileges),
    ),
    Invariant(
        "guards.unique-keys",
        "The unique keys are there and valid: without them two writers could write one version, or one position.",
        Asked(_unique_keys),
    ),
)
