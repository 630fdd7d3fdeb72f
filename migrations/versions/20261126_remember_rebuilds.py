"""Remember how far each rebuild of a read model is.

A rebuild that was killed began again from the first event. The table that is being built is
kept, and its place stands here, moved in the transaction that writes the rows; the code that
made them too, for other code may make other rows and must begin anew.
"""

from __future__ import annotations

import re

from alembic import context, op

revision = "20261126_rebuilds"
down_revision = "20261125_show_version"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE operations.rebuilds (
    name     text PRIMARY KEY,
    code     text NOT NULL,
    position bigint NOT NULL CHECK (position >= 0),
    rows     bigint NOT NULL CHECK (rows >= 0)
)
"""


def upgrade() -> None:
    """Create the table, for the application's role to write."""
    role = context.config.attributes["application_role"]
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_$-]{0,62}", role):
        raise ValueError(f"the application role {role!r} is not a plain role name")
    op.execute(TABLE)
    op.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON operations.rebuilds TO "{role}"')


def downgrade() -> None:
    """Forget how far rebuilds are; the next ones begin anew."""
    op.execute("DROP TABLE operations.rebuilds")
