"""Terms: stretches of days for which something is granted; a later grant overrides an earlier one."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

_DAY = timedelta(days=1)


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """The days from the first to the last, both included."""

    first: date
    last: date


def granted(terms: tuple[Term, ...], term: Term) -> tuple[Term, ...]:
    """Return the terms after one more was granted: from its first day on nothing of the earlier ones is left.

    So a renewal follows on what is still running, and a corrected term replaces the wrong one.
    """
    kept = (Term(first=one.first, last=min(one.last, term.first - _DAY)) for one in terms if one.first < term.first)
    return (*kept, term)


def unbroken_since(terms: tuple[Term, ...]) -> date | None:
    """Return the first day from which the terms run to the last one's end without a gap."""
    since: date | None = None
    for one in reversed(terms):
        if since is not None and one.last + _DAY < since:
            break
        since = one.first
    return since
