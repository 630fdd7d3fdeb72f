"""The published standards that decisions rest on."""

from __future__ import annotations

from sqlalchemy import Connection

from qa_platform.decisions.events import Basis
from qa_platform.kernel.event import Recorded
from qa_platform.kernel.rejected import Missing
from qa_platform.ledger.projection import Projection, Row
from qa_platform.scoring.rubric import Rubric, known_rubric
from qa_platform.standards.events import RubricPublished


class DecisionRubricRow(Row, frozen=True, kw_only=True):
    """The text of a version of a standard, under its hash, and the event that published it."""

    content_hash: str
    text: str
    stream: str
    version: int
    digest: str


def keys(recorded: Recorded[RubricPublished]) -> tuple[str, ...]:
    """Return the hash of what was published."""
    return (recorded.event.content_hash,)


def fold(row: DecisionRubricRow | None, recorded: Recorded[RubricPublished]) -> DecisionRubricRow | None:
    """Return the text as it was first published."""
    return row or DecisionRubricRow(
        content_hash=recorded.event.content_hash,
        text=recorded.event.text,
        stream=recorded.stream,
        version=recorded.version,
        digest=recorded.digest,
    )


DECISION_RUBRICS: Projection[DecisionRubricRow] = Projection(
    name="decision_rubrics",
    row=DecisionRubricRow,
    key="content_hash",
    events=(RubricPublished,),
    keys=keys,
    fold=fold,
)


def rubric_under(connection: Connection, content_hash: str) -> tuple[Rubric, Basis]:
    """Return the rubric under a hash, and the event that published it. Raises Missing."""
    row = DECISION_RUBRICS.find(connection, content_hash)
    if row is None:
        raise Missing("The standard that this decision is under is not published here. Tell the administrator.")
    return known_rubric(row.text), Basis(stream=row.stream, version=row.version, digest=row.digest)
