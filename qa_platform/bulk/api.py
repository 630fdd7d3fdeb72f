"""The API of acts on many cases: shown first, done as one, taken back as one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from qa_platform.batches.commands import RecordBatch, TakeBackBatch
from qa_platform.batches.events import LeftOut
from qa_platform.batches.read_model import BATCHES, BatchRow, as_seen_by, get_batch, select_batches
from qa_platform.bulk.acts import ACTS, acts_of
from qa_platform.bulk.asking import Asking
from qa_platform.bulk.rehearsing import Rehearsal, rehearse
from qa_platform.bulk.schemas import AskSchema, BatchSchema, DoSchema, PreviewSchema, TakeBackSchema
from qa_platform.kernel.rejected import Fault, Rejected
from qa_platform.web.context import actor, deadlines, ledger, new_id, reading, release_reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import tagged
from qa_platform.web.receipts import Answer, ReceiptSchema, run

batches_api = Blueprint(
    "batches", __name__, url_prefix="/api/v1/batches", description="One step for many cases, and back as one"
)


class ActNotYours(Rejected):
    """The act is for another office."""


class SomeDoNotAllowIt(Rejected):
    """Some of the cases do not allow the act, and it was not said to go on without them."""


class NotAsShown(Rejected):
    """Other cases allow the act by now than were shown before."""


class ActFinal(Rejected):
    """The act cannot be taken back."""


@batches_api.route("")
class Batches(MethodView):
    """Acts on many cases."""

    @batches_api.response(200, paged(BatchSchema))
    def get(self) -> dict[str, Any]:
        """List the acts of your office, the newest first."""
        column = BATCHES.table.c
        select = select_batches(actor(), acts_of(actor()))
        found = page(reading(), BATCHES, select, order_by=(column.done_at.desc(), column.batch_id.desc()))
        return {**found, "items": as_seen_by(actor(), reading(), found["items"])}

    @batches_api.arguments(DoSchema)
    @batches_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any]) -> Answer:
        """Do one step to many cases: to all that are named, or, where you say so, to those that allow it."""
        found = _rehearsed(body)
        _refuse_held_up(found.left_out, leave_out=body["leave_out"])
        _refuse_otherwise(len(found.ready), body["number"])
        batch_id = new_id("batch")
        record = RecordBatch(batch_id=batch_id, act=body["act"], items=found.items, left_out=found.left_out)
        check = ACTS[body["act"]].check
        return run(
            [record, *found.commands],
            id=batch_id,
            location=f"/api/v1/batches/{batch_id}",
            status=201,
            depends_on=found.depends_on,
            also=None if check is None else check(found.commands),
        )


@batches_api.route("/preview")
class BatchPreview(MethodView):
    """What an act would do."""

    @batches_api.arguments(AskSchema)
    @batches_api.response(200, PreviewSchema)
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Show to how many cases and to which it would be done, and what keeps the others out; nothing is done."""
        return _shown(_rehearsed(body), body["act"])


@batches_api.route("/<batch_id>")
class Batch(MethodView):
    """One act."""

    @batches_api.response(200, BatchSchema)
    def get(self, batch_id: str) -> tuple[BatchRow, int, dict[str, str]] | Response:
        """Show an act: what was done, what was left out and why, and what was taken back."""
        return tagged(_visible(batch_id))


@batches_api.route("/<batch_id>/reversal")
class BatchReversal(MethodView):
    """The taking back of an act."""

    @batches_api.response(200, PreviewSchema)
    def get(self, batch_id: str) -> dict[str, Any]:
        """Show which of its steps can still be taken back, and what keeps the others; nothing is done."""
        row = _visible(batch_id)
        return _shown(_reversed(row, "Shown first."), row.act)

    @batches_api.arguments(TakeBackSchema)
    @batches_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], batch_id: str) -> Answer:
        """Take an act back as one: all that still holds of it, or, where you say so, what allows it."""
        found = _reversed(_visible(batch_id), body["reason"])
        _refuse_held_up(found.left_out, leave_out=body["leave_out"])
        record = TakeBackBatch(
            batch_id=batch_id,
            reason=body["reason"],
            subjects=tuple(one.subject for one in found.ready),
            stayed=found.left_out,
        )
        return run([record, *found.commands], id=batch_id, depends_on=found.depends_on)


def _visible(batch_id: str) -> BatchRow:
    return get_batch(reading(), batch_id, actor(), acts_of(actor()))


def _asking(said: dict[str, Any]) -> Asking:
    return Asking(connection=reading(), actor=actor(), on=today(), deadlines=deadlines(), said=said, new_id=new_id)


def _rehearsed(body: dict[str, Any]) -> Rehearsal:
    if body["act"] not in acts_of(actor()):
        raise ActNotYours(f"Nothing was done: “{body['act']}” is not for your office. Ask the office whose step it is.")
    planned = ACTS[body["act"]].plan(_asking(body), body["items"])
    release_reading()
    return rehearse(ledger(), planned, actor())


def _reversed(row: BatchRow, reason: str) -> Rehearsal:
    act = ACTS[row.act]
    if act.reverse is None:
        raise ActFinal(f"Nothing was taken back. {act.final}")
    standing = [item for item in row.items if item.subject in row.standing]
    planned = act.reverse(_asking({"reason": reason}), standing)
    release_reading()
    return rehearse(
        ledger(), planned, actor(), unmoved={item.subject: item for item in standing} if act.exact else None
    )


def _refuse_held_up(left_out: Iterable[LeftOut], *, leave_out: bool) -> None:
    faults = tuple(Fault(one.subject, one.why) for one in left_out)
    if faults and not leave_out:
        what = "one case does" if len(faults) == 1 else f"{len(faults)} cases do"
        raise SomeDoNotAllowIt(
            f"Nothing was done: {what} not allow it. Read the reason of each; "
            "put it right, take it from the list, or say that it is to be left out.",
            faults,
        )


def _refuse_otherwise(number: int, shown: int | None) -> None:
    if shown is not None and shown != number:
        raise NotAsShown(
            f"Nothing was done: it would be done to {number} cases by now, and not to the {shown} that were shown. "
            "Look at the preview again, then repeat your step."
        )


def _shown(found: Rehearsal, act: str) -> dict[str, Any]:
    final = ACTS[act].final or None
    return {"number": len(found.ready), "ready": found.ready, "left_out": found.left_out, "final": final}
