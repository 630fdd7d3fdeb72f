"""A tie that somebody declared, as the rules of seating ask about it."""

from __future__ import annotations

from datetime import date

import msgspec


class Interest(msgspec.Struct, frozen=True, kw_only=True):
    """A reviewer's declared tie to a provider, or to one course of it; `until` is None while it lasts."""

    provider_id: str
    course_id: str | None
    category: str
    since: date
    until: date | None = None
