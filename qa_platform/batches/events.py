"""What can have happened to an act on many cases."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from qa_platform.kernel.event import Event
from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import AUDITED, Visibility, of_roles

_OFFICES: Visibility = of_roles(Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY, Role.REGISTER_OFFICER)


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the act: about which case, what it made or changed, and as which version of its stream."""

    about: str
    subject: str
    stream: str
    version: int


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """What the act was asked for and did not do, with the sentence that says why; never a person."""

    subject: str
    why: str


class BatchDone(Event, frozen=True, kw_only=True, tag="batch.done.v1"):
    """One step was done to many cases, as one act."""

    seen_by: ClassVar[Visibility] = (*AUDITED, *_OFFICES)

    batch_id: str
    act: str
    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]


class BatchTakenBack(Event, frozen=True, kw_only=True, tag="batch.taken_back.v1"):
    """The act was taken back as one; what could not be is said, and stays."""

    seen_by: ClassVar[Visibility] = (*AUDITED, *_OFFICES)

    batch_id: str
    reason: str
    subjects: tuple[str, ...]
    stayed: tuple[LeftOut, ...]


BatchEvent = BatchDone | BatchTakenBack
