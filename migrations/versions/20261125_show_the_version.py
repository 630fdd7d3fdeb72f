"""Let the application see which migrations have run.

Whether a server is ready depends on it, and only the owner of the tables could tell: a web
server of newer code than its tables said it was well until somebody met the missing column.
"""

from __future__ import annotations

import re

from alembic import context, op

revision = "20261125_show_version"
down_revision = "20261124_ledger"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the application's role read the list of migrations; it still cannot change it."""
    op.execute(f"GRANT SELECT ON ledger.alembic_version TO {_role()}")


def downgrade() -> None:
    """Take the right back."""
    op.execute(f"REVOKE SELECT ON ledger.alembic_version FROM {_role()}")  # noqa: S608 -- a checked name


def _role() -> str:
    role = context.config.attributes["application_role"]
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_$-]{0,62}", role):
        raise ValueError(f"the application role {role!r} is not a plain role name")
    return f'"{role}"'
