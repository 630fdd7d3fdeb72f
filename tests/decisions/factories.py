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
