"""Let a statement refuse itself.

Events, and what they change in read models, are written by one statement that commits by
itself. If a row turns out to have moved since it was folded, nothing outside could take the
events back any more: the statement must fail from within, with a state that says why.
"""

from __future__ import annotations

from alembic import op

revision = "20261127_refuse"
down_revision = "20261126_rebuilds"
branch_labels = None
depends_on = None

FUNCTION = """
CREATE FUNCTION ledger.refuse(reason text, state text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = reason, ERRCODE = state;
END $$
"""


def upgrade() -> None:
    """Create the function; everybody may call it, for it does nothing but fail."""
    op.execute(FUNCTION)


def downgrade() -> None:
    """Take it away; the code of this release cannot append without it."""
    op.execute("DROP FUNCTION ledger.refuse(text, text)")
