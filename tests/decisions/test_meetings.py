"""A meeting: who sits and who chairs, what is on its agenda, and when it is called off."""

from __future__ import annotations

from datetime import date

import pytest

from qa_platform.decisions.commands import CancelMeeting, MoveMeeting, TableItem, TakeItemOff
from qa_platform.decisions.decider import (
    AgendaNotEmpty,
    MeetingCancelledAlready,
    MeetingImproper,
    MeetingUnknown,
    NotTabled,
    meeting_decider,
)
from qa_platform.decisions.events import (
    MeetingCancelled,
    MeetingItemTabled,
    MeetingItemTakenOff,
    MeetingMembershipChanged,
    MeetingMoved,
)
from qa_platform.kernel.personal_data import PersonalDataInText
from tests.decisions.factories import (
    CASE,
    MEETING,
    MEMBERS,
    TODAY,
    ChangeMembershipFactory,
    ConveneMeetingFactory,
    MeetingConvenedFactory,
)
from tests.specification import Specification

LATER = date(2026, 12, 1)
none = Specification(meeting_decider)
convened = none.given(MeetingConvenedFactory())
TABLED = MeetingItemTabled(meeting_id=MEETING, item=1, submission_id=CASE)
OFF = MeetingItemTakenOff(meeting_id=MEETING, item=1, submission_id=CASE)
CANCEL = CancelMeeting(meeting_id=MEETING, reason="Too few can come.")
CANCELLED = MeetingCancelled(meeting_id=MEETING, reason="Too few can come.")


def table(submission_id: str = CASE) -> TableItem:
    return TableItem(meeting_id=MEETING, submission_id=submission_id)


def take_off(submission_id: str = CASE) -> TakeItemOff:
    return TakeItemOff(meeting_id=MEETING, submission_id=submission_id)


def test_a_meeting_is_convened_once():
    none.when(ConveneMeetingFactory()).then(MeetingConvenedFactory())
    convened.when(ConveneMeetingFactory()).then_nothing()
    convened.when(ConveneMeetingFactory(chair_id=MEMBERS[1])).then_rejected(MeetingImproper, match="Change who sits")


def test_a_meeting_is_today_or_later():
    past = ConveneMeetingFactory(held_on=date(2026, 11, 23))
    none.when(past).then_rejected(MeetingImproper, match="is past", at=["held_on"])


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"committee": MEMBERS[:2]}, "no member of the committee"),
        ({"chair_id": "member-9", "committee": (*MEMBERS, "member-9")}, "none of its members"),
        ({"members": MEMBERS[:2]}, "2 people are too few"),
        ({"members": (*MEMBERS[:2], MEMBERS[0])}, "2 people are too few"),
        ({"members": (*MEMBERS, MEMBERS[0])}, "different members"),
        ({"quorum": 5}, "at least 5"),
    ],
    ids=["no member", "strange chair", "two", "twice", "twice among enough", "larger quorum"],
)
def test_enough_members_of_the_committee_sit_and_one_of_them_chairs(asked, words):
    field = "chair_id" if "chair_id" in asked else "members"
    none.when(ConveneMeetingFactory(**asked)).then_rejected(MeetingImproper, match=words, at=[field])
    convened.when(ChangeMembershipFactory(**{"members": MEMBERS[::-1], **asked})).then_rejected(
        MeetingImproper, match=words, at=[field]
    )


def test_other_people_sit_from_now_on():
    changed = MeetingMembershipChanged(
        meeting_id=MEETING, chair_id=MEMBERS[0], members=(*MEMBERS, "member-4"), reason="appointed"
    )

    convened.when(ChangeMembershipFactory()).then(changed)
    convened.given(changed).when(ChangeMembershipFactory()).then_nothing()
    led = MeetingMembershipChanged(meeting_id=MEETING, chair_id=MEMBERS[1], members=MEMBERS, reason="appointed")
    again = ChangeMembershipFactory(chair_id=MEMBERS[1], members=MEMBERS)
    convened.given(led).when(again).then_nothing()


def test_a_number_on_the_agenda_is_never_given_again():
    second = MeetingItemTabled(meeting_id=MEETING, item=2, submission_id="submission-2")

    convened.when(table()).then(TABLED)
    convened.given(TABLED).when(table()).then_nothing()
    convened.given(TABLED).when(take_off()).then(OFF)
    convened.given(TABLED, OFF).when(table("submission-2")).then(second)
    convened.given(TABLED).when(take_off("submission-2")).then_rejected(NotTabled)


def test_only_a_meeting_with_nothing_on_its_agenda_is_cancelled():
    convened.given(TABLED).when(CANCEL).then_rejected(AgendaNotEmpty, match="1 items")
    convened.given(TABLED, OFF).when(CANCEL).then(CANCELLED)
    convened.given(CANCELLED).when(CANCEL).then_nothing()
    convened.when(CancelMeeting(meeting_id=MEETING, reason="Call 012-345 6789.")).then_rejected(PersonalDataInText)


def move(**given) -> MoveMeeting:
    asked = {"held_on": LATER, "place": None, "reason": "The hall is taken.", "agenda": (), "on": TODAY}
    return MoveMeeting(meeting_id=MEETING, **(asked | given))


def moved_to(held_on: date = LATER, place: str | None = None) -> MeetingMoved:
    return MeetingMoved(meeting_id=MEETING, held_on=held_on, place=place, reason="The hall is taken.")


def test_a_meeting_is_moved_to_another_day_or_place_with_its_agenda():
    tabled = convened.given(TABLED)

    tabled.when(move(agenda=(CASE,))).then(moved_to())
    tabled.given(moved_to()).when(move(agenda=(CASE,))).then_nothing()
    tabled.given(moved_to()).when(take_off()).then(OFF)
    convened.when(move(held_on=TODAY, place="Hall 2")).then(moved_to(TODAY, "Hall 2"))
    # Where it is held stays unless another place is named.
    convened.given(moved_to(TODAY, "Hall 2")).when(move()).then(moved_to(LATER, "Hall 2"))
    convened.when(move(held_on=TODAY)).then_nothing()


def test_a_meeting_is_moved_to_no_day_that_is_past_nor_with_another_agenda_than_was_seen():
    convened.when(move(on=date(2027, 1, 1))).then_rejected(MeetingImproper, match="is past", at=["held_on"])
    convened.given(moved_to()).when(move(held_on=TODAY)).then(moved_to(TODAY))
    convened.given(TABLED).when(move()).then_rejected(MeetingImproper, match="agenda changed")
    convened.when(move(agenda=(CASE,))).then_rejected(MeetingImproper, match="agenda changed")
    convened.when(move(place="Ask 012-345 6789.")).then_rejected(PersonalDataInText)
    convened.when(move(reason="Ask 012-345 6789.")).then_rejected(PersonalDataInText)


def test_a_cancelled_meeting_takes_nothing_in():
    cancelled = convened.given(CANCELLED)

    cancelled.when(table()).then_rejected(MeetingCancelledAlready, match="Choose another meeting")
    cancelled.when(ChangeMembershipFactory()).then_rejected(MeetingCancelledAlready)
    cancelled.when(move()).then_rejected(MeetingCancelledAlready, match="was not moved")


@pytest.mark.parametrize("command", [table(), take_off(), CANCEL, ChangeMembershipFactory(), move()])
def test_nothing_is_asked_of_a_meeting_that_is_not_there(command):
    none.when(command).then_rejected(MeetingUnknown)
