"""The API of the proposal for one panel: made, changed, confirmed, objected to."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Actor
from qa_platform.panels import read_model
from qa_platform.panels.api.allocations import propose
from qa_platform.panels.api.panels import panels_api, visible
from qa_platform.panels.commands import (
    Candidacy,
    ChangeProposal,
    ObjectToPanel,
    RuleOnObjection,
    UndoSeatChange,
    WithdrawProposal,
)
from qa_platform.panels.read_model import PanelRow, ProposalRow
from qa_platform.panels.schemas.proposing import (
    ChangeSeatSchema,
    CompositionSchema,
    ObjectionRulingSchema,
    PanelObjectionSchema,
    PanelProposalSchema,
    ProposeSchema,
    SeatingReasonSchema,
)
from qa_platform.web.context import actor, deadlines, ledger, new_id, reading, release_reading, today
from qa_platform.web.preconditions import tagged
from qa_platform.web.receipts import Answer, ReceiptSchema, run


@panels_api.route("/<submission_id>/proposal")
class PanelProposal(MethodView):
    """The proposal for one panel."""

    @panels_api.response(200, PanelProposalSchema)
    def get(self, submission_id: str) -> tuple[ProposalRow, int, dict[str, str]] | Response:
        """Show the last proposal, with a reason for every candidate."""
        return tagged(_proposal(visible(submission_id)))

    @panels_api.arguments(ProposeSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Propose reviewers for the free seats of one panel."""
        return propose([visible(submission_id).submission_id], body.get("seed"), status=200)


@panels_api.route("/<submission_id>/proposal/withdrawal")
class PanelProposalWithdrawal(MethodView):
    """A proposal taken back."""

    @panels_api.arguments(SeatingReasonSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Take a proposal back before it is confirmed."""
        panel = visible(submission_id)
        return run(WithdrawProposal(submission_id=panel.submission_id, **body), id=panel.submission_id)


@panels_api.route("/<submission_id>/proposal/confirmation")
class PanelProposalConfirmation(MethodView):
    """A proposal confirmed."""

    @panels_api.response(200, ReceiptSchema)
    def put(self, submission_id: str) -> Answer:
        """Confirm the proposal: its reviewers are asked, and the provider may object."""
        panel = visible(submission_id)
        meant = [seat.reviewer_id for seat in _proposal(panel).seats]
        known = read_model.know(reading(), [panel.submission_id], rotation=deadlines().rotation)
        command = read_model.to_confirm(known, panel, meant, deadlines(), today())
        return run(
            command,
            id=panel.submission_id,
            depends_on=read_model.rests_on(command.candidates),
            also=read_model.within_caps([command]),
        )


@panels_api.route("/<submission_id>/proposal/seats/<int:seat>")
class PanelProposalSeat(MethodView):
    """One seat of a proposal."""

    @panels_api.arguments(ChangeSeatSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str, seat: int) -> Answer:
        """Put somebody else into a proposed seat, with a reason."""
        panel = visible(submission_id)
        command = ChangeProposal(
            submission_id=panel.submission_id,
            seat=seat,
            review_id=new_id("review"),
            candidate=_candidate(panel, body["reviewer_id"]),
            reason=body["reason"],
            on=today(),
        )
        return run(command, id=panel.submission_id, depends_on=read_model.rests_on([command.candidate]))


@panels_api.route("/<submission_id>/proposal/seats/<int:seat>/undoing")
class PanelProposalSeatUndoing(MethodView):
    """A change of a seat, undone."""

    @panels_api.arguments(SeatingReasonSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str, seat: int) -> Answer:
        """Give a seat back to whoever was proposed for it first, until its holder begins to score."""
        panel = visible(submission_id)
        first = next((one.instead_of for one in _proposal(panel).changes if one.seat == seat and one.instead_of), None)
        if first is None:
            raise Missing(f"The change was not undone: nobody was replaced in seat {seat}. Look at the proposal again.")
        held = next((one.review_id for one in panel.seated if one.seat == seat), None)
        sitting = None if held is None else read_model.get_sitting(reading(), held)
        command = UndoSeatChange(
            submission_id=panel.submission_id,
            seat=seat,
            review_id=new_id("review"),
            candidate=_candidate(panel, first),
            begun=sitting is not None and sitting.begun,
            reason=body["reason"],
            on=today(),
        )
        return run(
            command,
            id=panel.submission_id,
            depends_on=read_model.rests_on([command.candidate]),
            also=read_model.within_caps([command]),
        )


@panels_api.route("/<submission_id>/composition")
class PanelComposition(MethodView):
    """What may be disclosed of a panel."""

    @panels_api.response(200, CompositionSchema)
    def get(self, submission_id: str) -> ProposalRow:
        """Show a provider from which sides its panel comes, until when it may object, and what it objected to."""
        row = _composition(submission_id, actor())
        release_reading()
        opened: list[ProposalRow] = ledger().open_rows([row])
        return opened[0]


@panels_api.route("/<submission_id>/objection")
class PanelObjection(MethodView):
    """The provider's objection."""

    @panels_api.arguments(PanelObjectionSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Object to seats of your panel, once, with reasons."""
        row = _composition(submission_id, actor())
        command = ObjectToPanel(submission_id=row.submission_id, objected_by=actor().person_id, on=today(), **body)
        return run(command, id=row.submission_id)


@panels_api.route("/<submission_id>/objection/ruling")
class PanelObjectionRuling(MethodView):
    """The ruling on an objection."""

    @panels_api.arguments(ObjectionRulingSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Uphold the provider's objection, which frees its seats, or reject it."""
        panel = visible(submission_id)
        return run(RuleOnObjection(submission_id=panel.submission_id, **body), id=panel.submission_id)


def _proposal(panel: PanelRow) -> ProposalRow:
    row = read_model.find_proposal(reading(), panel.submission_id)
    if row is None or row.status == "none":
        raise Missing("There is no proposal for this panel. Have one made first.")
    return row


def _candidate(panel: PanelRow, reviewer_id: str) -> Candidacy:
    known = read_model.get_candidacy(reading(), panel, reviewer_id, today(), rotation=deadlines().rotation)
    if known is None:
        raise Missing("The seat was not given: there is no such reviewer. Choose one from the candidates.")
    return known


def _composition(submission_id: str, viewer: Actor) -> ProposalRow:
    row = read_model.get_composition(reading(), submission_id, viewer)
    if row is None:
        raise Missing("There is no confirmed panel among those that you may know of. You are told when there is.")
    return row
