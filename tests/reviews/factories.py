"""Commands and events of reviews, for what a test does not talk about."""

from __future__ import annotations

import factory

from qa_platform.kernel.sealed import seal
from qa_platform.reviews import commands, events
from tests.scoring.national import national

REVIEW, CASE, REVIEWER = "review-1", "submission-1", "reviewer-1"
COMMENT = "The certificate is there and current."


class _Invitation(factory.Factory):
    class Meta:
        abstract = True

    review_id = REVIEW
    submission_id = CASE
    provider_id = "provider-1"
    route = "SAMC"
    reviewer_id = REVIEWER
    seat = 1
    standard_id = "nmcs"
    rubric_version = "0.1.0"
    rubric_hash = "sha256:aa"
    submission_version = 4


class InviteReviewerFactory(_Invitation):
    class Meta:
        model = commands.InviteReviewer


class ReviewerInvitedFactory(_Invitation):
    class Meta:
        model = events.ReviewerInvited


class _Mine(factory.Factory):
    class Meta:
        abstract = True

    review_id = REVIEW
    submission_id = CASE
    reviewer_id = REVIEWER


class DeclareInterestsFactory(_Mine):
    class Meta:
        model = commands.DeclareInterests

    categories = ()
    undertaking = "2026-1"


class InterestsDeclaredFactory(factory.Factory):
    class Meta:
        model = events.InterestsDeclared

    review_id = REVIEW
    reviewer_id = REVIEWER
    categories = ()
    effect = "none"
    undertaking = "2026-1"
    detail = None


class RuleOnConflictFactory(factory.Factory):
    class Meta:
        model = commands.RuleOnConflict

    review_id = REVIEW
    submission_id = CASE
    ruled_by = "secretary-1"
    ruling = "allow"


class ConflictRuledFactory(factory.Factory):
    class Meta:
        model = events.ConflictRuled

    review_id = REVIEW
    reviewer_id = REVIEWER
    ruling = "allow"
    note = None


class DeclineReviewFactory(_Mine):
    class Meta:
        model = commands.DeclineReview

    reason = "workload"


class ReviewDeclinedFactory(factory.Factory):
    class Meta:
        model = events.ReviewDeclined

    review_id = REVIEW
    reviewer_id = REVIEWER
    reason = "workload"


class EndReviewFactory(factory.Factory):
    class Meta:
        model = commands.EndReview

    review_id = REVIEW
    submission_id = CASE
    ground = "overdue"


class ReviewEndedFactory(factory.Factory):
    class Meta:
        model = events.ReviewEnded

    review_id = REVIEW
    reviewer_id = REVIEWER
    ground = "overdue"


class ScoreCriterionFactory(_Mine):
    class Meta:
        model = commands.ScoreCriterion

    criterion = "A1"
    score = 3
    comment = COMMENT
    confidence = "high"
    rubric = factory.LazyFunction(national)
    route = "SAMC"


class CriterionScoredFactory(factory.Factory):
    class Meta:
        model = events.CriterionScored

    review_id = REVIEW
    reviewer_id = REVIEWER
    criterion = "A1"
    score = 3
    not_applicable_reason = None
    comment = COMMENT
    private_note = None
    confidence = "high"
    evidence = ()
    insufficient_evidence = False


class LockReviewFactory(_Mine):
    class Meta:
        model = commands.LockReview

    rubric = factory.LazyFunction(national)
    route = "SAMC"


class ReviewLockedFactory(factory.Factory):
    class Meta:
        model = events.ReviewLocked

    review_id = REVIEW
    reviewer_id = REVIEWER
    sheet_digest = "sha256:aa"


def note(text: str):
    """Return a private note as events hold it."""
    return seal(REVIEWER, text, purpose="notes")
