"""What can have happened to a submission as an item of a meeting: tabled, recused from, moved, voted on."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from qa_platform.decisions.events.words import COMMITTEE, CastingVote, Code, RecusalError, Vote
from qa_platform.kernel.conflicts import ConflictCode
from qa_platform.kernel.event import Event
from qa_platform.kernel.visibility import Visibility


class CaseTabled(Event, frozen=True, kw_only=True, tag="decision.tabled.v1"):
    """The submission is an item of a meeting, and of no other one; told again when the meeting is moved."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    submission_id: str
    meeting_id: str
    held_on: date


class CaseTakenOff(Event, frozen=True, kw_only=True, tag="decision.taken_off.v1"):
    """The submission is no longer an item of its meeting; what was voted counts for nothing."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    submission_id: str
    meeting_id: str
    reason: str


class MemberRecused(Event, frozen=True, kw_only=True, tag="decision.member_recused.v1"):
    """A member of the committee took no part; for a conflict of this category."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    submission_id: str
    member_id: str
    category: ConflictCode


class RecusalWithdrawn(Event, frozen=True, kw_only=True, tag="decision.recusal_withdrawn.v1"):
    """A recusal had been recorded in error: the member takes part again."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    submission_id: str
    member_id: str
    reason: RecusalError


class ItemChairNamed(Event, frozen=True, kw_only=True, tag="decision.chair_named.v1"):
    """Another member than the meeting's chair chairs this item."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    submission_id: str
    member_id: str


class MotionPut(Event, frozen=True, kw_only=True, tag="decision.motion_put.v1"):
    """The committee was asked to vote on one kind of decision; votes on an earlier motion count no more."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    submission_id: str
    motion_id: str
    code: Code


class VoteCast(Event, frozen=True, kw_only=True, tag="decision.vote_cast.v1"):
    """A member voted on the motion; the last vote of a member counts."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    submission_id: str
    motion_id: str
    member_id: str
    vote: Vote


class VoteWithdrawn(Event, frozen=True, kw_only=True, tag="decision.vote_withdrawn.v1"):
    """A member took a vote back before the item was closed."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    submission_id: str
    motion_id: str
    member_id: str


class CastingVoteGiven(Event, frozen=True, kw_only=True, tag="decision.casting_vote_given.v1"):
    """As many were for the motion as against it, and whoever chaired the item settled it."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    submission_id: str
    motion_id: str
    member_id: str
    vote: CastingVote


ItemEvent = (
    CaseTabled
    | CaseTakenOff
    | MemberRecused
    | RecusalWithdrawn
    | ItemChairNamed
    | MotionPut
    | VoteCast
    | VoteWithdrawn
    | CastingVoteGiven
)
