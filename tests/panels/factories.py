"""Commands and events of panels, for what a test does not talk about."""

from __future__ import annotations

from datetime import date

import factory

from qa_platform.kernel.event import StreamVersion
from qa_platform.kernel.sealed import seal
from qa_platform.panels import commands, events
from qa_platform.panels.events.allocation import DisclosedSeat, ProposedSeat, Reason
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


class ReseatReviewerFactory(factory.Factory):
    class Meta:
        model = commands.ReseatReviewer

    submission_id = CASE
    review_id = "review-1"
    reviewer_id = FIRST
    seat = 1


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


def _proposed(seat: int, review_id: str, reviewer_id: str, category: str = "academic") -> ProposedSeat:
    return ProposedSeat(seat=seat, review_id=review_id, reviewer_id=reviewer_id, category=category)


PROPOSED = (_proposed(1, "review-1", FIRST), _proposed(2, "review-2", SECOND, "employer"))


class _Proposing(factory.Factory):
    class Meta:
        abstract = True

    submission_id = CASE
    proposal_id = "proposal-1"
    allocation_id = "allocation-1"
    digest = HASH
    policy_version = "2026-1"
    seed = "a"
    on = TODAY
    seats = PROPOSED
    barred = ("reviewer-9",)
    reasons = (Reason(reviewer_id=FIRST, code="chosen", values=("1", "4")),)


class ProposePanelFactory(_Proposing):
    class Meta:
        model = commands.ProposePanel


class PanelProposedFactory(_Proposing):
    class Meta:
        model = events.PanelProposed


class CandidacyFactory(factory.Factory):
    class Meta:
        model = commands.Candidacy

    reviewer_id = "reviewer-3"
    category = "learner"
    status = "eligible"
    eligible_from = date(2026, 1, 1)
    interests = ()


class ChangeProposalFactory(factory.Factory):
    class Meta:
        model = commands.ChangeProposal

    submission_id = CASE
    seat = 2
    review_id = "review-3"
    candidate = factory.SubFactory(CandidacyFactory)
    reason = "Knows the labour market of the region."
    on = TODAY


class ProposalChangedFactory(factory.Factory):
    class Meta:
        model = events.ProposalChanged

    submission_id = CASE
    proposal_id = "proposal-1"
    seat = _proposed(2, "review-3", "reviewer-3", "learner")
    instead_of = SECOND
    reason = "Knows the labour market of the region."


class UndoSeatChangeFactory(factory.Factory):
    class Meta:
        model = commands.UndoSeatChange

    submission_id = CASE
    seat = 2
    review_id = "review-4"
    candidate = factory.SubFactory(CandidacyFactory, reviewer_id=SECOND, category="employer")
    begun = False
    reason = "The change was a slip."
    on = TODAY


class SeatChangeUndoneFactory(factory.Factory):
    class Meta:
        model = events.SeatChangeUndone

    submission_id = CASE
    proposal_id = "proposal-1"
    seat = PROPOSED[1]
    instead_of = "reviewer-3"
    reason = "The change was a slip."


class WithdrawProposalFactory(factory.Factory):
    class Meta:
        model = commands.WithdrawProposal

    submission_id = CASE
    reason = "More reviewers are registered tomorrow."


class ProposalWithdrawnFactory(factory.Factory):
    class Meta:
        model = events.ProposalWithdrawn

    submission_id = CASE
    proposal_id = "proposal-1"
    reason = "More reviewers are registered tomorrow."


class ConfirmProposalFactory(factory.Factory):
    class Meta:
        model = commands.ConfirmProposal

    submission_id = CASE
    candidates = factory.LazyFunction(
        lambda: (
            CandidacyFactory(reviewer_id=FIRST, category="academic"),
            CandidacyFactory(reviewer_id=SECOND, category="employer", employers=("provider-7",)),
            CandidacyFactory(),
        )
    )
    on = TODAY
    remind_on = date(2026, 11, 25)
    answer_by = date(2026, 11, 26)
    object_by = date(2026, 11, 27)


class ProposalConfirmedFactory(factory.Factory):
    class Meta:
        model = events.ProposalConfirmed

    submission_id = CASE
    proposal_id = "proposal-1"
    reviews = ("review-1", "review-2")
    disclosed = (
        DisclosedSeat(seat=1, category="academic", employers=()),
        DisclosedSeat(seat=2, category="employer", employers=("provider-7",)),
    )
    on = TODAY
    remind_on = date(2026, 11, 25)
    answer_by = date(2026, 11, 26)
    object_by = date(2026, 11, 27)


class RemindReviewerFactory(factory.Factory):
    class Meta:
        model = commands.RemindReviewer

    submission_id = CASE
    review_id = "review-1"
    on = date(2026, 11, 25)


class ReviewerRemindedFactory(factory.Factory):
    class Meta:
        model = events.ReviewerReminded

    submission_id = CASE
    review_id = "review-1"
    reviewer_id = FIRST
    seat = 1
    answer_by = date(2026, 11, 26)


class ObjectToPanelFactory(factory.Factory):
    class Meta:
        model = commands.ObjectToPanel

    submission_id = CASE
    seats = (2,)
    ground = "conflict"
    reasons = "Its employer competes with us."
    objected_by = "officer-1"
    on = TODAY


class PanelObjectedFactory(factory.Factory):
    class Meta:
        model = events.PanelObjected

    submission_id = CASE
    seats = (2,)
    ground = "conflict"
    reasons = factory.LazyFunction(lambda: seal("officer-1", "Its employer competes with us.", purpose="objections"))
    objected_by = "officer-1"


class RuleOnObjectionFactory(factory.Factory):
    class Meta:
        model = commands.RuleOnObjection

    submission_id = CASE
    upheld = True
    reason = "The two compete for the same learners."


class ObjectionRuledFactory(factory.Factory):
    class Meta:
        model = events.ObjectionRuled

    submission_id = CASE
    seats = (2,)
    upheld = True
    reason = "The two compete for the same learners."
