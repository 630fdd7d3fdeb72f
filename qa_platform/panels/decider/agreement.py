"""How reviewers who are one apart come to one score: the lead proposes, they answer, and silence agrees in time."""

from __future__ import annotations

from msgspec.structs import replace

from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.panels.commands import (
    AgreeToScore,
    CarryScore,
    ObjectToScore,
    ProposeScore,
    ReopenCriterion,
    ReopenModeration,
    WithdrawScoreProposal,
)
from qa_platform.panels.decider.moderation import refuse_score, scores_by_seat, scores_of
from qa_platform.panels.decider.refusals import (
    DecisionAlreadyTaken,
    ModerationNotClosed,
    NoProposal,
    NotOnThePanel,
    ProposalRefused,
    ReportAlreadyFinal,
    SilenceNotOver,
    refuse_blank,
    refuse_moderation_by_others,
    refuse_once_moderated,
)
from qa_platform.panels.decider.reporting import withdrawn
from qa_platform.panels.decider.state import Panel, Proposal
from qa_platform.panels.events import (
    Carrier,
    CriterionReopened,
    CriterionSettled,
    ModerationReopened,
    PanelEvent,
    ScoreAgreed,
    ScoreCarried,
    ScoreObjected,
    ScoreProposalWithdrawn,
    ScoreProposed,
)
from qa_platform.scoring.outcome import outcome


def propose_score(command: ProposeScore, panel: Panel) -> list[PanelEvent]:
    """Put a score before the reviewers."""
    refuse_moderation_by_others(command.proposed_by, panel, "The score was not proposed")
    standing = panel.proposals.get(command.criterion)
    if standing is not None and (standing.put.score, standing.put.reason) == (command.score, command.reason):
        return []
    refuse_once_moderated(panel, "The score was not proposed")
    refuse_score(command, "proposed")
    _refuse_to_propose(command, panel)

    called = outcome(command.rubric, command.route, command.sheets).triggers
    return [
        ScoreProposed(
            submission_id=command.submission_id,
            criterion=command.criterion,
            scores_before=scores_by_seat(command.sheets, command.criterion, panel),
            score=command.score,
            reason=command.reason,
            proposed_on=command.on,
            answer_by=command.answer_by,
            silence_agrees=command.criterion not in {trigger.criterion for trigger in called},
        )
    ]


def _refuse_to_propose(command: ProposeScore, panel: Panel) -> None:
    what = f"No score was proposed on “{command.criterion}”"
    if command.criterion in panel.settled:
        raise ProposalRefused(f"{what}: it is settled. Open it again first, with the reason.")
    if command.criterion in panel.proposals and not panel.is_disputed(command.criterion):
        raise ProposalRefused(f"{what}: another one is before the reviewers. Wait for them, or take it back first.")
    called = {one.criterion for one in outcome(command.rubric, command.route, command.sheets).triggers}
    if command.criterion not in called and len(scores_of(command.sheets, command.criterion)) == 1:
        raise ProposalRefused(f"{what}: the reviewers agree on it. Leave it as it is.")
    if command.answer_by <= command.on:
        raise ProposalRefused(f"{what}: the reviewers need time to answer. Choose a day after {command.on}.")


def agree_to_score(command: AgreeToScore, panel: Panel) -> list[PanelEvent]:
    """Take a reviewer's agreement; that of the last one settles the criterion."""
    review_id, proposal = _asked(command, panel)
    if review_id in proposal.agreed:
        return []
    agreed = ScoreAgreed(
        submission_id=command.submission_id,
        criterion=command.criterion,
        review_id=review_id,
        reviewer_id=command.reviewer_id,
    )
    after = replace(proposal, agreed=proposal.agreed | {review_id})
    if len(after.agreed) < len(panel.counted):
        return [agreed]
    return [agreed, *_carried(after, panel, "agreement")]


def object_to_score(command: ObjectToScore, panel: Panel) -> list[PanelEvent]:
    """Take a reviewer's objection, with its reason."""
    review_id, proposal = _asked(command, panel)
    if review_id in proposal.objecting:
        return []
    refuse_blank(command.reason, "The objection was not recorded", "Say in a sentence why you object.")
    refuse_personal_data({"reason": command.reason})

    return [
        ScoreObjected(
            submission_id=command.submission_id,
            criterion=command.criterion,
            review_id=review_id,
            reviewer_id=command.reviewer_id,
            reason=command.reason,
        )
    ]


