"""A meeting of the committee: who sits, what they vote on, what they sign and release."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import msgspec

from qa_platform.decisions.commands import (
    CastVote,
    ConveneMeeting,
    CountersignDecision,
    Dossier,
    PutMotion,
    RecordDissent,
    ReleaseDecision,
    Sitting,
    TableCase,
    TableItem,
    TakeDecision,
)
from qa_platform.decisions.events import Basis, Code, Vote
from qa_platform.kernel.event import Command
from qa_platform.kernel.roles import Role
from qa_platform.simulation.names import MARK

if TYPE_CHECKING:
    from qa_platform.simulation.acts import ReadStream
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.players import Company, Player

MEMBERS: Final = 3


def member_of(company: Company, person_id: str) -> Player:
    """Return the member of the committee who has an id."""
    return next(one for one in company.staff[Role.COMMITTEE_MEMBER] if one.person_id == person_id)


def sitting_of(case: Case, company: Company, day: date) -> Sitting:
    """Return a meeting of three members on a day, the first of whom chairs it."""
    members = tuple(company.one(Role.COMMITTEE_MEMBER, case.number + place).person_id for place in range(MEMBERS))
    return Sitting(meeting_id=case.new_id(), held_on=day, chair_id=members[0], members=members)


def convening(cases: Sequence[Case], sitting: Sitting, on: date) -> tuple[Command, ...]:
    """Return what convenes a meeting on a day, and puts cases on its agenda."""
    meeting = convened(sitting, on, cases[0].deadlines.committee_quorum)
    return (meeting, *(command for case in cases for command in _tabling(case, sitting, on)))


def convened(sitting: Sitting, on: date, quorum: int) -> ConveneMeeting:
    """Return a meeting that is called on a day."""
    return ConveneMeeting(
        meeting_id=sitting.meeting_id,
        held_on=sitting.held_on,
        chair_id=sitting.chair_id,
        members=sitting.members,
        committee=sitting.members,
        quorum=quorum,
        on=on,
    )


def _tabling(case: Case, sitting: Sitting, on: date) -> tuple[Command, ...]:
    return (
        TableItem(meeting_id=sitting.meeting_id, submission_id=case.submission_id),
        TableCase(
            submission_id=case.submission_id,
            meeting_id=sitting.meeting_id,
            held_on=sitting.held_on,
            submission_status="accepted",
            scoring_closed=True,
            on=on,
        ),
    )


class Poll(msgspec.Struct, frozen=True, kw_only=True):
    """How the committee came to a decision: what was asked of it, who voted, who chaired, who dissents from it."""

    commands: tuple[Command, ...]
    members: tuple[str, ...]
    chair_id: str
    dissents: tuple[str, ...] = ()


# How the members of a meeting vote on a case.
Polling = Callable[["Case", Sitting, Code, tuple[str, ...]], Poll]


def plainly(case: Case, sitting: Sitting, code: Code, against: tuple[str, ...]) -> Poll:
    """Return a poll in which every member votes once, and the chair chairs."""
    commands = voting(case, sitting, code, against)
    return Poll(commands=commands, members=sitting.members, chair_id=sitting.chair_id)


def voting(case: Case, sitting: Sitting, code: Code, against: tuple[str, ...]) -> tuple[Command, ...]:
    """Return a motion, and the vote of every member on it."""
    votes = (voted(case, sitting, member, "against" if member in against else "for") for member in sitting.members)
    return (moved(case, sitting, code), *votes)


def moved(case: Case, sitting: Sitting, code: Code) -> PutMotion:
    """Return what the committee is asked to vote on."""
    return PutMotion(
        submission_id=case.submission_id,
        motion_id=case.new_id(),
        code=code,
        route=case.route,
        sitting=sitting,
        on=sitting.held_on,
    )


def voted(case: Case, sitting: Sitting, member_id: str, vote: Vote) -> CastVote:
    """Return the vote of a member, as the secretary records it."""
    return CastVote(
        submission_id=case.submission_id,
        member_id=member_id,
        vote=vote,
        asked_by=None,
        sitting=sitting,
        reviewed_by=(),
    )


def taking(
    case: Case, company: Company, sitting: Sitting, dossier: Dossier, *, decision_id: str, code: Code
) -> TakeDecision:
    """Return the bare decision of a meeting, under the agency's own limits; its type may ask for more."""
    return TakeDecision(
        submission_id=case.submission_id,
        decision_id=decision_id,
        dossier=dossier,
        code=code,
        members=sitting.members,
        committee=sitting.members,
        taken_on=sitting.held_on,
        longest_validity_months=case.deadlines.longest_validity_months,
        longest_deferral_calendar_days=case.deadlines.deferral_calendar_days,
        quorum=case.deadlines.committee_quorum,
        sitting=sitting,
        recorded_by=company.one(Role.COMMITTEE_SECRETARY).person_id,
    )


def dissenting(case: Case, poll: Poll) -> tuple[RecordDissent, ...]:
    """Return why members dissent from what was decided."""
    return tuple(
        RecordDissent(
            submission_id=case.submission_id,
            member_id=member_id,
            asked_by=None,
            reason=f"The assessment asks for less than the outcomes promise {MARK}.",
        )
        for member_id in poll.dissents
    )


def signing(case: Case, decision_id: str, member_id: str, day: date) -> CountersignDecision:
    """Return the second signature, which is that of whoever chaired."""
    return CountersignDecision(
        submission_id=case.submission_id, decision_id=decision_id, member_id=member_id, signed_on=day
    )


def releasing(case: Case, day: date) -> ReleaseDecision:
    """Return the release of a decision on a day."""
    return ReleaseDecision(
        submission_id=case.submission_id,
        submission_status="accepted",
        released_on=day,
        appeal_until=case.deadlines.appeal_until(day),
        appeal_calendar_days=case.deadlines.appeal_calendar_days,
    )


def dossier_of(case: Case, company: Company, rubric_hash: str, read: ReadStream) -> Dossier:
    """Return what a decision on a case rests on, as the ledger recorded it."""
    # Only what does not depend on the day is read from it.
    content = case.content(date.min + timedelta(days=3650))
    lead = company.one(Role.LEAD_REVIEWER, case.number)
    reviews = [review_id for _, (review_id, _) in sorted(case.reviewing.items())]
    streams = [f"submission-{case.submission_id}", f"panel-{case.submission_id}"]
    streams += [*(f"review-{review_id}" for review_id in reviews), f"standard-{case.rubric.standard_id}"]
    last = [read(stream)[-1] for stream in streams]
    return Dossier(
        route=case.route,
        submission_status="accepted",
        standard_id=case.rubric.standard_id,
        rubric_version=case.rubric.version,
        rubric_hash=rubric_hash,
        rubric=case.rubric,
        sheets=case.sheets(),
        settled=dict(case.settled),
        scoring_closed=True,
        moderation_closed=True,
        report="final",
        scored_by=(*(reviewer.player.person_id for _, reviewer in case.reviewing.values()), lead.person_id),
        level_claimed=content.mqf_level_claimed,
        credits_claimed=content.credits_claimed,
        hours_claimed=None if content.notional_hours is None else Decimal(content.notional_hours),
        basis=tuple(Basis(stream=each.stream, version=each.version, digest=each.digest) for each in last),
    )
