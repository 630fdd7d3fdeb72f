"""The rules of meetings: enough members who hold the role, one in the chair, each item under a number of its own."""

from __future__ import annotations

from datetime import date
from typing import assert_never, get_args

import msgspec
from msgspec.structs import replace

from qa_platform.decisions.commands import (
    CancelMeeting,
    ChangeMembership,
    ConveneMeeting,
    MeetingCommand,
    MoveMeeting,
    TableItem,
    TakeItemOff,
)
from qa_platform.decisions.decider.refusals import (
    AgendaNotEmpty,
    MeetingCancelledAlready,
    MeetingImproper,
    MeetingUnknown,
    NotTabled,
)
from qa_platform.decisions.events import (
    MeetingCancelled,
    MeetingConvened,
    MeetingEvent,
    MeetingItemTabled,
    MeetingItemTakenOff,
    MeetingMembershipChanged,
    MeetingMoved,
)
from qa_platform.kernel.decider import Decider
from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.rejected import Fault


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """A meeting; before it is convened it has no day. `agenda` holds items by number, `given` is the last one."""

    held_on: date | None = None
    place: str | None = None
    chair_id: str = ""
    members: tuple[str, ...] = ()
    agenda: dict[int, str] = {}
    given: int = 0
    cancelled: bool = False

    def item_of(self, submission_id: str) -> int | None:
        """Return the number of a submission on the agenda."""
        return next((number for number, one in self.agenda.items() if one == submission_id), None)


def decide(command: MeetingCommand, meeting: Meeting) -> list[MeetingEvent]:
    """Return what follows from a command, or raise Rejected."""
    if isinstance(command, ConveneMeeting):
        return _convene(command, meeting)
    if meeting.held_on is None:
        raise MeetingUnknown("There is no such meeting. Check the address, or convene it first.")
    match command:
        case CancelMeeting():
            return _cancel(command, meeting)
        case TakeItemOff():
            return _take_off(command, meeting)
        case ChangeMembership():
            return _change(command, meeting)
        case MoveMeeting():
            return _move(command, meeting)
        case TableItem():
            return _table(command, meeting)
        case _:
            assert_never(command)


def evolve(meeting: Meeting, event: MeetingEvent) -> Meeting:
    """Return the meeting as it stands after an event. Never refuses."""
    match event:
        case MeetingConvened():
            return replace(meeting, held_on=event.held_on, chair_id=event.chair_id, members=event.members)
        case MeetingMembershipChanged():
            return replace(meeting, chair_id=event.chair_id, members=event.members)
        case MeetingMoved():
            return replace(meeting, held_on=event.held_on, place=event.place)
        case MeetingItemTabled():
            return replace(meeting, agenda={**meeting.agenda, event.item: event.submission_id}, given=event.item)
        case MeetingItemTakenOff():
            left = {number: one for number, one in meeting.agenda.items() if number != event.item}
            return replace(meeting, agenda=left)
        case MeetingCancelled():
            return replace(meeting, cancelled=True)
        case _:
            assert_never(event)


def _convene(command: ConveneMeeting, meeting: Meeting) -> list[MeetingEvent]:
    event = MeetingConvened(
        meeting_id=command.meeting_id, held_on=command.held_on, chair_id=command.chair_id, members=command.members
    )
    if meeting.held_on is not None:
        if (meeting.held_on, meeting.chair_id, meeting.members) == (event.held_on, event.chair_id, event.members):
            return []
        raise MeetingImproper("The meeting was not convened: there is one of that id already. Change who sits instead.")
    _refuse_past(command, "The meeting was not convened")
    _refuse_members(command, "The meeting was not convened")

    return [event]


def _change(command: ChangeMembership, meeting: Meeting) -> list[MeetingEvent]:
    if (meeting.chair_id, meeting.members) == (command.chair_id, command.members):
        return []
    _refuse_cancelled(meeting, "Nobody was exchanged")
    _refuse_members(command, "Nobody was exchanged")

    return [
        MeetingMembershipChanged(
            meeting_id=command.meeting_id, chair_id=command.chair_id, members=command.members, reason=command.reason
        )
    ]


def _move(command: MoveMeeting, meeting: Meeting) -> list[MeetingEvent]:
    what = "The meeting was not moved"
    place = meeting.place if command.place is None else command.place
    if (meeting.held_on, meeting.place) == (command.held_on, place):
        return []
    _refuse_cancelled(meeting, what)
    _refuse_past(command, what)
    if set(command.agenda) != set(meeting.agenda.values()):
        raise MeetingImproper(f"{what}: its agenda changed meanwhile. Look at it, and move the meeting again.")
    refuse_personal_data({"place": command.place, "reason": command.reason})

    return [MeetingMoved(meeting_id=command.meeting_id, held_on=command.held_on, place=place, reason=command.reason)]


def _table(command: TableItem, meeting: Meeting) -> list[MeetingEvent]:
    if meeting.item_of(command.submission_id) is not None:
        return []
    _refuse_cancelled(meeting, "The submission was not tabled")

    return [
        MeetingItemTabled(meeting_id=command.meeting_id, item=meeting.given + 1, submission_id=command.submission_id)
    ]


def _take_off(command: TakeItemOff, meeting: Meeting) -> list[MeetingEvent]:
    item = meeting.item_of(command.submission_id)
    if item is None:
        raise NotTabled("Nothing was taken off: the submission is not on the agenda of this meeting.")

    return [MeetingItemTakenOff(meeting_id=command.meeting_id, item=item, submission_id=command.submission_id)]


def _cancel(command: CancelMeeting, meeting: Meeting) -> list[MeetingEvent]:
    if meeting.cancelled:
        return []
    if meeting.agenda:
        raise AgendaNotEmpty(
            f"The meeting was not cancelled: {len(meeting.agenda)} items are on its agenda. "
            "Take them off, or hold the meeting."
        )
    refuse_personal_data({"reason": command.reason})

    return [MeetingCancelled(meeting_id=command.meeting_id, reason=command.reason)]


def _refuse_cancelled(meeting: Meeting, what: str) -> None:
    if meeting.cancelled:
        raise MeetingCancelledAlready(f"{what}: the meeting of {meeting.held_on} is cancelled. Choose another meeting.")


def _refuse_past(command: ConveneMeeting | MoveMeeting, what: str) -> None:
    if command.held_on < command.on:
        message = f"Choose {command.on} or later."
        raise MeetingImproper(f"{what}: {command.held_on} is past. {message}", (Fault("held_on", message),))


def _refuse_members(command: ConveneMeeting | ChangeMembership, what: str) -> None:
    sitting = set(command.members)
    if strangers := (sitting | {command.chair_id}) - set(command.committee):
        raise MeetingImproper(
            f"{what}: “{min(strangers)}” is no member of the committee. "
            "Leave that person out, or have the role granted first.",
            (Fault("members", "Name only accounts that hold the role of committee member."),),
        )
    if command.chair_id not in sitting:
        message = "Let one of the members chair."
        raise MeetingImproper(f"{what}: the chair is none of its members. {message}", (Fault("chair_id", message),))
    if len(sitting) < command.quorum or len(sitting) < len(command.members):
        message = f"Name at least {command.quorum} different members."
        raise MeetingImproper(f"{what}: {len(sitting)} people are too few. {message}", (Fault("members", message),))


meeting_decider: Decider[MeetingCommand, Meeting, MeetingEvent] = Decider(
    commands=get_args(MeetingCommand),
    events=get_args(MeetingEvent),
    stream=lambda command: f"meeting-{command.meeting_id}",
    initial=Meeting(),
    decide=decide,
    evolve=evolve,
)
