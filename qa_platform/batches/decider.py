"""The rules of an act on many cases: it is done once, and each of its steps is taken back at most once."""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never, get_args

from msgspec import Struct
from msgspec.structs import replace

from qa_platform.batches.commands import BatchCommand, RecordBatch, TakeBackBatch
from qa_platform.batches.events import BatchDone, BatchEvent, BatchTakenBack
from qa_platform.kernel.decider import Decider
from qa_platform.kernel.personal_data import refuse_personal_data
from qa_platform.kernel.rejected import Missing, Rejected


class Status(StrEnum):
    """Where an act stands."""

    DONE = "done"
    PARTLY_TAKEN_BACK = "partly_taken_back"
    TAKEN_BACK = "taken_back"


class Batch(Struct, frozen=True, kw_only=True):
    """An act on many cases; before it is done it has no status. `standing` are its steps that still hold."""

    status: Status | None = None
    standing: frozenset[str] = frozenset()


class BatchUnknown(Missing):
    """There is no act of that id."""


class BatchEmpty(Rejected):
    """Nothing could be done, or taken back, to any of the cases."""


class BatchDoneBefore(Rejected):
    """There is another act of that id."""


class NotOfTheBatch(Rejected):
    """A step that is to be taken back is none of the act's, or was taken back before."""


def decide(command: BatchCommand, batch: Batch) -> list[BatchEvent]:
    """Return what follows from a command, or raise Rejected."""
    match command:
        case RecordBatch():
            return _record(command, batch)
        case TakeBackBatch():
            return _take_back(command, batch)
        case _:
            assert_never(command)


def evolve(batch: Batch, event: BatchEvent) -> Batch:
    """Return the act as it stands after an event. Never refuses."""
    match event:
        case BatchDone():
            return Batch(status=Status.DONE, standing=frozenset(item.subject for item in event.items))
        case BatchTakenBack():
            standing = batch.standing - set(event.subjects)
            status = Status.PARTLY_TAKEN_BACK if standing else Status.TAKEN_BACK
            return replace(batch, status=status, standing=standing)
        case _:
            assert_never(event)


def _record(command: RecordBatch, batch: Batch) -> list[BatchEvent]:
    if batch.status is not None:
        raise BatchDoneBefore("Nothing was done: this was done before, as one act. Begin a new one.")
    if not command.items:
        raise BatchEmpty("Nothing was done: none of the cases allows it. Read the reason beside each of them.")

    return [BatchDone(batch_id=command.batch_id, act=command.act, items=command.items, left_out=command.left_out)]


def _take_back(command: TakeBackBatch, batch: Batch) -> list[BatchEvent]:
    if batch.status is None:
        raise BatchUnknown(f"There is no act “{command.batch_id}”. Check its id.")
    if batch.status is Status.TAKEN_BACK:
        raise NotOfTheBatch("Nothing was taken back: all of this act was taken back before.")
    if not command.subjects:
        raise BatchEmpty("Nothing was taken back: none of the cases allows it. Read the reason beside each of them.")
    if not set(command.subjects) <= batch.standing:
        raise NotOfTheBatch(
            "Nothing was taken back: some of these steps are not part of the act, or were taken back before. "
            "Look at the act again."
        )
    refuse_personal_data({"reason": command.reason})

    return [
        BatchTakenBack(
            batch_id=command.batch_id, reason=command.reason, subjects=command.subjects, stayed=command.stayed
        )
    ]


batch_decider: Decider[BatchCommand, Batch, BatchEvent] = Decider(
    commands=get_args(BatchCommand),
    events=get_args(BatchEvent),
    stream=lambda command: f"batch-{command.batch_id}",
    initial=Batch(),
    decide=decide,
    evolve=evolve,
)
