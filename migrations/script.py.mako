"""${message}.

Why, and what to do afterwards.
"""

from __future__ import annotations

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add first, use next, remove last."""


def downgrade() -> None:
    """Undo, where no history would be lost."""
