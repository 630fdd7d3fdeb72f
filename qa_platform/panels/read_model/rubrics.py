"""The published standards that panels work under."""

from __future__ import annotations

from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.rejected import Missing
from qa_platform.ledger.projection import Projection, Row
from qa_platform.scoring.rubric import Rubric, known_rubric
from qa_platform.standards.events import RubricPublished


class PanelRubricRow(Row, frozen=True, kw_only=True):
    """The text of a version of a standard, under its hash."""

    content_hash: str
    text: str


def keys(recorded: Recorded[RubricPublished]) -> tuple[str, ...]:
    """Return the hash of what was published."""
    return (recorded.event.content_hash,)


def fold(row: PanelRubricRow | None, recorded: Recorded[RubricPublished]) -> PanelRubricRow | None:
    """Return the text as it was first published."""
    return row or PanelRubricRow(content_hash=recorded.event.content_hash, text=recorded.event.text)


PANEL_RUBRICS: Projection[PanelRubricRow] = Projection(
    name="panel_rubrics",
    row=PanelRubricRow,
    key="content_hash",
    events=(RubricPublished,),
    keys=keys,
    fold=fold,
)


def rubric_under(connection: Connection, content_hash: str) -> Rubric:
    """Return the rubric under a hash. Raises Missing."""
    row = PANEL_RUBRICS.find(connection, content_hash)
    if row is None:
        raise Missing("The standard that this panel is under is not published here. Tell the administrator.")
    return known_rubric(row.text)
