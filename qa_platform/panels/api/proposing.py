"""The API of proposals: made for a queue or a case, made again, changed, confirmed, objected to."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.views import MethodView

from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Actor
from qa_platform.panels import read_model
from qa_platform.panels.api.panels import panels_api, visible
from qa_platform.panels.commands import (
    Candidacy,
    ChangeProposal,
    ConfirmProposal,
    ObjectToPanel,
    RuleOnObjection,
    UndoSeatChange,
    WithdrawProposal,
)
from qa_platform.panels.events import AllocationMade
from qa_platform.panels.read_model import PanelRow, ProposalRow
from qa_platform.panels.schemas.proposing import (
    AllocateSchema,
    ChangeSeatSchema,
    CompositionSchema,
    ObjectionRulingSchema,
    PanelObjectionSchema,
    PanelProposalSchema,
    ProposeSchema,
    RepetitionSchema,
    SeatingReasonSchema,
)
from qa_platform.web.context import actor, deadlines, ledger, new_id, reading, release_reading, today
from qa_platform.web.preconditions import tagged
from qa_platform.web.receipts import Answer, ReceiptSchema, run


@panels_api.route("/allocations")
class PanelAllocations(MethodView):
    """The best panels of a queue."""

    @panels_api.arguments(AllocateSchema)
    @panels_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any]) -> Answer:
        """Propose reviewers for every panel that waits, or for those that are named, as one queue."""
        return _propose(body.get("submission_ids"), body.get("seed"), status=201)


@panels_api.route("/allocations/<allocation_id>/repetition")
class PanelAllocationRepetition(MethodView):
    """A kept allocation, made again."""

    @panels_api.response(200, RepetitionSchema)
    def get(self, allocation_id: str) -> dict[str, Any]:
        """Make an allocation again from what was kept, and say whether it is the same."""
        release_reading()
        kept = [recorded.event for recorded in ledger().read_stream(f"allocation-{allocation_id}")]
        if not kept or not isinstance(kept[0], AllocationMade):
            raise Missing("There is no such allocation. Check the address, or look for it in a proposal.")
        made = kept[0]
        again = read_model.allocate(made.instance)
        same = read_model.to_keep(made.allocation_id, made.instance, again)
        return {
            **{name: getattr(made, name) for name in ("allocation_id", "digest", "objective", "bound", "proof")},
            "same": all(getattr(same, name) == getattr(made, name) for name in AllocationMade.__struct_fields__),
            "policy_version": made.instance.policy.version,
            "seed": made.instance.seed,
            "on": made.instance.on,
            "cases": len(made.instance.cases),
            "reviewers": len(made.instance.reviewers),
        }


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
        return _propose([visible(submission_id).submission_id], body.get("seed"), status=200)


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
        panel, on = visible(submission_id), today()
        meant = [seat.reviewer_id for seat in _proposal(panel).seats]
        known = (read_model.get_candidacy(reading(), panel, one, on) for one in meant)
        command = ConfirmProposal(
            submission_id=panel.submission_id,
            candidates=tuple(one for one in known if one is not None),
            on=on,
            remind_on=deadlines().reviewer_reminder(on),
            answer_by=deadlines().reviewer_answer(on),
            object_by=deadlines().objection_to_panel(on),
        )
        return run(command, id=panel.submission_id)


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
        return run(command, id=panel.submission_id)


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
        return run(command, id=panel.submission_id)


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


def _propose(submission_ids: list[str] | None, seed: str | None, *, status: int) -> Answer:
    allocation_id = new_id("allocation")
    # Who chose no seed gets the one that the allocation's own id is.
    instance = read_model.gather(reading(), today(), seed or allocation_id, submission_ids)
    if not instance.cases:
        raise Missing("Nothing was proposed: no panel with a free seat waits for it. Look at the panels again.")
    release_reading()
    found = read_model.allocate(instance)
    kept = read_model.to_keep(allocation_id, instance, found)
    proposals = read_model.to_propose(kept, found, new_id)
    if len(proposals) > 1:
        # Of a whole queue, who gets nobody does not keep the others waiting.
        proposals = [one for one in proposals if one.seats]
    location = f"/api/v1/panels/allocations/{allocation_id}/repetition"
    return run([kept, *proposals], id=allocation_id, location=location, status=status)


def _proposal(panel: PanelRow) -> ProposalRow:
    row = read_model.find_proposal(reading(), panel.submission_id)
    if row is None or row.status == "none":
        raise Missing("There is no proposal for this panel. Have one made first.")
    return row


def _candidate(panel: PanelRow, reviewer_id: str) -> Candidacy:
    known = read_model.get_candidacy(reading(), panel, reviewer_id, today())
    if known is None:
        raise Missing("The seat was not given: there is no such reviewer. Choose one from the candidates.")
    return known


def _composition(submission_id: str, viewer: Actor) -> ProposalRow:
    row = read_model.get_composition(reading(), submission_id, viewer)
    if row is None:
        raise Missing("There is no confirmed panel among those that you may know of. You are told when there is.")
    return row
