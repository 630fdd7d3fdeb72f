"""The rules of a panel: two seats, no conflicts, blind until all are locked, settled by a lead who does not score."""

from __future__ import annotations

from typing import assert_never, get_args

from msgspec.structs import replace

from qa_platform.kernel.decider import Decider
from qa_platform.panels.commands import (
    AgreementCommand,
    AgreeToScore,
    AssignLead,
    AssignReviewer,
    CarryScore,
    ClaimFactualError,
    CloseFactualCheck,
    CloseModeration,
    CloseScoring,
    CompleteThirdReview,
    FinishFactualCheck,
    IssueDraftReport,
    IssueFinalReport,
    ObjectToScore,
    OpenPanel,
    PanelCommand,
    ProposeScore,
    ReopenCriterion,
    ReopenModeration,
    ReportCommand,
    RequestThirdReview,
    ReseatReviewer,
    ResolveFactualClaim,
    SeatingCommand,
    SettleByMedian,
    SettleCriterion,
    StandReviewerDown,
    WithdrawDraftReport,
    WithdrawFactualClaim,
    WithdrawScoreProposal,
    WithdrawThirdReview,
)
from qa_platform.panels.decider.agreement import (
    agree_to_score,
    carry_score,
    object_to_score,
    propose_score,
    reopen_criterion,
    reopen_moderation,
    withdraw_score_proposal,
)
from qa_platform.panels.decider.allocating import allocation_decider
from qa_platform.panels.decider.evolving import agreement_after, report_after, settled_after
from qa_platform.panels.decider.factual_check import (
    claim_factual_error,
    close_factual_check,
    finish_factual_check,
    resolve_factual_claim,
    withdraw_factual_claim,
)
from qa_platform.panels.decider.filling import after_seating, on_seating
from qa_platform.panels.decider.moderation import close_moderation, close_scoring, settle_criterion
from qa_platform.panels.decider.refusals import (
    ClaimImproper,
    ClaimsUnanswered,
    CriteriaUnsettled,
    DecisionAlreadyTaken,
    DraftAlreadyIssued,
    FactualCheckOpen,
    FactualCheckOver,
    LeadNotAssignable,
    ModerationAlreadyClosed,
    ModerationNotClosed,
    NoDraft,
    NoProposal,
    NotIndependent,
    NotOnThePanel,
    NotTheLead,
    PanelAlreadyOpen,
    PanelMissing,
    ProposalRefused,
    ReasonMissing,
    ReportAlreadyFinal,
    ReportImproper,
    ReportNotReady,
    ReviewerNotAssignable,
    ReviewsOutstanding,
    ScoringAlreadyClosed,
    ScoringNotClosed,
    SeatUnavailable,
    SettlementRefused,
    SheetsOutdated,
    SilenceNotOver,
    ThirdReviewPending,
    ThirdReviewRefused,
)
from qa_platform.panels.decider.reporting import (
    issue_draft_report,
    issue_final_report,
    report_digest,
    withdraw_draft_report,
)
from qa_platform.panels.decider.seating import (
    assign_lead,
    assign_reviewer,
    open_panel,
    refuse_overload,
    reseat_reviewer,
    stand_reviewer_down,
)
from qa_platform.panels.decider.state import Panel, Seat
from qa_platform.panels.decider.third_review import (
    complete_third_review,
    request_third_review,
    settle_by_median,
    withdraw_third_review,
)
from qa_platform.panels.decider.unproposed import (
    AllocationInconsistent,
    ChangeUnexplained,
    ObjectionMadeBefore,
    ObjectionMissing,
    ObjectionNotOpen,
    ProposalBarred,
    ProposalEmpty,
    ProposalMissing,
    ProposalPending,
    QueueChanged,
    ReminderNotDue,
    ScoringBegun,
    SeatNotChanged,
)
from qa_platform.panels.events import (
    AgreementEvent,
    CriterionSettled,
    LeadAssigned,
    ModerationClosed,
    PanelEvent,
    PanelOpened,
    ReportEvent,
    ReviewerAssigned,
    ReviewerStoodDown,
    ScoringClosed,
    SeatingEvent,
)

__all__ = [
    "AllocationInconsistent",
    "ChangeUnexplained",
    "ClaimImproper",
    "ClaimsUnanswered",
    "CriteriaUnsettled",
    "DecisionAlreadyTaken",
    "DraftAlreadyIssued",
    "FactualCheckOpen",
    "FactualCheckOver",
    "LeadNotAssignable",
    "ModerationAlreadyClosed",
    "ModerationNotClosed",
    "NoDraft",
    "NoProposal",
    "NotIndependent",
    "NotOnThePanel",
    "NotTheLead",
    "ObjectionMadeBefore",
    "ObjectionMissing",
    "ObjectionNotOpen",
    "Panel",
    "PanelAlreadyOpen",
    "PanelMissing",
    "ProposalBarred",
    "ProposalEmpty",
    "ProposalMissing",
    "ProposalPending",
    "ProposalRefused",
    "QueueChanged",
    "ReasonMissing",
    "ReminderNotDue",
    "ReportAlreadyFinal",
    "ReportImproper",
    "ReportNotReady",
    "ReviewerNotAssignable",
    "ReviewsOutstanding",
    "ScoringAlreadyClosed",
    "ScoringBegun",
    "ScoringNotClosed",
    "SeatNotChanged",
    "SeatUnavailable",
    "SettlementRefused",
    "SheetsOutdated",
    "SilenceNotOver",
    "ThirdReviewPending",
    "ThirdReviewRefused",
    "allocation_decider",
    "decide",
    "evolve",
    "panel_decider",
    "refuse_overload",
    "report_digest",
]


