"""What a panel remembers of settling scores, and of its report."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from qa_platform.panels.decider.state import Panel, Proposal, Report, ThirdSeat
from qa_platform.panels.events import (
    AgreementEvent,
    CriterionReopened,
    CriterionSettled,
    DifferencesLeft,
    DraftReportIssued,
    DraftReportWithdrawn,
    FactualCheckClosed,
    FactualClaimResolved,
    FactualClaimWithdrawn,
    FactualErrorClaimed,
    FinalReportIssued,
    MedianSettled,
    ModerationReopened,
    ReportEvent,
    ScoreAgreed,
    ScoreCarried,
    ScoreObjected,
    ScoreProposalWithdrawn,
    ScoreProposed,
    ThirdReviewCompleted,
    ThirdReviewRequested,
    ThirdReviewWithdrawn,
)


def settled_after(panel: Panel, event: CriterionSettled) -> Panel:
    """Return the panel after a criterion got its final score."""
    settled = {**panel.settled, event.criterion: (event.score, event.reason)}
    return replace(_without_proposal(panel, event.criterion), settled=settled)


def _without_proposal(panel: Panel, criterion: str) -> Panel:
    return replace(panel, proposals={name: one for name, one in panel.proposals.items() if name != criterion})


def agreement_after(panel: Panel, event: AgreementEvent) -> Panel:
    """Return the panel after an event on the way to its final scores."""
    match event:
        case ScoreProposed():
            return replace(panel, proposals={**panel.proposals, event.criterion: Proposal(put=event)})
        case ScoreAgreed() | ScoreObjected():
            return _answered(panel, event)
        case ScoreProposalWithdrawn():
            return _without_proposal(panel, event.criterion)
        case CriterionReopened():
            return replace(panel, settled={name: one for name, one in panel.settled.items() if name != event.criterion})
        case ModerationReopened():
            return replace(panel, moderated=False)
        case ThirdReviewRequested():
            return replace(panel, third=ThirdSeat(seat=event.seat))
        case ThirdReviewWithdrawn():
            return replace(panel, third=None)
        case ThirdReviewCompleted():
            third = None if panel.third is None else replace(panel.third, completed=True)
            return replace(panel, third=third)
        case ScoreCarried() | MedianSettled() | DifferencesLeft():
            return panel
        case _:
            assert_never(event)


def _answered(panel: Panel, event: ScoreAgreed | ScoreObjected) -> Panel:
    known, review = panel.proposals[event.criterion], {event.review_id}
    if isinstance(event, ScoreAgreed):
        answered = replace(known, agreed=known.agreed | review, objecting=known.objecting - review)
    else:
        answered = replace(known, agreed=known.agreed - review, objecting=known.objecting | review)
    return replace(panel, proposals={**panel.proposals, event.criterion: answered})


def report_after(report: Report, event: ReportEvent) -> Report:
    """Return the report as it stands after an event."""
    match event:
        case DraftReportIssued():
            return replace(report, drafts=event.drafted_version, draft=event, checked=False)
        case DraftReportWithdrawn():
            return replace(report, draft=None, checked=False)
        case FactualErrorClaimed():
            return replace(report, claims={**report.claims, event.claim_id: event})
        case FactualClaimWithdrawn():
            return replace(report, withdrawn=report.withdrawn | {event.claim_id})
        case FactualCheckClosed():
            return replace(report, checked=True)
        case FactualClaimResolved():
            return replace(report, verdicts={**report.verdicts, event.claim_id: (event.verdict, event.reason)})
        case FinalReportIssued():
            return replace(report, final_digest=event.digest, final_on=event.issued_on)
        case _:
            assert_never(event)
