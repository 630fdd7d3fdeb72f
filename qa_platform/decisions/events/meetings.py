"""What can have happened to a meeting of the committee."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from qa_platform.decisions.events.words import COMMITTEE, MembershipReason
from qa_platform.kernel.event import Event
from qa_platform.kernel.visibility import Visibility


class MeetingConvened(Event, frozen=True, kw_only=True, tag="meeting.convened.v1"):
    """A meeting was called for a day, with its chair, who is one of its members."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    meeting_id: str
    held_on: date
    chair_id: str
    members: tuple[str, ...]


class MeetingMembershipChanged(Event, frozen=True, kw_only=True, tag="meeting.membership_changed.v1"):
    """Other people sit, or another one chairs, from now on."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    meeting_id: str
    chair_id: str
    members: tuple[str, ...]
    reason: MembershipReason


class MeetingItemTabled(Event, frozen=True, kw_only=True, tag="meeting.item_tabled.v1"):
    """A submission was put on the agenda, under a number that is never given again."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    meeting_id: str
    item: int
    submission_id: str


class MeetingItemTakenOff(Event, frozen=True, kw_only=True, tag="meeting.item_taken_off.v1"):
    """An item was taken off the agenda; why, its case says."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    meeting_id: str
    item: int
    submission_id: str


class MeetingCancelled(Event, frozen=True, kw_only=True, tag="meeting.cancelled.v1"):
    """The meeting does not take place."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    meeting_id: str
    reason: str


class MeetingMoved(Event, frozen=True, kw_only=True, tag="meeting.moved.v1"):
    """The meeting is held on that day and in that place, with the agenda that it has; None: no place was named."""

    seen_by: ClassVar[Visibility] = COMMITTEE

    meeting_id: str
    held_on: date
    place: str | None
    reason: str


MeetingEvent = (
    MeetingConvened
    | MeetingMembershipChanged
    | MeetingMoved
    | MeetingItemTabled
    | MeetingItemTakenOff
    | MeetingCancelled
)
