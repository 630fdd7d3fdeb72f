"""Deliver notices by e-mail, and begin to tell where history stands today.

Which mail a notice goes with, how often it was tried and when again is no history: losing it
loses nothing but a plan, for what was sent is in the ledger. What happened before this
migration is told to nobody: a thousand mails about years gone by would help no one.
"""

from __future__ import annotations

import re

from alembic import context, op

revision = "20261129_deliveries"
down_revision = "20261128_checks"
branch_labels = None
depends_on = None

TABLE = """
CREATE TABLE operations.deliveries (
    notice_id  text PRIMARY KEY COLLATE "C",
    mail_id    text NOT NULL COLLATE "C",
    person_id  text NOT NULL COLLATE "C",
    state      text NOT NULL CHECK (state IN ('planned', 'sent', 'left', 'failed')),
    attempts   integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_at    timestamptz NOT NULL,
    failure    text,
    changed_at timestamptz NOT NULL
);
CREATE INDEX deliveries_planned ON operations.deliveries (next_at) WHERE state = 'planned';
CREATE INDEX deliveries_mail ON operations.deliveries (mail_id);
"""

BOOKMARK = """
INSERT INTO operations.bookmarks (subscriber, position)
SELECT 'notices', coalesce(max(position) + 1, 0) FROM ledger.positions
ON CONFLICT DO NOTHING
"""


def upgrade() -> None:
    """Create the table, and set the bookmark of who tells to the head."""
    role = context.config.attributes["application_role"]
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_$-]{0,62}", role):
        raise ValueError(f"the application role {role!r} is not a plain role name")
    op.execute(TABLE)
    op.execute(BOOKMARK)
    op.execute(f'GRANT SELECT, INSERT, UPDATE, DELETE ON operations.deliveries TO "{role}"')


def downgrade() -> None:
    """Forget the plans; what was sent is in the ledger."""
    op.execute("DROP TABLE operations.deliveries")
    op.execute("DELETE FROM operations.bookmarks WHERE subscriber = 'notices'")
