"""A meeting of the committee on one case: who sits, what they vote on, what they sign and release."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from qa_platform.decisions.commands import (
    CastVote,
    ConveneMeeting,
    CountersignDecision,
    Dossier,
    PutMotion,
    ReleaseDecision,
    Sitting,
    TableCase,
    TableItem,
    TakeDecision,
)
from qa_platform.decisions.events import Basis, Code
from qa_platform.kernel.event import Command
from qa_platform.kernel.roles import Role

if TYPE_CHECKING:
    from qa_platform.simulation.acts import ReadStream
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.players import Company

MEMBERS: Final = 3


def sitting_of(case: Case, company: Company, day: date) -> Sitting:
    """Return a meeting of three members on a day, the first of whom chairs it."""
    members = tuple(company.one(Role.COMMITTEE_MEMBER, case.number + place).person_id for place in range(MEMBERS))
    return Sitting(meeting_id=case.new_id(), held_on=day, chair_id=members[0], members=members)


def tabling(case: Case, sitting: Sitting) -> tuple[Command, ...]:
    """Return what convenes a meeting for a case, and makes it its one item."""
    return (
        ConveneMeeting(
            meeting_id=sitting.meeting_id,
            held_on=sitting.held_on,
            chair_id=sitting.chair_id,
            members=sitting.members,
            committee=sitting.members,
            quorum=case.deadlines.committee_quorum,
            on=sitting.held_on,
        ),
        TableItem(meeting_id=sitting.meeting_id, submission_id=case.submission_id),
        TableCase(
            submission_id=case.submission_id,
            meeting_id=sitting.meeting_id,
            held_on=sitting.held_on,
            submission_status="accepted",
            scoring_closed=True,
            on=sitting.held_on,
        ),
    )


def voting(case: Case, sitting: Sitting, code: Code, against: tuple[str, ...]) -> tuple[Command, ...]:
    """Return a motion, and the vote of every member on it."""
    motion = PutMotion(
        submission_id=case.submission_id,
        motion_id=case.new_id(),
        code=code,
        route=case.route,
        sitting=sitting,
        on=sitting.held_on,
    )
    votes = (
        CastVote(
            submission_id=case.submission_id,
            member_id=member,
            vote="against" if member in against else "for",
            asked_by=None,
            sitting=sitting,
            reviewed_by=(),
        )
        for member in sitting.members
    )
    return (motion, *votes)


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


def signing(case: Case, decision_id: str, sitting: Sitting) -> CountersignDecision:
    """Return the second signature, which is that of whoever chaired."""
    return CountersignDecision(
        submission_id=case.submission_id,
        decision_id=decision_id,
        member_id=sitting.chair_id,
        signed_on=sitting.held_on,
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
