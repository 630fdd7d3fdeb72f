"""What one may ask of a submission as an item of a meeting."""

from __future__ import annotations

from datetime import date

import msgspec

from qa_platform.decisions.events import CastingVote, Code, RecusalError, Vote
from qa_platform.kernel.conflicts import ConflictCode
from qa_platform.kernel.event import Command


class Sitting(msgspec.Struct, frozen=True, kw_only=True):
    """The meeting that an item belongs to, as it stands when something is asked of the item."""

    meeting_id: str
    held_on: date
    chair_id: str
    members: tuple[str, ...]


class TableCase(Command, frozen=True, kw_only=True):
    """Make a submission an item of a meeting; where the submission and its scoring stand is known at the edge."""

    submission_id: str
    meeting_id: str
    held_on: date
    submission_status: str
    scoring_closed: bool
    on: date


class RetableCase(Command, frozen=True, kw_only=True):
    """Let a submission move with its meeting to another day; asked together with `MoveMeeting`."""

    submission_id: str
    meeting_id: str
    held_on: date


class TakeCaseOff(Command, frozen=True, kw_only=True):
    """Take a submission off its meeting."""

    submission_id: str
    meeting_id: str
    reason: str


class RecuseMember(Command, frozen=True, kw_only=True):
    """Record that a member of the committee takes no part."""

    submission_id: str
    member_id: str
    category: ConflictCode


class WithdrawRecusal(Command, frozen=True, kw_only=True):
    """Take back a recusal that was recorded in error."""

    submission_id: str
    member_id: str
    reason: RecusalError


class NameItemChair(Command, frozen=True, kw_only=True):
    """Let another member than the meeting's chair chair this item."""

    submission_id: str
    member_id: str
    sitting: Sitting


class PutMotion(Command, frozen=True, kw_only=True):
    """Ask the committee to vote on one kind of decision."""

    submission_id: str
    motion_id: str
    code: Code
    route: str
    sitting: Sitting
    on: date


class CastVote(Command, frozen=True, kw_only=True):
    """Vote on the motion; `asked_by` is None where the secretary records the vote.

    `reviewed_by` is who scores the submission or leads its panel.
    """

    submission_id: str
    member_id: str
    vote: Vote
    asked_by: str | None
    sitting: Sitting
    reviewed_by: tuple[str, ...]


class WithdrawVote(Command, frozen=True, kw_only=True):
    """Take a vote back before the item is closed; `asked_by` is None where the secretary records it."""

    submission_id: str
    member_id: str
    asked_by: str | None


class GiveCastingVote(Command, frozen=True, kw_only=True):
    """Settle a motion with as many for it as against it, as the one who chairs the item.

    `asked_by` is None where the secretary records it.
    """

    submission_id: str
    member_id: str
    vote: CastingVote
    asked_by: str | None
    sitting: Sitting


ItemCommand = (
    TableCase
    | RetableCase
    | TakeCaseOff
    | RecuseMember
    | WithdrawRecusal
    | NameItemChair
    | PutMotion
    | CastVote
    | WithdrawVote
    | GiveCastingVote
)
