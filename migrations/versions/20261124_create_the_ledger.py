"""Create the ledger, the keys and the operations.

History is insert-only twice over: triggers refuse to change it whoever asks, and the
application role has no privilege to try. Read models are not here: the application makes
their tables from code, in a schema it may fill.
"""

from __future__ import annotations

import re

from alembic import context, op

revision = "20261124_ledger"
down_revision = None
branch_labels = None
depends_on = None

LEDGER = """
CREATE TABLE ledger.events (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id    uuid NOT NULL,
    stream      text NOT NULL COLLATE "C",
    version     integer NOT NULL CHECK (version > 0),
    name        text NOT NULL COLLATE "C",
    record      json NOT NULL,
    leaf        bytea NOT NULL CHECK (octet_length(leaf) = 32),
    case_id     text COLLATE "C",
    actor       text NOT NULL,
    recorded_at timestamptz NOT NULL,
    cause       text,
    CONSTRAINT events_stream_version UNIQUE (stream, version)
);
CREATE INDEX events_case ON ledger.events (case_id, id) WHERE case_id IS NOT NULL;

CREATE TABLE ledger.unsequenced (
    id   bigint PRIMARY KEY,
    leaf bytea NOT NULL CHECK (octet_length(leaf) = 32)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

CREATE TABLE ledger.positions (
    position bigint PRIMARY KEY CHECK (position >= 0),
    id       bigint NOT NULL UNIQUE,
    leaf     bytea NOT NULL CHECK (octet_length(leaf) = 32)
);

CREATE TABLE ledger.commands (
    scope       bytea PRIMARY KEY,
    fingerprint bytea NOT NULL,
    outcome     json NOT NULL,
    at          timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on %.% is refused: history is only ever added to', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER history_is_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.events
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER history_is_insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.positions
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
CREATE TRIGGER answers_stand BEFORE UPDATE OR TRUNCATE ON ledger.commands
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
"""

KEYS = """
CREATE TABLE keys.subject_keys (
    subject      text NOT NULL,
    purpose      text NOT NULL,
    version      integer NOT NULL CHECK (version > 0),
    wrapped      bytea,
    fingerprint  text NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    destroyed_at timestamptz,
    PRIMARY KEY (subject, purpose, version),
    CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);
-- The planner keeps samples of what it may count: of a wrapped key it must keep none.
ALTER TABLE keys.subject_keys ALTER COLUMN wrapped SET STATISTICS 0;
CREATE FUNCTION keys.refuse_return() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.wrapped IS NULL THEN
        RAISE EXCEPTION 'a destroyed key does not come back' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER destroyed_is_destroyed BEFORE UPDATE ON keys.subject_keys
    FOR EACH ROW EXECUTE FUNCTION keys.refuse_return();
"""

OPERATIONS = """
CREATE TABLE operations.bookmarks (
    subscriber  text PRIMARY KEY,
    position    bigint NOT NULL DEFAULT 0,
    owner       text,
    epoch       bigint NOT NULL DEFAULT 0,
    lease_until timestamptz,
    failure     text,
    failed_at   timestamptz
);
CREATE TABLE operations.read_models (
    name      text PRIMARY KEY,
    code      text NOT NULL,
    built_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TABLE operations.token_uses (
    token_id text PRIMARY KEY,
    last_use timestamptz NOT NULL
);
"""

GRANTS = """
GRANT USAGE ON SCHEMA ledger, keys, operations TO {role};
GRANT USAGE, CREATE ON SCHEMA read_models TO {role};
GRANT SELECT, INSERT ON ledger.events, ledger.positions, ledger.commands TO {role};
GRANT SELECT, INSERT, DELETE ON ledger.unsequenced TO {role};
GRANT SELECT, INSERT, UPDATE (wrapped, destroyed_at) ON keys.subject_keys TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA operations TO {role};
"""


def upgrade() -> None:
    """Create the three schemas that history lives in, and say what the application may do."""
    role = context.config.attributes["application_role"]
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_$-]{0,62}", role):
        raise ValueError(f"the application role {role!r} is not a plain role name")
    for schema in ("keys", "operations", "read_models"):
        op.execute(f"CREATE SCHEMA {schema}")
    for statements in (LEDGER, KEYS, OPERATIONS):
        op.execute(statements)
    op.execute(GRANTS.format(role=f'"{role}"'))


def downgrade() -> None:
    """Refuse: there is nothing before the ledger but the loss of it."""
    raise NotImplementedError("taking the ledger away would lose the history it holds")
