"""On which submissions the committee has decided: from then on their moderation stays closed."""

from __future__ import annotations

from typing import get_args

from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.decisions.events import DecisionEvent, DecisionReleased, DecisionRescinded, DecisionTaken
from qa_platform.kernel.event import Recorded, StreamVersion
from qa_platform.ledger.projection import Projection, Row


class PanelDecidedRow(Row, frozen=True, kw_only=True):
    """What a panel must know of the decision on its submission; a deferral, once released, leaves it open."""

    submission_id: str
    version: int = 0
    decided: bool = False
    deferral: bool = False

    @property
    def stream_version(self) -> StreamVersion:
        """Return what opening a moderation again rests on."""
        return StreamVersion(stream=f"decision-{self.submission_id}", version=self.version)


def keys(recorded: Recorded[DecisionEvent]) -> tuple[str, ...]:
    """Return the submission that was decided."""
    return (recorded.event.submission_id,)


def fold(row: PanelDecidedRow | None, recorded: Recorded[DecisionEvent]) -> PanelDecidedRow | None:
    """Return how far the deciding is after one event."""
    event = recorded.event
    known = replace(row or PanelDecidedRow(submission_id=event.submission_id), version=recorded.version)
    match event:
        case DecisionTaken():
            return replace(known, decided=True, deferral=event.code == "DEFER")
        case DecisionRescinded():
            return replace(known, decided=False, deferral=False)
        case DecisionReleased():
            return replace(known, decided=not known.deferral)
        case _:
            return known


PANEL_DECISIONS: Projection[PanelDecidedRow] = Projection(
    name="panel_decisions",
    row=PanelDecidedRow,
    key="submission_id",
    events=get_args(DecisionEvent),
    keys=keys,
    fold=fold,
)


def decided_on(connection: Connection, submission_id: str) -> PanelDecidedRow:
    """Return how far the deciding on a submission is."""
    return PANEL_DECISIONS.find(connection, submission_id) or PanelDecidedRow(submission_id=submission_id)
