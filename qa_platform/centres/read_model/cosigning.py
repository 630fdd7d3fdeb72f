"""Who signs beside a centre, what is signed, and which decision of a case waits for it."""

from __future__ import annotations

from typing import get_args

from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.centres.events import CosignerNamed, CosigningEvent, DecisionCosigned
from qa_platform.decisions.events import DecisionEvent, DecisionReleased, DecisionRescinded, DecisionTaken
from qa_platform.kernel.event import Recorded, StreamVersion
from qa_platform.ledger.projection import Projection, Row
from qa_platform.web.reach import CASE_COSIGNING_TABLE


class CosigningRow(Row, frozen=True, kw_only=True):
    """Which centre was named to sign beside a case's own, and which decisions are co-signed."""

    case_id: str
    version: int
    cosigner_id: str | None = None
    signed: tuple[str, ...] = ()


def cosigning_keys(recorded: Recorded[CosigningEvent]) -> tuple[str, ...]:
    """Return the case that an event is about."""
    return (recorded.event.submission_id,)


def fold_cosigning(row: CosigningRow | None, recorded: Recorded[CosigningEvent]) -> CosigningRow | None:
    """Return who signs after one event."""
    event = recorded.event
    row = replace(row or CosigningRow(case_id=event.submission_id, version=0), version=recorded.version)
    match event:
        case CosignerNamed():
            return replace(row, cosigner_id=event.centre_id)
        case DecisionCosigned():
            return replace(row, signed=(*row.signed, event.decision_id))


CASE_COSIGNING: Projection[CosigningRow] = Projection(
    name=CASE_COSIGNING_TABLE,
    row=CosigningRow,
    key="case_id",
    events=get_args(CosigningEvent),
    keys=cosigning_keys,
    fold=fold_cosigning,
    indexes=(("cosigner_id",),),
)


class AwaitedRow(Row, frozen=True, kw_only=True):
    """The decision of a case that was taken and is not released; None where there is none."""

    case_id: str
    version: int
    decision_id: str | None
    members: tuple[str, ...]

    @property
    def stream_version(self) -> StreamVersion:
        """Return what a co-signature rests on."""
        return StreamVersion(stream=f"decision-{self.case_id}", version=self.version)


def awaited_keys(recorded: Recorded[DecisionEvent]) -> tuple[str, ...]:
    """Return the case that a decision is on."""
    return (recorded.event.submission_id,)


def fold_awaited(row: AwaitedRow | None, recorded: Recorded[DecisionEvent]) -> AwaitedRow:
    """Return what waits after one event."""
    event = recorded.event
    known = row or AwaitedRow(case_id=event.submission_id, version=0, decision_id=None, members=())
    known = replace(known, version=recorded.version)
    match event:
        case DecisionTaken():
            return replace(known, decision_id=event.decision_id, members=event.members)
        case DecisionReleased() | DecisionRescinded():
            return replace(known, decision_id=None, members=())
        case _:
            return known


AWAITED_DECISIONS: Projection[AwaitedRow] = Projection(
    name="centre_awaited_decisions",
    row=AwaitedRow,
    key="case_id",
    events=get_args(DecisionEvent),
    keys=awaited_keys,
    fold=fold_awaited,
)


def awaited_decision(connection: Connection, submission_id: str) -> AwaitedRow | None:
    """Return the decision of a case that waits to be released, or None where none was ever taken."""
    return AWAITED_DECISIONS.find(connection, submission_id)