def _asked(command: AgreeToScore | ObjectToScore, panel: Panel) -> tuple[str, Proposal]:
    own = [seat.review_id for seat in panel.counted.values() if seat.reviewer_id == command.reviewer_id]
    if panel.closed_over is None or not own:
        raise NotOnThePanel("Your answer was not recorded: only the reviewers of this panel answer its lead.")
    return own[0], _proposal(command.criterion, panel, "Your answer was not recorded")


def _proposal(criterion: str, panel: Panel, what: str) -> Proposal:
    if criterion not in panel.proposals:
        raise NoProposal(f"{what}: no score is proposed on “{criterion}”. It was settled, or taken back; look again.")
    return panel.proposals[criterion]


def carry_score(command: CarryScore, panel: Panel) -> list[PanelEvent]:
    """Let silence agree, once its time is over."""
    if command.criterion in panel.settled and command.criterion not in panel.proposals:
        return []
    proposal = _proposal(command.criterion, panel, "Silence was not taken for agreement")
    what = f"Silence was not taken for agreement on “{command.criterion}”"
    if not proposal.put.silence_agrees:
        raise SilenceNotOver(f"{what}: the difference calls for moderation, so that every reviewer has to agree.")
    if proposal.objecting:
        raise SilenceNotOver(f"{what}: a reviewer objects. Settle it with the reason, or ask for a third review.")
    if command.on <= proposal.put.answer_by:
        raise SilenceNotOver(f"{what}: the reviewers can answer until {proposal.put.answer_by}.")

    return _carried(proposal, panel, "silence")


def _carried(proposal: Proposal, panel: Panel, by: Carrier) -> list[PanelEvent]:
    put, agreed = proposal.put, len(proposal.agreed)
    return [
        ScoreCarried(
            submission_id=put.submission_id,
            criterion=put.criterion,
            by=by,
            agreed=agreed,
            silent=len(panel.counted) - agreed,
        ),
        CriterionSettled(
            submission_id=put.submission_id,
            criterion=put.criterion,
            scores_before=put.scores_before,
            score=put.score,
            reason=put.reason,
        ),
    ]


def withdraw_score_proposal(command: WithdrawScoreProposal, panel: Panel) -> list[PanelEvent]:
    """Take a proposal back that is not agreed."""
    refuse_moderation_by_others(command.withdrawn_by, panel, "The proposal was not taken back")
    _proposal(command.criterion, panel, "The proposal was not taken back")
    refuse_blank(command.reason, "The proposal was not taken back", "Say why; the reviewers have been told of it.")
    refuse_personal_data({"reason": command.reason})

    return [
        ScoreProposalWithdrawn(submission_id=command.submission_id, criterion=command.criterion, reason=command.reason)
    ]


def reopen_criterion(command: ReopenCriterion, panel: Panel) -> list[PanelEvent]:
    """Open a settled criterion again."""
    what = f"“{command.criterion}” was not opened again"
    refuse_moderation_by_others(command.reopened_by, panel, what)
    refuse_once_moderated(panel, what)
    if command.criterion not in panel.settled:
        raise NoProposal(f"{what}: it is not settled. Propose a score, or settle it.")
    refuse_blank(command.reason, what, "Say why it has to be looked at again.")
    refuse_personal_data({"reason": command.reason})

    return [
        CriterionReopened(
            submission_id=command.submission_id,
            criterion=command.criterion,
            settled_before=panel.settled[command.criterion][0],
            reason=command.reason,
        )
    ]


def reopen_moderation(command: ReopenModeration, panel: Panel) -> list[PanelEvent]:
    """Open a closed moderation again; a draft of the report falls with it."""
    what = "The moderation was not opened again"
    refuse_moderation_by_others(command.reopened_by, panel, what)
    if not panel.moderated:
        raise ModerationNotClosed(f"{what}: it is not closed. Go on with it.")
    if panel.report.final_on is not None:
        raise ReportAlreadyFinal(f"{what}: the final report was issued on {panel.report.final_on}.")
    if command.decided:
        raise DecisionAlreadyTaken(f"{what}: the committee has decided on these scores.")
    refuse_blank(command.reason, what, "Say why the scores have to be looked at again.")
    refuse_personal_data({"reason": command.reason})

    return [
        *withdrawn(panel, command.reason),
        ModerationReopened(submission_id=command.submission_id, reason=command.reason),
    ]
