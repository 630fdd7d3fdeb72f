"""What one may ask of an act on many cases; the steps themselves are asked beside it."""

from __future__ import annotations

from qa_platform.batches.events import Item, LeftOut
from qa_platform.kernel.event import Command


class RecordBatch(Command, frozen=True, kw_only=True):
    """Record that these steps are one act."""

    batch_id: str
    act: str
    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...] = ()


class TakeBackBatch(Command, frozen=True, kw_only=True):
    """Record that steps of an act were taken back as one."""

    batch_id: str
    reason: str
    subjects: tuple[str, ...]
    stayed: tuple[LeftOut, ...] = ()


BatchCommand = RecordBatch | TakeBackBatch
