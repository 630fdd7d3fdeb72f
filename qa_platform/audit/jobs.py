"""What is due about the audit without anybody asking: every night, all invariants."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from qa_platform.audit.invariants import keeping
from qa_platform.audit.invariants.catalogue import INVARIANTS
from qa_platform.audit.invariants.checking import Checked, check
from qa_platform.kernel.decider import Decider
from qa_platform.ledger.lease import Lease, LeaseLost
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.rebuild import Progress

# While nobody works; what could not be checked at once is tried again until it ends.
NIGHT_BEGINS_AT = 2
NIGHT_ENDS_AT = 5
_RENEW_SECONDS = 2.0


def check_nightly(
    ledger: Ledger, lease: Lease, deciders: Iterable[Decider[Any, Any, Any]], now: datetime
) -> Checked | None:
    """Check all invariants once a night and keep the result; None where it is not due.

    `now` is the agency's time. The lease is renewed while the check goes on, which ends with it,
    and is asked again in the transaction that keeps the result; of two workers that checked at once
    one keeps his. Raises LeaseLost.
    """
    if not is_due(ledger, now):
        return None
    checked = check(ledger, INVARIANTS, deciders, _renewing(lease))
    with ledger.engine.begin() as connection:
        lease.check(connection)
        keeping.queue(connection)
        if _was_checked(connection, now):
            return None
        keeping.keep(connection, checked, started_at=now, finished_at=now + timedelta(seconds=checked.seconds))
    return checked


def is_due(ledger: Ledger, now: datetime) -> bool:
    """Return whether it is night, and this night's check has not been made."""
    if not NIGHT_BEGINS_AT <= now.hour < NIGHT_ENDS_AT:
        return False
    with ledger.reading() as connection:
        return not _was_checked(connection, now)


def _was_checked(connection: Connection, now: datetime) -> bool:
    began = now.replace(hour=NIGHT_BEGINS_AT, minute=0, second=0, microsecond=0)
    last = keeping.latest(connection)
    return last is not None and last.started_at >= began


def _renewing(lease: Lease) -> Progress:
    """Return what renews the lease from time to time, and ends the check once it is in other hands."""
    renew_at = time.monotonic() + _RENEW_SECONDS

    def renew(_what: str, _done: int, _of: int) -> None:
        nonlocal renew_at
        if time.monotonic() < renew_at:
            return
        if not lease.acquire():
            raise LeaseLost(f"{lease.name} is in other hands, or about to be given up")
        renew_at = time.monotonic() + _RENEW_SECONDS

    return renew
