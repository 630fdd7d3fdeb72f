"""Commands and events of reviews, for what a test does not talk about."""

from __future__ import annotations

from datetime import date

import factory

from qa_platform.kernel.sealed import seal
from qa_platform.reviews import commands, events
from qa_platform.reviews.events import queries
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


class TiesKnownFactory(factory.Factory):
    class Meta:
        model = events.TiesKnown

    review_id = REVIEW
    reviewer_id = REVIEWER
    ties = ()


class ReverseRulingFactory(factory.Factory):
    class Meta:
        model = commands.ReverseRuling

    review_id = REVIEW
    submission_id = CASE
    reversed_by = "secretary-1"
    reason = "The paper was found after all."
    seat_free = True


class RulingReversedFactory(factory.Factory):
    class Meta:
        model = events.RulingReversed

    review_id = REVIEW
    reviewer_id = REVIEWER
    seat = 1
    ruling = "allow"
    reason = seal(REVIEWER, "The paper was found after all.", purpose="interests")


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


QUERY = "question-1"


class AskQuestionFactory(_Mine):
    class Meta:
        model = commands.AskQuestion

    question_id = QUERY
    criterion = "A1"
    text = "Show the certificate of the second instructor."
    rubric = factory.LazyFunction(national)
    route = "SAMC"


class QuestionAskedFactory(_Mine):
    class Meta:
        model = events.QuestionAsked

    question_id = QUERY
    criterion = "A1"
    text = "Show the certificate of the second instructor."


class TakeQuestionBackFactory(_Mine):
    class Meta:
        model = commands.TakeQuestionBack

    question_id = QUERY
    reason = "Found it in the annex."
    settled = False


class QuestionTakenBackFactory(_Mine):
    class Meta:
        model = events.QuestionTakenBack

    question_id = QUERY
    reason = "Found it in the annex."


class MarkOverdueFactory(factory.Factory):
    class Meta:
        model = commands.MarkOverdue

    review_id = REVIEW
    submission_id = CASE
    lateness = "scoring"
    due_on = date(2026, 12, 8)
    on = date(2026, 12, 9)


class ReviewOverdueFactory(factory.Factory):
    class Meta:
        model = events.ReviewOverdue

    review_id = REVIEW
    reviewer_id = REVIEWER
    lateness = "scoring"
    due_on = date(2026, 12, 8)
    found_on = date(2026, 12, 9)


class _OfQuery(factory.Factory):
    class Meta:
        abstract = True

    submission_id = CASE
    query_id = QUERY


class ForwardQuestionFactory(_OfQuery):
    class Meta:
        model = commands.ForwardQuestion

    provider_id = "provider-1"
    criterion = "A1"
    text = "Show the certificate of the second instructor."
    on = date(2026, 11, 24)
    due_on = date(2026, 12, 1)
    scoring_closed = False


class QueryForwardedFactory(_OfQuery):
    class Meta:
        model = queries.QueryForwarded

    provider_id = "provider-1"
    number = 1
    criterion = "A1"
    text = "Show the certificate of the second instructor."
    forwarded_on = date(2026, 11, 24)
    due_on = date(2026, 12, 1)


class AnswerQueryFactory(_OfQuery):
    class Meta:
        model = commands.AnswerQuery

    text = "It is in the annex."
    evidence = (queries.EvidenceReference(label="Certificate", reference="https://example.org/annex.pdf"),)
    on = date(2026, 11, 26)


class QueryAnsweredFactory(_OfQuery):
    class Meta:
        model = queries.QueryAnswered

    text = "It is in the annex."
    evidence = (queries.EvidenceReference(label="Certificate", reference="https://example.org/annex.pdf"),)
    answered_on = date(2026, 11, 26)


class CloseQueryFactory(_OfQuery):
    class Meta:
        model = commands.CloseQuery

    on = date(2026, 12, 2)


class QueryUnansweredFactory(_OfQuery):
    class Meta:
        model = queries.QueryUnanswered

    due_on = date(2026, 12, 1)
    closed_on = date(2026, 12, 2)


class WithdrawQueryFactory(_OfQuery):
    class Meta:
        model = commands.WithdrawQuery

    ground = "taken_back"


class QueryWithdrawnFactory(_OfQuery):
    class Meta:
        model = queries.QueryWithdrawn

    ground = "taken_back"
