"""Commands and events of panels, for what a test does not talk about."""

from __future__ import annotations

from datetime import date

import factory

from qa_platform.kernel.event import StreamVersion
from qa_platform.panels import commands, events
from tests.scoring.national import national, sheet

CASE = "submission-1"
PROVIDER = "provider-1"
COURSE = "course-1"
FIRST, SECOND, LEAD = "reviewer-1", "reviewer-2", "lead-1"
TODAY = date(2026, 11, 24)
HASH = "sha256:aa"


class _Opening(factory.Factory):
    class Meta:
        abstract = True

    submission_id = CASE
    course_id = COURSE
    provider_id = PROVIDER
    route = "SAMC"
    standard_id = "nmcs"
    rubric_version = "0.1.0"
    rubric_hash = HASH
    submission_version = 4
    seats = 2


class OpenPanelFactory(_Opening):
    class Meta:
        model = commands.OpenPanel


class PanelOpenedFactory(_Opening):
    class Meta:
        model = events.PanelOpened


class AssignReviewerFactory(factory.Factory):
    class Meta:
        model = commands.AssignReviewer

    submission_id = CASE
    review_id = "review-1"
    reviewer_id = FIRST
    seat = 1
    reasons = ("Field 0613",)
    status = "eligible"
    eligible_from = date(2026, 1, 1)
    interests = ()
    on = TODAY


class ReviewerAssignedFactory(factory.Factory):
    class Meta:
        model = events.ReviewerAssigned

    submission_id = CASE
    review_id = "review-1"
    reviewer_id = FIRST
    seat = 1
    reasons = ("Field 0613",)


class InterestFactory(factory.Factory):
    class Meta:
        model = commands.Interest

    provider_id = PROVIDER
    course_id = None
    category = "EMP"
    since = date(2020, 1, 1)
    until = None


class StandReviewerDownFactory(factory.Factory):
    class Meta:
        model = commands.StandReviewerDown

    submission_id = CASE
    review_id = "review-1"
    ground = "conflict"


class ReviewerStoodDownFactory(factory.Factory):
    class Meta:
        model = events.ReviewerStoodDown

    submission_id = CASE
    review_id = "review-1"
    reviewer_id = FIRST
    seat = 1
    ground = "conflict"


class AssignLeadFactory(factory.Factory):
    class Meta:
        model = commands.AssignLead

    submission_id = CASE
    lead_id = LEAD
    is_lead_reviewer = True
    interests = ()
    on = TODAY


class LeadAssignedFactory(factory.Factory):
    class Meta:
        model = events.LeadAssigned

    submission_id = CASE
    lead_id = LEAD


BOTH = (
    StreamVersion(stream="review-review-1", version=36),
    StreamVersion(stream="review-review-2", version=40),
)


class CloseScoringFactory(factory.Factory):
    class Meta:
        model = commands.CloseScoring

    submission_id = CASE
    reviews = BOTH


class ScoringClosedFactory(factory.Factory):
    class Meta:
        model = events.ScoringClosed

    submission_id = CASE
    reviews = BOTH


class SettleCriterionFactory(factory.Factory):
    """The two reviewers are two points apart on A1, and agree on everything else."""

    class Meta:
        model = commands.SettleCriterion

    submission_id = CASE
    settled_by = LEAD
    criterion = "A1"
    score = 3
    reason = "The certificate was in the annex."
    rubric = factory.LazyFunction(national)
    route = "SAMC"
    sheets = factory.LazyFunction(lambda: (sheet("review-1", A1=1), sheet("review-2")))


class CriterionSettledFactory(factory.Factory):
    class Meta:
        model = events.CriterionSettled

    submission_id = CASE
    criterion = "A1"
    scores_before = (1, 3)
    score = 3
    reason = "The certificate was in the annex."


class CloseModerationFactory(factory.Factory):
    class Meta:
        model = commands.CloseModeration

    submission_id = CASE
    closed_by = LEAD
    rubric = factory.LazyFunction(national)
    route = "SAMC"
    sheets = factory.LazyFunction(lambda: (sheet("review-1", A1=1), sheet("review-2")))


class ModerationClosedFactory(factory.Factory):
    class Meta:
        model = events.ModerationClosed

    submission_id = CASE
