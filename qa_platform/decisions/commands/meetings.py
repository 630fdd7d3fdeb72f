"""What one may ask of a meeting of the committee."""

from __future__ import annotations

from datetime import date

from qa_platform.decisions.events import MembershipReason
from qa_platform.kernel.event import Command


class ConveneMeeting(Command, frozen=True, kw_only=True):
    """Call a meeting; `committee` holds those of the members who hold the role."""

    meeting_id: str
    held_on: date
    chair_id: str
    members: tuple[str, ...]
    committee: tuple[str, ...]
    quorum: int
    on: date


class ChangeMembership(Command, frozen=True, kw_only=True):
    """Let other people sit, or another one chair; `committee` holds those of them who hold the role."""

    meeting_id: str
    chair_id: str
    members: tuple[str, ...]
    committee: tuple[str, ...]
    quorum: int
    reason: MembershipReason


class MoveMeeting(Command, frozen=True, kw_only=True):
    """Hold a meeting on another day, or in another place; asked together with `RetableCase` for all of its agenda.

    `agenda` is what was on it when that was asked; `place` is None where it stays as it is.
    """

    meeting_id: str
    held_on: date
    place: str | None
    reason: str
    agenda: tuple[str, ...]
    on: date


class TableItem(Command, frozen=True, kw_only=True):
    """Put a submission on the agenda; asked together with `TableCase`."""

    meeting_id: str
    submission_id: str


class TakeItemOff(Command, frozen=True, kw_only=True):
    """Take a submission off the agenda; asked together with `TakeCaseOff`."""

    meeting_id: str
    submission_id: str


class CancelMeeting(Command, frozen=True, kw_only=True):
    """Do not hold a meeting that has nothing on its agenda."""

    meeting_id: str
    reason: str


MeetingCommand = ConveneMeeting | ChangeMembership | MoveMeeting | TableItem | TakeItemOff | CancelMeeting
