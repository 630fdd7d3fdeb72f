"""What the rules must remember of a panel."""

from __future__ import annotations

import msgspec

from qa_platform.kernel.event import StreamVersion


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds a seat, through which review."""

    review_id: str
    reviewer_id: str


class Panel(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules must remember of a panel; `seats` 0 is a panel that was never opened.

    `left` holds those who stood down, by the review they had.
    """

    course_id: str = ""
    provider_id: str = ""
    seats: int = 0
    seated: dict[int, Seat] = {}
    left: dict[str, str] = {}
    lead_id: str | None = None
    closed_over: tuple[StreamVersion, ...] | None = None
    settled: dict[str, tuple[int | None, str]] = {}
    moderated: bool = False
