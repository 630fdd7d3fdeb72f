"""Keep what the nightly checks of the invariants came to.

A violation that was found at night and told to nobody is no better than one that was not found.
Kept in `operations`: losing a result loses nothing that cannot be checked again.
"""

from __future__ import annotations

import re

from alembic import context, op

revision = "20261128_checks"
down_revision = "20261127_refuse"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE operations.checks (
    check_id    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at  timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    violations  bigint NOT NULL CHECK (violations >= 0),
    unchecked   bigint NOT NULL CHECK (unchecked >= 0),
    result      json NOT NULL
)
"""


def upgrade() -> None:
    """Create the table; the application's role adds results, and clears away old ones."""
    role = context.config.attributes["application_role"]
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_$-]{0,62}", role):
        raise ValueError(f"the application role {role!r} is not a plain role name")
    op.execute(TABLE)
    op.execute(f'GRANT SELECT, INSERT, DELETE ON operations.checks TO "{role}"')


def downgrade() -> None:
    """Forget the results; every check can be made again."""
    op.execute("DROP TABLE operations.checks")
