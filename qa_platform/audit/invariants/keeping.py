"""What checks came to, kept for those who did not sit beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.audit.invariants.checking import Checked, Finding

# More than a year of nights.
_KEPT = 400


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one check that was kept."""

    check_id: int
    started_at: datetime
    finished_at: datetime
    violations: int
    unchecked: int
    result: Checked

    @property
    def head(self) -> int:
        """Return how many events had a position when the check began."""
        return self.result.head

    @property
    def unsequenced(self) -> int:
        """Return how many had none, and were not looked at."""
        return self.result.unsequenced

    @property
    def seconds(self) -> float:
        """Return how long it took."""
        return self.result.seconds

    @property
    def findings(self) -> list[Finding]:
        """Return what came of each invariant."""
        return self.result.findings


def queue(connection: Connection) -> None:
    """Wait until whoever else keeps a result just now has kept it; what follows sees it."""
    connection.execute(_QUEUE)


def keep(connection: Connection, checked: Checked, *, started_at: datetime, finished_at: datetime) -> None:
    """Keep a result, and forget the oldest of too many."""
    values = {
        "started_at": started_at,
        "finished_at": finished_at,
        "violations": checked.violations,
        "unchecked": checked.unchecked,
        "result": msgspec.json.encode(checked).decode(),
    }
    connection.execute(_KEEP, values)
    connection.execute(_FORGET, {"kept": _KEPT})


def latest(connection: Connection) -> Kept | None:
    """Return the newest result, None where nothing was ever checked at night."""
    found = newest(connection, limit=1)
    return found[0] if found else None


def newest(connection: Connection, *, limit: int, before: int | None = None) -> Sequence[Kept]:
    """Return results, the newest first; those before a check's id, if one is given."""
    return [_kept(row) for row in connection.execute(_NEWEST, {"limit": limit, "before": before})]


def get(connection: Connection, check_id: int) -> Kept | None:
    """Return the result of one check."""
    row = connection.execute(_ONE, {"check_id": check_id}).first()
    return None if row is None else _kept(row)


def _kept(row: sa.Row[Any]) -> Kept:
    columns = row._asdict()
    return Kept(**columns | {"result": msgspec.json.decode(columns["result"], type=Checked)})


_COLUMNS = "check_id, started_at, finished_at, violations, unchecked, result::text AS result FROM operations.checks"

_QUEUE = sa.text("SELECT pg_advisory_xact_lock(hashtextextended('checks', 0))")
_KEEP = sa.text(
    "INSERT INTO operations.checks (started_at, finished_at, violations, unchecked, result) "
    "VALUES (:started_at, :finished_at, :violations, :unchecked, CAST(:result AS json))"
)
_FORGET = sa.text(
    "DELETE FROM operations.checks WHERE check_id NOT IN "
    "(SELECT check_id FROM operations.checks ORDER BY check_id DESC LIMIT :kept)"
)
_NEWEST = sa.text(
    f"SELECT {_COLUMNS} WHERE check_id < coalesce(CAST(:before AS bigint), 9223372036854775807) "
    "ORDER BY check_id DESC LIMIT :limit"
)
_ONE = sa.text(f"SELECT {_COLUMNS} WHERE check_id = :check_id")
