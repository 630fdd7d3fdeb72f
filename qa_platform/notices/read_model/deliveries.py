"""Plans for mails, kept in `operations`: which notices go in which mail, when, and how often it was tried.

This is no history: what left is in the ledger, and a lost plan is made anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec
import sqlalchemy as sa
from msgspec.structs import asdict
from sqlalchemy import Connection

DeliveryState = Literal["planned", "sent", "left", "failed"]

_MAILS_AT_ONCE = 50
_SHOWN = 500


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """With which mail a notice goes, and when; a notice that is `left` goes with none."""

    notice_id: str
    mail_id: str
    person_id: str
    state: DeliveryState
    next_at: datetime


class PlannedMail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail that is due, with its notices, and how often it was tried."""

    mail_id: str
    person_id: str
    notices: list[str]
    attempts: int


def plan(connection: Connection, plans: Sequence[Plan], now: datetime) -> None:
    """Keep plans; a notice that has one keeps it."""
    if plans:
        connection.execute(_PLAN, [asdict(one) | {"now": now} for one in plans])


def due_mails(connection: Connection, now: datetime) -> list[PlannedMail]:
    """Return the mails that are due, the longest due first."""
    rows = connection.execute(_DUE, {"now": now, "most": _MAILS_AT_ONCE}).mappings()
    return [msgspec.convert(dict(row), PlannedMail) for row in rows]


def settle_mail(
    connection: Connection, mail_id: str, state: DeliveryState, now: datetime, *, failure: str | None = None
) -> None:
    """Say what became of a planned mail."""
    connection.execute(_SETTLE, {"mail": mail_id, "state": state, "failure": failure, "now": now})


def put_off_mail(connection: Connection, mail_id: str, until: datetime, now: datetime, *, failure: str) -> None:
    """Say when a mail that was not taken is tried again."""
    connection.execute(_AGAIN, {"mail": mail_id, "next": until, "failure": failure, "now": now})


class TroubledMail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail that was given up (`failed`), or is tried again (`planned`); `failure` is its kind, never its words."""

    mail_id: str
    person_id: str
    notices: int
    state: DeliveryState
    attempts: int
    failure: str | None
    next_at: datetime
    changed_at: datetime


def troubled_mails(connection: Connection) -> list[TroubledMail]:
    """Return the mails that were given up, then those that were not taken yet, the latest first."""
    return [
        msgspec.convert(dict(row), TroubledMail) for row in connection.execute(_TROUBLED, {"most": _SHOWN}).mappings()
    ]


def send_again(connection: Connection, now: datetime, mail_id: str | None = None) -> list[str]:
    """Plan anew what was given up, one mail or all of them; return which mails."""
    rows = connection.execute(_SEND_AGAIN, {"mail": mail_id, "now": now})
    return sorted({row.mail_id for row in rows})


def clear_settled(connection: Connection, before: datetime) -> None:
    """Forget plans that were carried out before an instant."""
    connection.execute(_CLEAR, {"before": before})


_PLAN = sa.text("""
INSERT INTO operations.deliveries (notice_id, mail_id, person_id, state, next_at, changed_at)
VALUES (:notice_id, :mail_id, :person_id, :state, :next_at, :now) ON CONFLICT DO NOTHING
""")
_DUE = sa.text("""
SELECT mail_id, person_id, array_agg(notice_id ORDER BY notice_id) AS notices, max(attempts) AS attempts
FROM operations.deliveries WHERE state = 'planned' AND next_at <= :now
GROUP BY mail_id, person_id ORDER BY min(next_at), mail_id LIMIT :most
""")
_SETTLE = sa.text("""
UPDATE operations.deliveries SET state = :state, failure = :failure, changed_at = :now
WHERE mail_id = :mail AND state = 'planned'
""")
_AGAIN = sa.text("""
UPDATE operations.deliveries SET attempts = attempts + 1, next_at = :next, failure = :failure, changed_at = :now
WHERE mail_id = :mail AND state = 'planned'
""")
_TROUBLED = sa.text("""
SELECT mail_id, person_id, count(*) AS notices, state, max(attempts) AS attempts, max(failure) AS failure,
       min(next_at) AS next_at, max(changed_at) AS changed_at
FROM operations.deliveries WHERE state = 'failed' OR (state = 'planned' AND attempts > 0)
GROUP BY mail_id, person_id, state ORDER BY state, max(changed_at) DESC, mail_id LIMIT :most
""")
_SEND_AGAIN = sa.text("""
UPDATE operations.deliveries SET state = 'planned', attempts = 0, next_at = :now, changed_at = :now
WHERE state = 'failed' AND (CAST(:mail AS text) IS NULL OR mail_id = :mail) RETURNING mail_id
""")
_CLEAR = sa.text("DELETE FROM operations.deliveries WHERE state IN ('sent', 'left') AND changed_at < :before")
