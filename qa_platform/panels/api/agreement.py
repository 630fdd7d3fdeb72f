"""The API of agreeing on scores: proposals and answers, third readings, and what is taken back."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView

from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Role
from qa_platform.panels import read_model
from qa_platform.panels.api.panels import locked_sheets, panels_api, scored_panel
from qa_platform.panels.commands import (
    AgreeToScore,
    ObjectToScore,
    ProposeScore,
    ReopenCriterion,
    ReopenModeration,
    RequestThirdReview,
    SettleByMedian,
    WithdrawScoreProposal,
    WithdrawThirdReview,
)
from qa_platform.panels.read_model import PanelRow, ProposalEntry
from qa_platform.panels.schemas import SettlementSchema
from qa_platform.panels.schemas.agreement import ProposalSchema, ReasonSchema
from qa_platform.web.context import actor, deadlines, reading, today
from qa_platform.web.receipts import Answer, ReceiptSchema, run


@panels_api.route("/<submission_id>/score-proposals")
class ScoreProposals(MethodView):
    """The scores that are before the reviewers."""

    @panels_api.response(200, ProposalSchema(many=True))
    def get(self, submission_id: str) -> list[ProposalEntry]:
        """List the proposals that are not agreed yet; to a reviewer once his own sheet counts."""
        panel = _own(submission_id) if actor().acting_as is Role.REVIEWER else scored_panel(submission_id)
        return list(panel.proposals)


@panels_api.route("/<submission_id>/score-proposals/<criterion>")
class ScoreProposal(MethodView):
    """One proposed score."""

    @panels_api.arguments(SettlementSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str, criterion: str) -> Answer:
        """Propose a final score; where nothing calls for moderation silence agrees in time."""
        locked = locked_sheets(scored_panel(submission_id))
        command = ProposeScore(
            submission_id=submission_id,
            proposed_by=actor().person_id,
            criterion=criterion,
            rubric=locked.rubric,
            route=locked.panel.route,
            sheets=locked.sheets,
            on=today(),
            answer_by=deadlines().answer_to_proposal(today()),
            **body,
        )
        return run(command, id=submission_id)


@panels_api.route("/<submission_id>/score-proposals/<criterion>/agreement")
class ScoreProposalAgreement(MethodView):
    """A reviewer's agreement."""

    @panels_api.response(200, ReceiptSchema)
    def put(self, submission_id: str, criterion: str) -> Answer:
        """Agree to a proposed score; the last agreement settles the criterion."""
        _own(submission_id)
        command = AgreeToScore(submission_id=submission_id, criterion=criterion, reviewer_id=actor().person_id)
        return run(command, id=submission_id)


@panels_api.route("/<submission_id>/score-proposals/<criterion>/objection")
class ScoreProposalObjection(MethodView):
    """A reviewer's objection."""

    @panels_api.arguments(ReasonSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str, criterion: str) -> Answer:
        """Object to a proposed score, and say why."""
        _own(submission_id)
        command = ObjectToScore(submission_id=submission_id, criterion=criterion, reviewer_id=actor().person_id, **body)
        return run(command, id=submission_id)


@panels_api.route("/<submission_id>/score-proposals/<criterion>/withdrawal")
class ScoreProposalWithdrawal(MethodView):
    """A proposal that is taken back."""

    @panels_api.arguments(ReasonSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str, criterion: str) -> Answer:
        """Take a proposal back before it is agreed."""
        scored_panel(submission_id)
        command = WithdrawScoreProposal(
            submission_id=submission_id, withdrawn_by=actor().person_id, criterion=criterion, **body
        )
        return run(command, id=submission_id)


@panels_api.route("/<submission_id>/settlements/<criterion>/reopening")
class PanelSettlementReopening(MethodView):
    """A settled criterion that is opened again."""

    @panels_api.arguments(ReasonSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str, criterion: str) -> Answer:
        """Open a settled criterion again, before the moderation is closed."""
        scored_panel(submission_id)
        command = ReopenCriterion(
            submission_id=submission_id, reopened_by=actor().person_id, criterion=criterion, **body
        )
        return run(command, id=submission_id)


@panels_api.route("/<submission_id>/moderation/reopening")
class PanelModerationReopening(MethodView):
    """A closed moderation that is opened again."""

    @panels_api.arguments(ReasonSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Open a closed moderation again, before the final report and the decision."""
        scored_panel(submission_id)
        deciding = read_model.decided_on(reading(), submission_id)
        command = ReopenModeration(
            submission_id=submission_id, reopened_by=actor().person_id, decided=deciding.decided, **body
        )
        return run(command, id=submission_id, depends_on=(deciding.stream_version,))


@panels_api.route("/<submission_id>/third-review")
class PanelThirdReview(MethodView):
    """A third reading."""

    @panels_api.arguments(ReasonSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Ask for a third review: a further seat, whose holder scores without knowing the others' scores."""
        locked = locked_sheets(scored_panel(submission_id))
        command = RequestThirdReview(
            submission_id=submission_id,
            requested_by=actor().person_id,
            rubric=locked.rubric,
            route=locked.panel.route,
            sheets=locked.sheets,
            on=today(),
            due_on=deadlines().third_review(today()),
            **body,
        )
        return run(command, id=submission_id)


@panels_api.route("/<submission_id>/third-review/withdrawal")
class PanelThirdReviewWithdrawal(MethodView):
    """A third reading that is not needed any more."""

    @panels_api.arguments(ReasonSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Take the request for a third review back, before it is locked."""
        scored_panel(submission_id)
        command = WithdrawThirdReview(submission_id=submission_id, withdrawn_by=actor().person_id, **body)
        return run(command, id=submission_id)


@panels_api.route("/<submission_id>/third-review/median")
class PanelMedian(MethodView):
    """The middle of three scores."""

    @panels_api.response(200, ReceiptSchema)
    def put(self, submission_id: str) -> Answer:
        """Give every open criterion the middle of three scores."""
        locked = locked_sheets(scored_panel(submission_id))
        command = SettleByMedian(
            submission_id=submission_id,
            settled_by=actor().person_id,
            rubric=locked.rubric,
            route=locked.panel.route,
            sheets=locked.sheets,
        )
        return run(command, id=submission_id)


def _own(submission_id: str) -> PanelRow:
    row = read_model.get_own_panel(reading(), submission_id, actor())
    if row is None:
        raise Missing("There is no proposal to you here: scoring is not closed, or it is not your review. Check it.")
    return row
