"""Whether history is guarded: the application's role, its rights, and the triggers."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.operating.doctor.finding import Finding, well, wrong

# The bits of pg_trigger.tgtype.
_DELETE, _UPDATE, _TRUNCATE = 8, 16, 32
# What triggers must refuse, or watch over, whoever asks.
_GUARDED = {
    "ledger.events": _UPDATE | _DELETE | _TRUNCATE,
    "ledger.positions": _UPDATE | _DELETE | _TRUNCATE,
    "ledger.commands": _UPDATE | _TRUNCATE,
    "keys.subject_keys": _UPDATE,
}


def examine_guard(connection: Connection) -> Iterator[Finding]:
    """Yield what is found about who may change history."""
    yield _role(connection)
    yield _rights(connection)
    yield _triggers(connection)


def _role(connection: Connection) -> Finding:
    row = connection.execute(_ROLE).one()
    if row.rolsuper:
        trouble = f"The platform connects as “{row.name}”, a superuser, who can alter history."
    elif row.owns:
        trouble = f"The platform connects as “{row.name}”, who owns the tables of history and can alter them."
    else:
        return well("role", f"The platform connects as “{row.name}”, who can alter no history.")
    return wrong("role", trouble, "Let DATABASE_URL name a role of its own, as in “A PostgreSQL of your own”.")


def _rights(connection: Connection) -> Finding:
    row = connection.execute(_RIGHTS).one()
    if row.too_many:
        return wrong(
            "privileges",
            f"The platform's role has more rights than it needs: {row.too_many}.",
            "As their owner: REVOKE UPDATE, DELETE, TRUNCATE on these tables FROM the role.",
        )
    if row.too_few:
        return wrong(
            "privileges",
            f"The platform's role lacks rights: {row.too_few}.",
            "Run “qa migrate” with the DATABASE_URL that the platform uses; after a restore, restore privileges too.",
        )
    return well("privileges", "The platform's role may read history and add to it, and nothing more.")


def _triggers(connection: Connection) -> Finding:
    if connection.scalar(sa.text("SELECT current_setting('session_replication_role')")) != "origin":
        return wrong(
            "triggers",
            "The platform's role is set to work without triggers (session_replication_role).",
            "As a superuser: ALTER ROLE … RESET session_replication_role.",
        )
    found = {row.relation: row.bits for row in connection.execute(_TRIGGERS)}
    open_tables = [table for table, bits in _GUARDED.items() if found.get(table, 0) & bits != bits]
    if not open_tables:
        return well("triggers", "Triggers refuse every change of history.")
    names = ", ".join(f"“{table}”" for table in open_tables)
    return wrong(
        "triggers",
        f"The triggers that keep {names} from being changed are missing or switched off.",
        "As the owner: ALTER TABLE … ENABLE TRIGGER ALL, or restore; then run “qa check”, for history may have been "
        "altered meanwhile.",
    )


_ROLE = sa.text("""
SELECT current_user AS name, r.rolsuper, EXISTS (
    SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('ledger', 'keys') AND c.relkind IN ('r', 'p')
      AND pg_has_role(current_user, c.relowner, 'MEMBER')
) AS owns
FROM pg_roles r WHERE r.rolname = current_user
""")
_RIGHTS = sa.text("""
WITH wanted (relation, may, right_) AS (VALUES
    ('ledger.events', true, 'SELECT'), ('ledger.events', true, 'INSERT'),
    ('ledger.events', false, 'UPDATE'), ('ledger.events', false, 'DELETE'), ('ledger.events', false, 'TRUNCATE'),
    ('ledger.positions', true, 'SELECT'), ('ledger.positions', true, 'INSERT'),
    ('ledger.positions', false, 'UPDATE'), ('ledger.positions', false, 'DELETE'),
    ('ledger.positions', false, 'TRUNCATE'),
    ('ledger.unsequenced', true, 'SELECT'), ('ledger.unsequenced', true, 'INSERT'),
    ('ledger.unsequenced', true, 'DELETE'),
    ('ledger.commands', true, 'INSERT'), ('ledger.commands', false, 'UPDATE'), ('ledger.commands', false, 'TRUNCATE'),
    ('keys.subject_keys', true, 'SELECT'), ('keys.subject_keys', true, 'INSERT'),
    ('keys.subject_keys', false, 'DELETE'),
    ('operations.bookmarks', true, 'UPDATE'), ('operations.read_models', true, 'UPDATE')
), held AS (
    SELECT relation, may, right_,
           has_table_privilege(relation, right_)
           OR (right_ = 'UPDATE' AND has_any_column_privilege(relation, right_)) AS has
    FROM wanted
)
SELECT string_agg(right_ || ' on ' || relation, ', ') FILTER (WHERE has AND NOT may) AS too_many,
       string_agg(right_ || ' on ' || relation, ', ') FILTER (WHERE NOT has AND may) AS too_few
FROM held
""")
_TRIGGERS = sa.text("""
SELECT n.nspname || '.' || c.relname AS relation, bit_or(t.tgtype::int) AS bits
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND n.nspname IN ('ledger', 'keys')
GROUP BY 1
""")
