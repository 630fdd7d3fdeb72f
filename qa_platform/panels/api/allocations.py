"""The API of allocations: the panels of a whole queue looked at first, proposed, confirmed or taken back as one."""

from __future__ import annotations

from typing import Any

from flask.views import MethodView

from qa_platform.kernel.rejected import Missing
from qa_platform.panels import read_model
from qa_platform.panels.api.panels import panels_api
from qa_platform.panels.commands import WithdrawProposal
from qa_platform.panels.decider import QueueChanged
from qa_platform.panels.events import AllocationMade
from qa_platform.panels.events.allocation import Instance
from qa_platform.panels.read_model import ProposalRow
from qa_platform.panels.schemas.allocations import (
    AllocateSchema,
    AllocationSchema,
    BulkSchema,
    BulkWithdrawalSchema,
    PreviewSchema,
    QueueSchema,
    RepetitionSchema,
)
from qa_platform.web.context import deadlines, ledger, new_id, reading, release_reading, today
from qa_platform.web.receipts import Answer, ReceiptSchema, run


@panels_api.route("/allocations")
class PanelAllocations(MethodView):
    """The best panels of a queue."""

    @panels_api.arguments(AllocateSchema)
    @panels_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any]) -> Answer:
        """Propose reviewers for every panel that waits, or for those that are named, as one queue."""
        return propose(body.get("submission_ids"), body.get("seed"), body.get("digest"), status=201)


@panels_api.route("/allocations/preview")
class PanelAllocationPreview(MethodView):
    """What an allocation of a queue would come to."""

    @panels_api.arguments(QueueSchema)
    @panels_api.response(200, PreviewSchema)
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Find the best panels of a queue and show them; nothing is kept or proposed."""
        instance = _gathered(body.get("submission_ids"), body.get("seed") or new_id("seed"))
        return read_model.preview_of(instance, read_model.allocate(instance))


@panels_api.route("/allocations/<allocation_id>")
class PanelAllocation(MethodView):
    """The proposals of an allocation."""

    @panels_api.response(200, AllocationSchema)
    def get(self, allocation_id: str) -> dict[str, Any]:
        """Show how the proposals of an allocation stand, and how many of them wait."""
        rows = _proposals(allocation_id)
        waiting = sum(row.status == "pending" for row in rows)
        return {"allocation_id": allocation_id, "waiting": waiting, "panels": rows}


@panels_api.route("/allocations/<allocation_id>/confirmation")
class PanelAllocationConfirmation(MethodView):
    """The waiting proposals of an allocation, confirmed."""

    @panels_api.arguments(BulkSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], allocation_id: str) -> Answer:
        """Confirm every proposal of an allocation that waits, all or none."""
        waiting = _waiting(allocation_id, body["proposals"], "Nothing was confirmed")
        commands = read_model.to_confirm_all(reading(), waiting, deadlines(), today())
        candidates = [one for command in commands for one in command.candidates]
        return run(
            commands,
            id=allocation_id,
            depends_on=read_model.rests_on(candidates),
            also=read_model.within_caps(commands),
        )


@panels_api.route("/allocations/<allocation_id>/withdrawal")
class PanelAllocationWithdrawal(MethodView):
    """The waiting proposals of an allocation, taken back."""

    @panels_api.arguments(BulkWithdrawalSchema)
    @panels_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], allocation_id: str) -> Answer:
        """Take back every proposal of an allocation that waits, all or none."""
        waiting = _waiting(allocation_id, body["proposals"], "Nothing was taken back")
        commands = [WithdrawProposal(submission_id=row.submission_id, reason=body["reason"]) for row in waiting]
        return run(commands, id=allocation_id)


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


def propose(submission_ids: list[str] | None, seed: str | None, digest: str | None = None, *, status: int) -> Answer:
    """Keep the best panels of a queue, and propose them; `digest` is that of a preview that must still hold."""
    allocation_id = new_id("allocation")
    # Who chose no seed gets the one that the allocation's own id is.
    instance = _gathered(submission_ids, seed or allocation_id)
    found = read_model.allocate(instance)
    if digest not in {None, found.digest}:
        raise QueueChanged("Nothing was proposed: the queue, or a reviewer, changed since you looked. Look again.")
    kept = read_model.to_keep(allocation_id, instance, found)
    proposals = read_model.to_propose(kept, found, new_id)
    if len(proposals) > 1:
        # Of a whole queue, who gets nobody does not keep the others waiting.
        proposals = [one for one in proposals if one.seats]
    location = f"/api/v1/panels/allocations/{allocation_id}"
    return run([kept, *proposals], id=allocation_id, location=location, status=status)


def _gathered(submission_ids: list[str] | None, seed: str) -> Instance:
    instance = read_model.gather(reading(), today(), seed, submission_ids, rotation=deadlines().rotation)
    if not instance.cases:
        raise Missing("Nothing was proposed: no panel with a free seat waits for it. Look at the panels again.")
    # The search takes a while, and needs no connection.
    release_reading()
    return instance


def _proposals(allocation_id: str) -> list[ProposalRow]:
    rows = read_model.list_proposals(reading(), allocation_id)
    if not rows:
        raise Missing("No proposal rests on such an allocation. Check the address, or look for it in a proposal.")
    return rows


def _waiting(allocation_id: str, seen: int, what: str) -> list[ProposalRow]:
    waiting = [row for row in _proposals(allocation_id) if row.status == "pending"]
    if len(waiting) != seen:
        raise QueueChanged(
            f"{what}: {len(waiting)} proposals of this allocation wait, and you were shown {seen}. "
            "Look at the allocation again."
        )
    return waiting
