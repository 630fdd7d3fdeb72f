"""How many statements a block sends to the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy import Engine

from qa_platform.ledger.connections import plain


@contextmanager
def counted_queries(engine: Engine) -> Iterator[list[str]]:
    """Give a list that fills with the statements sent through an engine during a block."""
    sent: list[str] = []

    def keep(_connection, _cursor, statement, *_rest) -> None:
        sent.append(statement)

    # What goes through the plain pool's transactions is heard by its listeners too.
    pool = plain(engine)
    sa.event.listen(pool, "before_cursor_execute", keep)
    try:
        yield sent
    finally:
        sa.event.remove(pool, "before_cursor_execute", keep)
