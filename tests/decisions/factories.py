"""Commands and events of decisions, for what a test does not talk about."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import factory

from qa_platform.decisions import commands, events
from qa_platform.scoring.outcome import outcome
from tests.scoring.national import national, sheet

CASE = "submission-1"
TODAY = date(2026, 11, 24)
APPEAL_UNTIL = date(2026, 12, 24)
MEMBERS = tuple(f"0193fac0-0000-7000-8000-0000000000d{number}" for number in (1, 2, 3))
BASIS = tuple(
    events.Basis(stream=stream, version=version, digest=digest * 64)
    for stream, version, digest in (
        ("submission-submission-1", 4, "a"),
        ("panel-submission-1", 5, "b"),
        ("review-review-1", 36, "c"),
        ("review-review-2", 40, "d"),
        ("standard-nmcs", 1, "e"),
    )
)
MEETING = "meeting-1"
SECRETARY = "secretary-1"
SITTING = commands.Sitting(meeting_id=MEETING, held_on=TODAY, chair_id=MEMBERS[0], members=MEMBERS)
# What two reviewers could agree on, by the band that it comes to.
SHEETS = {
    "approve": (sheet("review-1"), sheet("review-2")),
    "approve_with_conditions": (sheet("review-1", A4=2), sheet("review-2", A4=2)),
    "refuse": (sheet("review-1", given=1), sheet("review-2", given=1)),
}


class DossierFactory(factory.Factory):
    class Meta:
        model = commands.Dossier

    class Params:
        band = "approve"

    route = "SAMC"
    submission_status = "accepted"
    standard_id = "nmcs"
    rubric_version = "0.1.0"
    rubric_hash = "sha256:aa"
    rubric = factory.LazyFunction(national)
    sheets = factory.LazyAttribute(lambda dossier: SHEETS[dossier.band])
    settled = factory.LazyFunction(dict)
    scoring_closed = True
    moderation_closed = False
    scored_by = ("lead-1", "reviewer-1", "reviewer-2")
    level_claimed = 4
    credits_claimed = Decimal("1.5")
    hours_claimed = Decimal(60)
    basis = BASIS


class GroundFactory(factory.Factory):
    class Meta:
        model = events.Ground

    area = "D"
    text = "No task shows what the outcomes promise."


class ConditionFactory(factory.Factory):
    class Meta:
        model = events.Condition

    condition_id = "condition-1"
    criterion = "A4"
    severity = "minor"
    text = "Correct the price on the course page."
    due_on = date(2027, 5, 24)
    checked_by = "officer"


class TakeDecisionFactory(factory.Factory):
    class Meta:
        model = commands.TakeDecision

    submission_id = CASE
    decision_id = "decision-1"
    dossier = factory.SubFactory(DossierFactory)
    code = "APP"
    members = MEMBERS
    committee = factory.LazyAttribute(lambda taking: taking.members)
    taken_on = TODAY
    longest_validity_months = 36
    longest_deferral_calendar_days = 30
    quorum = 3
    sitting = SITTING
    recorded_by = SECRETARY


class DecisionTakenFactory(factory.Factory):
    class Meta:
        model = events.DecisionTaken

    class Params:
        band = "approve"

    submission_id = CASE
    decision_id = "decision-1"
    code = "APP"
    decision_class = "positive"
    band_suggested = factory.LazyAttribute(lambda taken: taken.band)
    departure_reason = None
    grounds = ()
    conditions = ()
    recommendations = ()
    commendations = ()
    index = factory.LazyAttribute(lambda taken: _found(taken.band).index)
    area_indices = factory.LazyAttribute(
        lambda taken: tuple(events.AreaIndex(area=each.area, index=each.index) for each in _found(taken.band).areas)
    )
    standard_id = "nmcs"
    rubric_version = "0.1.0"
    rubric_hash = "sha256:aa"
    basis = BASIS
    members = MEMBERS
    taken_on = TODAY
    level_awarded = 4
    credits_awarded = Decimal("1.5")
    hours_accepted = Decimal(60)
    valid_months = 36


def _found(band: str):
    return outcome(national(), "SAMC", SHEETS[band])


NOTHING = {"level_awarded": None, "credits_awarded": None, "hours_accepted": None, "valid_months": None}


class RecuseMemberFactory(factory.Factory):
    class Meta:
        model = commands.RecuseMember

    submission_id = CASE
    member_id = MEMBERS[0]
    category = "EMP"


class MemberRecusedFactory(factory.Factory):
    class Meta:
        model = events.MemberRecused

    submission_id = CASE
    member_id = MEMBERS[0]
    category = "EMP"


class ReleaseDecisionFactory(factory.Factory):
    class Meta:
        model = commands.ReleaseDecision

    submission_id = CASE
    submission_status = "accepted"
    released_on = TODAY
    appeal_until = APPEAL_UNTIL
    appeal_calendar_days = 30


class DecisionReleasedFactory(factory.Factory):
    class Meta:
        model = events.DecisionReleased

    submission_id = CASE
    decision_id = "decision-1"
    released_on = TODAY
    appeal_until = APPEAL_UNTIL


def tabled(**given):
    """Return that the case is on the agenda of the meeting."""
    return events.CaseTabled(**{"submission_id": CASE, "meeting_id": MEETING, "held_on": TODAY, **given})


def moved(code: str = "APP", motion_id: str = "motion-1"):
    """Return that a motion was put."""
    return events.MotionPut(submission_id=CASE, motion_id=motion_id, code=code)


def voted(*votes: str, motion_id: str = "motion-1"):
    """Return the votes of the members, in their order."""
    return tuple(
        events.VoteCast(submission_id=CASE, motion_id=motion_id, member_id=member, vote=vote)
        for member, vote in zip((*MEMBERS, "member-4", "member-5"), votes, strict=False)
    )


def sat(code: str = "APP"):
    """Return a sitting in which all were for a motion."""
    return (tabled(), moved(code), *voted("for", "for", "for"))


class DecisionMinutedFactory(factory.Factory):
    class Meta:
        model = events.DecisionMinuted

    submission_id = CASE
    decision_id = "decision-1"
    meeting_id = MEETING
    motion_id = "motion-1"
    chair_id = MEMBERS[0]
    quorum = 3
    votes_for = 3
    votes_against = 0
    abstentions = 0
    recusals = 0
    casting_vote = False
    recorded_by = SECRETARY


class DecisionCountersignedFactory(factory.Factory):
    class Meta:
        model = events.DecisionCountersigned

    submission_id = CASE
    decision_id = "decision-1"
    member_id = MEMBERS[0]
    signed_on = TODAY


class EvidenceAwaitedFactory(factory.Factory):
    class Meta:
        model = events.EvidenceAwaited

    submission_id = CASE
    decision_id = "decision-1"
    wanted = ("The letter of the partner.",)
    due_on = date(2026, 12, 24)


class TableCaseFactory(factory.Factory):
    class Meta:
        model = commands.TableCase

    submission_id = CASE
    meeting_id = MEETING
    held_on = TODAY
    submission_status = "accepted"
    scoring_closed = True
    on = TODAY


class CastVoteFactory(factory.Factory):
    class Meta:
        model = commands.CastVote

    submission_id = CASE
    member_id = MEMBERS[0]
    vote = "for"
    asked_by = None
    sitting = SITTING
    reviewed_by = ("reviewer-1",)


class ProposeVariationFactory(factory.Factory):
    class Meta:
        model = commands.ProposeVariation

    submission_id = CASE
    variation_id = "variation-1"
    level = 3
    credits = None
    hours = None
    level_claimed = 4
    credits_claimed = Decimal("1.5")
    hours_claimed = Decimal(60)
    route = "SAMC"
    submission_status = "accepted"
    scoring_closed = True
    reason = "The outcomes are those of level 3."
    due_on = date(2026, 12, 8)
    on = TODAY


class VariationProposedFactory(factory.Factory):
    class Meta:
        model = events.VariationProposed

    submission_id = CASE
    variation_id = "variation-1"
    level = 3
    credits = None
    hours = None
    reason = "The outcomes are those of level 3."
    due_on = date(2026, 12, 8)


class VariationAnsweredFactory(factory.Factory):
    class Meta:
        model = events.VariationAnswered

    submission_id = CASE
    variation_id = "variation-1"
    officer_id = "officer-1"
    answer = "consented"
    answered_on = TODAY


class PutMotionFactory(factory.Factory):
    class Meta:
        model = commands.PutMotion

    submission_id = CASE
    motion_id = "motion-1"
    code = "APP"
    route = "SAMC"
    sitting = SITTING
    on = TODAY


class NameItemChairFactory(factory.Factory):
    class Meta:
        model = commands.NameItemChair

    submission_id = CASE
    member_id = MEMBERS[1]
    sitting = SITTING


class GiveCastingVoteFactory(factory.Factory):
    class Meta:
        model = commands.GiveCastingVote

    submission_id = CASE
    member_id = MEMBERS[0]
    vote = "for"
    asked_by = None
    sitting = SITTING


class AnswerVariationFactory(factory.Factory):
    class Meta:
        model = commands.AnswerVariation

    submission_id = CASE
    variation_id = "variation-1"
    officer_id = "officer-1"
    answer = "consented"
    on = TODAY


class SupplyEvidenceFactory(factory.Factory):
    class Meta:
        model = commands.SupplyEvidence

    submission_id = CASE
    answers = (events.Supplied(wanted=0, text="The letter is annex 4.", digest=None),)
    on = TODAY


class EvidenceSuppliedFactory(factory.Factory):
    class Meta:
        model = events.EvidenceSupplied

    submission_id = CASE
    decision_id = "decision-1"
    answers = (events.Supplied(wanted=0, text="The letter is annex 4.", digest=None),)
    supplied_on = TODAY


class ConveneMeetingFactory(factory.Factory):
    class Meta:
        model = commands.ConveneMeeting

    meeting_id = MEETING
    held_on = TODAY
    chair_id = MEMBERS[0]
    members = MEMBERS
    committee = factory.LazyAttribute(lambda calling: calling.members)
    quorum = 3
    on = TODAY


class ChangeMembershipFactory(factory.Factory):
    class Meta:
        model = commands.ChangeMembership

    meeting_id = MEETING
    chair_id = MEMBERS[0]
    members = (*MEMBERS, "member-4")
    committee = factory.LazyAttribute(lambda changing: changing.members)
    quorum = 3
    reason = "appointed"


class MeetingConvenedFactory(factory.Factory):
    class Meta:
        model = events.MeetingConvened

    meeting_id = MEETING
    held_on = TODAY
    chair_id = MEMBERS[0]
    members = MEMBERS
