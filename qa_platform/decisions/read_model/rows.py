"""Where the deciding on each submission stands.

Panel and decision each feed their own fields of a row, so that it does not matter whose events
come first.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from qa_platform.decisions.events import AreaIndex, Basis, Condition, Ground, Supplied
from qa_platform.ledger.projection import Row


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as it was taken; `members` is None to whom it is not told who sat."""

    decision_id: str
    code: str
    decision_class: str
    band_suggested: str
    departure_reason: str | None
    grounds: tuple[Ground, ...]
    conditions: tuple[Condition, ...]
    recommendations: tuple[str, ...]
    commendations: tuple[str, ...]
    index: Decimal
    area_indices: tuple[AreaIndex, ...]
    standard_id: str
    rubric_version: str
    rubric_hash: str
    basis: tuple[Basis, ...]
    members: tuple[str, ...] | None
    taken_on: date
    level_awarded: int | None
    credits_awarded: Decimal | None
    hours_accepted: Decimal | None
    valid_months: int | None


class Recusal(msgspec.Struct, frozen=True, kw_only=True):
    """A member of the committee who takes no part."""

    member_id: str
    category: str


class CountedVote(msgspec.Struct, frozen=True, kw_only=True):
    """The vote of a member that counts."""

    member_id: str
    vote: str


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """The submission as an item of a meeting; `chair_id` only where another than the meeting's chair chairs it."""

    meeting_id: str
    held_on: date
    chair_id: str | None = None
    motion_id: str | None = None
    code: str | None = None
    votes: tuple[CountedVote, ...] = ()
    casting_vote: str | None = None


class Dissent(msgspec.Struct, frozen=True, kw_only=True):
    """Why a member voted against the decision."""

    member_id: str
    reason: str


class Minutes(msgspec.Struct, frozen=True, kw_only=True):
    """How a decision came about, and who signed it."""

    meeting_id: str
    chair_id: str
    quorum: int
    votes: tuple[CountedVote, ...]
    votes_for: int
    votes_against: int
    abstentions: int
    recusals: int
    casting_vote: bool
    recorded_by: str
    signed_by: str | None = None
    signed_on: date | None = None
    dissents: tuple[Dissent, ...] = ()


class Rights(msgspec.Struct, frozen=True, kw_only=True):
    """What the provider was told of its rights with the decision."""

    en: str
    ms: str


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A slip of the pen that was put right after the release."""

    decision_id: str
    correction_id: str
    part: str
    wrong: str
    right: str
    reason: str
    corrected_on: date


class Awaited(msgspec.Struct, frozen=True, kw_only=True):
    """What a deferral waits for, until when, and what the provider supplied."""

    decision_id: str
    wanted: tuple[str, ...]
    due_on: date
    answers: tuple[Supplied, ...] = ()
    supplied_on: date | None = None


class Variation(msgspec.Struct, frozen=True, kw_only=True):
    """What the provider was asked to agree to, and its answer."""

    variation_id: str
    level: int | None
    credits: Decimal | None
    hours: Decimal | None
    reason: str
    due_on: date
    answer: str | None = None
    answered_on: date | None = None


class Released(msgspec.Struct, frozen=True, kw_only=True):
    """A decision as its release made it known, and the version of the stream then."""

    verdict: Verdict | None
    released_on: date
    appeal_until: date | None
    version: int
    rights: Rights | None = None
    minutes: Minutes | None = None


class DecisionRow(Row, frozen=True, kw_only=True):
    """The deciding on a submission; `version` is that of the decision's stream, 0 before anything happened in it.

    `reviewers` holds whoever has a seat on the panel, `reviews` every review that was ever asked
    for, in order: its place is its number in the case. `verdict` and its release are the latest, and
    `released_version` is the stream's at that release; `earlier` is a deferral that was released before
    it, and all that others know until the next release. `item` is there from the tabling to the release.
    """

    submission_id: str
    version: int = 0
    provider_id: str | None = None
    route: str | None = None
    rubric_version: str | None = None
    lead_id: str | None = None
    reviewers: tuple[str, ...] = ()
    reviews: tuple[str, ...] = ()
    scoring_closed: bool = False
    moderation_closed: bool = False
    recusals: tuple[Recusal, ...] = ()
    item: Item | None = None
    verdict: Verdict | None = None
    minutes: Minutes | None = None
    released_on: date | None = None
    appeal_until: date | None = None
    rights: Rights | None = None
    released_version: int = 0
    earlier: Released | None = None
    awaited: Awaited | None = None
    variation: Variation | None = None
    corrections: tuple[Correction, ...] = ()

    @property
    def stage(self) -> str:
        """Return how far the deciding is: scoring, scored, tabled, decided or released."""
        if self.verdict is not None and self.released_on is None:
            return "decided"
        if self.item is not None:
            return "tabled"
        if self.released_on is not None:
            return "released"
        return "scored" if self.scoring_closed else "scoring"

    @property
    def told(self) -> Released | None:
        """Return the decision that was released last, which is all that others know."""
        if self.released_on is None:
            return self.earlier
        return Released(
            verdict=self.verdict,
            released_on=self.released_on,
            appeal_until=self.appeal_until,
            version=self.released_version,
            rights=self.rights,
            minutes=self.minutes,
        )
