"""What the rules must remember of a panel."""

from __future__ import annotations

from datetime import date

import msgspec

from qa_platform.kernel.event import StreamVersion
from qa_platform.panels.events.allocation import ProposedSeat


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """Who holds a seat, through which review."""

    review_id: str
    reviewer_id: str


class Seating(msgspec.Struct, frozen=True, kw_only=True):
    """The last proposal of reviewers: its seats as they are, and those that the officer changed as they were before.

    `answer_by` and `object_by` are there once it is confirmed.
    """

    proposal_id: str
    seats: dict[int, ProposedSeat]
    barred: frozenset[str]
    before: dict[int, ProposedSeat] = {}
    answer_by: date | None = None
    remind_on: date | None = None
    object_by: date | None = None

    @property
    def pending(self) -> bool:
        """Return whether it waits for the officer."""
        return self.answer_by is None


class PanelObjection(msgspec.Struct, frozen=True, kw_only=True):
    """What the provider objected to, and the ruling: upheld, and why; None while there is none."""

    seats: tuple[int, ...]
    ruling: tuple[bool, str] | None = None


class Panel(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules must remember of a panel; `seats` 0 is a panel that was never opened.

    `left` holds those who stood down, by the review they had; `asked` when a review is reminded of and due
    to be answered; `object_by` until when the provider may object.
    """

    course_id: str = ""
    provider_id: str = ""
    seats: int = 0
    seated: dict[int, Seat] = {}
    left: dict[str, str] = {}
    seating: Seating | None = None
    objection: PanelObjection | None = None
    object_by: date | None = None
    asked: dict[str, tuple[date, date]] = {}
    reminded: frozenset[str] = frozenset()
    lead_id: str | None = None
    closed_over: tuple[StreamVersion, ...] | None = None
    settled: dict[str, tuple[int | None, str]] = {}
    moderated: bool = False
