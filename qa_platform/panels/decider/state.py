"""What the rules must remember of a panel."""

from __future__ import annotations

from datetime import date

import msgspec

from qa_platform.kernel.event import StreamVersion
from qa_platform.panels.events import DraftReportIssued, FactualErrorClaimed, ScoreProposed, Verdict
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


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A proposed score before the reviewers; who agreed and who objects, by review."""

    put: ScoreProposed
    agreed: frozenset[str] = frozenset()
    objecting: frozenset[str] = frozenset()


class ThirdSeat(msgspec.Struct, frozen=True, kw_only=True):
    """A third reading that was asked for, and whether it is locked."""

    seat: int
    completed: bool = False


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules must remember of the report; `draft` is the one that stands.

    `checked` says that the factual check of that draft is over; claims outlive the draft they were made of.
    """

    drafts: int = 0
    draft: DraftReportIssued | None = None
    checked: bool = False
    claims: dict[str, FactualErrorClaimed] = {}
    withdrawn: frozenset[str] = frozenset()
    verdicts: dict[str, tuple[Verdict, str]] = {}
    final_digest: str | None = None
    final_on: date | None = None

    @property
    def standing_claims(self) -> dict[str, FactualErrorClaimed]:
        """Return the claims that were not taken back."""
        return {claim_id: claim for claim_id, claim in self.claims.items() if claim_id not in self.withdrawn}


class Panel(msgspec.Struct, frozen=True, kw_only=True):
    """What the rules must remember of a panel; `seats` 0 is a panel that was never opened.

    `left` holds those who stood down, by the review they had; `asked` when a review is reminded of and due
    to be answered; `object_by` until when the provider may object; `led` everybody who ever led.
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
    led: frozenset[str] = frozenset()
    closed_over: tuple[StreamVersion, ...] | None = None
    settled: dict[str, tuple[int | None, str]] = {}
    moderated: bool = False
    proposals: dict[str, Proposal] = {}
    third: ThirdSeat | None = None
    report: Report = Report()

    @property
    def highest_seat(self) -> int:
        """Return the number of the last seat."""
        return self.seats if self.third is None else self.third.seat

    @property
    def counted(self) -> dict[int, Seat]:
        """Return the seats whose scores are compared: a third one only once its review is locked."""
        if self.third is None or self.third.completed:
            return self.seated
        return {number: seat for number, seat in self.seated.items() if number != self.third.seat}

    @property
    def awaits_third(self) -> bool:
        """Return whether a third reading was asked for and is not locked yet."""
        return self.third is not None and not self.third.completed

    def is_disputed(self, criterion: str) -> bool:
        """Return whether a reviewer objects to the score that is proposed on a criterion."""
        return criterion in self.proposals and bool(self.proposals[criterion].objecting)
