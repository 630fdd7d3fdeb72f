"""Whether a submission is before the committee: what this room heard of its deciding."""

from __future__ import annotations

from typing import get_args

from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.decisions.events import (
    CaseTabled,
    CaseTakenOff,
    DecisionEvent,
    DecisionReleased,
    DecisionRescinded,
    DecisionTaken,
)
from qa_platform.kernel.event import Recorded, StreamVersion
from qa_platform.ledger.projection import Projection, Row


class DecidingRow(Row, frozen=True, kw_only=True):
    """How far the deciding on a submission is.

    `decided` holds from the tabling on, so that nobody can learn by trying whether a decision was taken;
    `deferral` is that of the decision taken last.
    """

    submission_id: str
    version: int = 0
    decided: bool = False
    deferral: bool = False

    @property
    def stream_version(self) -> StreamVersion:
        """Return what a withdrawal rests on."""
        return StreamVersion(stream=f"decision-{self.submission_id}", version=self.version)


def keys(recorded: Recorded[DecisionEvent]) -> tuple[str, ...]:
    """Return the submission that an event is about."""
    return (recorded.event.submission_id,)


def fold(row: DecidingRow | None, recorded: Recorded[DecisionEvent]) -> DecidingRow | None:
    """Return how far the deciding is after one event."""
    event = recorded.event
    row = replace(row or DecidingRow(submission_id=event.submission_id), version=recorded.version)
    match event:
        case CaseTabled():
            return replace(row, decided=True)
        case CaseTakenOff():
            return replace(row, decided=False)
        case DecisionRescinded():
            # The item is open again, and still before the committee.
            return replace(row, deferral=False)
        case DecisionTaken():
            return replace(row, decided=True, deferral=event.code == "DEFER")
        case DecisionReleased():
            # Once the provider knows of a deferral, the case is open again.
            return replace(row, decided=not row.deferral)
        case _:
            return row


DECIDINGS: Projection[DecidingRow] = Projection(
    name="submission_decidings",
    row=DecidingRow,
    key="submission_id",
    events=get_args(DecisionEvent),
    keys=keys,
    fold=fold,
)


def deciding_on(connection: Connection, submission_id: str) -> DecidingRow:
    """Return how far the deciding on a submission is."""
    return DECIDINGS.find(connection, submission_id) or DecidingRow(submission_id=submission_id)
