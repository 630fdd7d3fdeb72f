"""A busy meeting: it is moved, somebody sits in for another, and every item is voted on in a way of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from qa_platform.decisions.commands import (
    CancelMeeting,
    ChangeMembership,
    GiveCastingVote,
    MoveMeeting,
    NameItemChair,
    RecuseMember,
    RetableCase,
    Sitting,
    TakeCaseOff,
    TakeItemOff,
    WithdrawRecusal,
    WithdrawVote,
)
from qa_platform.decisions.events import Code
from qa_platform.kernel.event import Command
from qa_platform.kernel.roles import Role
from qa_platform.simulation.committee import Poll, convened, convening, moved, voted
from qa_platform.simulation.names import MARK

if TYPE_CHECKING:
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.players import Company

_MEMBERS: Final = 4


def sitting_together(case: Case, company: Company, day: date) -> Sitting:
    """Return a meeting of four members, the first of whom chairs it."""
    members = tuple(company.one(Role.COMMITTEE_MEMBER, case.number + place).person_id for place in range(_MEMBERS))
    return Sitting(meeting_id=case.new_id(), held_on=day, chair_id=members[0], members=members)


def called_twice(case: Case, sitting: Sitting, on: date) -> tuple[Command, ...]:
    """Return a meeting that is called for the same day by mistake, and cancelled."""
    twice = replace(sitting, meeting_id=case.new_id())
    cancelling = CancelMeeting(meeting_id=twice.meeting_id, reason="It was called twice for one day.")
    return (convened(twice, on, case.deadlines.committee_quorum), cancelling)


def moving(
    cases: Sequence[Case], company: Company, sitting: Sitting, first: date, on: date
) -> tuple[tuple[Command, ...], ...]:
    """Return what convenes the meeting on a first day with another member, moves it, and lets the right one sit."""
    absent = company.one(Role.COMMITTEE_MEMBER, cases[0].number + _MEMBERS).person_id
    before = replace(sitting, held_on=first, members=(*sitting.members[:-1], absent))
    submissions = tuple(case.submission_id for case in cases)
    to_another_day = MoveMeeting(
        meeting_id=sitting.meeting_id,
        held_on=sitting.held_on,
        place=f"Bilik Mesyuarat 2 {MARK}",
        reason="On the first day too few could come.",
        agenda=submissions,
        on=on,
    )
    retabled = (
        RetableCase(submission_id=one, meeting_id=sitting.meeting_id, held_on=sitting.held_on) for one in submissions
    )
    exchanging = ChangeMembership(
        meeting_id=sitting.meeting_id,
        chair_id=sitting.chair_id,
        members=sitting.members,
        committee=sitting.members,
        quorum=cases[0].deadlines.committee_quorum,
        reason="absence",
    )
    return convening(cases, before, on), (to_another_day, *retabled), (exchanging,)


def taking_off(case: Case, sitting: Sitting) -> tuple[Command, ...]:
    """Return what takes a case off the agenda again."""
    return (
        TakeItemOff(meeting_id=sitting.meeting_id, submission_id=case.submission_id),
        TakeCaseOff(
            submission_id=case.submission_id,
            meeting_id=sitting.meeting_id,
            reason="The agenda is too long for one morning.",
        ),
    )


def _on_second_thought(case: Case, sitting: Sitting, code: Code, against: tuple[str, ...]) -> Poll:
    """Return a poll in which a member takes his vote back, and gives it again."""
    hesitant = sitting.members[1]
    votes = [voted(case, sitting, one, "against" if one in against else "for") for one in sitting.members]
    before = (voted(case, sitting, hesitant, "abstain"), _withdrawn(case, hesitant))
    return Poll(
        commands=(moved(case, sitting, code), *before, *votes), members=sitting.members, chair_id=sitting.chair_id
    )


def _tied(case: Case, sitting: Sitting, code: Code, against: tuple[str, ...]) -> Poll:
    """Return a poll with as many for the motion as against it: the chair settles it, and one member dissents."""
    del against
    opposed = sitting.members[2:]
    votes = [voted(case, sitting, one, "against" if one in opposed else "for") for one in sitting.members]
    casting = GiveCastingVote(
        submission_id=case.submission_id, member_id=sitting.chair_id, vote="for", asked_by=None, sitting=sitting
    )
    return Poll(
        commands=(moved(case, sitting, code), *votes, casting),
        members=sitting.members,
        chair_id=sitting.chair_id,
        dissents=opposed[-1:],
    )


def _without_its_chair(case: Case, sitting: Sitting, code: Code, against: tuple[str, ...]) -> Poll:
    """Return a poll whose chair takes no part; another recusal was recorded in error, and is taken back."""
    recused, chair_id, mistaken = sitting.members[:3]
    members = sitting.members[1:]
    commands: tuple[Command, ...] = (
        RecuseMember(submission_id=case.submission_id, member_id=recused, category="COL"),
        RecuseMember(submission_id=case.submission_id, member_id=mistaken, category="COL"),
        WithdrawRecusal(submission_id=case.submission_id, member_id=mistaken, reason="wrong_member"),
        NameItemChair(submission_id=case.submission_id, member_id=chair_id, sitting=sitting),
        moved(case, sitting, code),
    )
    votes = (voted(case, sitting, one, "against" if one in against else "for") for one in members)
    return Poll(commands=(*commands, *votes), members=members, chair_id=chair_id)


def _withdrawn(case: Case, member_id: str) -> WithdrawVote:
    return WithdrawVote(submission_id=case.submission_id, member_id=member_id, asked_by=None)


# How the items of the meeting are voted on, in the order of its agenda.
POLLS: Final = (_on_second_thought, _tied, _without_its_chair)