def decide(command: PanelCommand, panel: Panel) -> list[PanelEvent]:
    """Return what follows from a command, or raise Rejected."""
    if isinstance(command, OpenPanel):
        return open_panel(command, panel)
    if not panel.seats:
        raise PanelMissing("There is no panel for this submission: it has not been accepted. Check the address.")
    if isinstance(command, SeatingCommand):
        return on_seating(command, panel)
    match command:
        case AssignReviewer():
            return assign_reviewer(command, panel)
        case StandReviewerDown():
            return stand_reviewer_down(command, panel)
        case ReseatReviewer():
            return reseat_reviewer(command, panel)
        case AssignLead():
            return assign_lead(command, panel)
        case CloseScoring():
            return close_scoring(command, panel)
        case SettleCriterion():
            return settle_criterion(command, panel)
        case CloseModeration():
            return close_moderation(command, panel)
        case _:
            return _on_scores(command, panel)


def _on_scores(command: AgreementCommand | ReportCommand, panel: Panel) -> list[PanelEvent]:
    match command:
        case ProposeScore():
            return propose_score(command, panel)
        case AgreeToScore():
            return agree_to_score(command, panel)
        case ObjectToScore():
            return object_to_score(command, panel)
        case CarryScore():
            return carry_score(command, panel)
        case WithdrawScoreProposal():
            return withdraw_score_proposal(command, panel)
        case ReopenCriterion():
            return reopen_criterion(command, panel)
        case ReopenModeration():
            return reopen_moderation(command, panel)
        case RequestThirdReview():
            return request_third_review(command, panel)
        case WithdrawThirdReview():
            return withdraw_third_review(command, panel)
        case CompleteThirdReview():
            return complete_third_review(command, panel)
        case SettleByMedian():
            return settle_by_median(command, panel)
        case _:
            return _on_the_report(command, panel)


def _on_the_report(command: ReportCommand, panel: Panel) -> list[PanelEvent]:
    match command:
        case IssueDraftReport():
            return issue_draft_report(command, panel)
        case WithdrawDraftReport():
            return withdraw_draft_report(command, panel)
        case ClaimFactualError():
            return claim_factual_error(command, panel)
        case WithdrawFactualClaim():
            return withdraw_factual_claim(command, panel)
        case FinishFactualCheck():
            return finish_factual_check(command, panel)
        case CloseFactualCheck():
            return close_factual_check(command, panel)
        case ResolveFactualClaim():
            return resolve_factual_claim(command, panel)
        case IssueFinalReport():
            return issue_final_report(command, panel)
        case _:
            assert_never(command)


def evolve(panel: Panel, event: PanelEvent) -> Panel:
    """Return the panel as it stands after an event. Never refuses."""
    if isinstance(event, SeatingEvent):
        return after_seating(panel, event)
    match event:
        case PanelOpened():
            return replace(panel, course_id=event.course_id, provider_id=event.provider_id, seats=event.seats)
        case ReviewerAssigned():
            seat = Seat(review_id=event.review_id, reviewer_id=event.reviewer_id)
            left = {review_id: who for review_id, who in panel.left.items() if review_id != event.review_id}
            return replace(panel, seated={**panel.seated, event.seat: seat}, left=left)
        case ReviewerStoodDown():
            seated = {number: seat for number, seat in panel.seated.items() if seat.review_id != event.review_id}
            return replace(panel, seated=seated, left={**panel.left, event.review_id: event.reviewer_id})
        case LeadAssigned():
            return replace(panel, lead_id=event.lead_id, led=panel.led | {event.lead_id})
        case ScoringClosed():
            return replace(panel, closed_over=event.reviews)
        case CriterionSettled():
            return settled_after(panel, event)
        case ModerationClosed():
            return replace(panel, moderated=True)
        case _:
            return _after_scores(panel, event)


def _after_scores(panel: Panel, event: AgreementEvent | ReportEvent) -> Panel:
    if isinstance(event, ReportEvent):
        return replace(panel, report=report_after(panel.report, event))
    return agreement_after(panel, event)


panel_decider: Decider[PanelCommand, Panel, PanelEvent] = Decider(
    commands=get_args(PanelCommand),
    events=get_args(PanelEvent),
    stream=lambda command: f"panel-{command.submission_id}",
    initial=Panel(),
    decide=decide,
    evolve=evolve,
    case=lambda command: command.submission_id,
)
