"""What was lodged and waits at intake: a case is given away by itself only before the agency has begun with it."""

from __future__ import annotations

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.centres.read_model.cases import CASE_CENTRES
from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.submissions.events import (
    SubmissionAccepted,
    SubmissionClosedAtIntake,
    SubmissionDrafted,
    SubmissionLapsed,
    SubmissionLodged,
    SubmissionReturned,
    SubmissionWithdrawn,
)

_Event = (
    SubmissionDrafted
    | SubmissionLodged
    | SubmissionReturned
    | SubmissionAccepted
    | SubmissionClosedAtIntake
    | SubmissionWithdrawn
    | SubmissionLapsed
)


class IntakeRow(Row, frozen=True, kw_only=True):
    """A submission: whose it is, whether it was ever lodged, and whether it is `fresh`: lodged, and not touched yet."""

    case_id: str
    provider_id: str
    lodged: bool = False
    fresh: bool = False


def keys(recorded: Recorded[_Event]) -> tuple[str, ...]:
    """Return the submission that an event is about."""
    return (recorded.event.submission_id,)


def fold(row: IntakeRow | None, recorded: Recorded[_Event]) -> IntakeRow | None:
    """Return the submission after one event."""
    event = recorded.event
    if isinstance(event, SubmissionDrafted):
        return IntakeRow(case_id=event.submission_id, provider_id=event.provider_id)
    if row is None:
        return None
    if isinstance(event, SubmissionLodged):
        return replace(row, lodged=True, fresh=event.round == 1)
    return replace(row, fresh=False)


CENTRE_INTAKE: Projection[IntakeRow] = Projection(
    name="centre_intake",
    row=IntakeRow,
    key="case_id",
    events=(
        SubmissionDrafted,
        SubmissionLodged,
        SubmissionReturned,
        SubmissionAccepted,
        SubmissionClosedAtIntake,
        SubmissionWithdrawn,
        SubmissionLapsed,
    ),
    keys=keys,
    fold=fold,
    indexes=(("fresh",),),
)


def is_lodged(connection: Connection, submission_id: str) -> bool:
    """Return whether a course was ever lodged."""
    row = CENTRE_INTAKE.find(connection, submission_id)
    return row is not None and row.lodged


def provider_of(connection: Connection, submission_id: str) -> str | None:
    """Return whose course it is; None where there is none."""
    row = CENTRE_INTAKE.find(connection, submission_id)
    return None if row is None else row.provider_id


def list_unassigned(connection: Connection, institution: str | None) -> list[str]:
    """Return the cases that were lodged, touched by nobody, and never given to a centre, in order.

    The courses of a centre's own institution are not among them: they wait for somebody to choose.
    """
    column, case = CENTRE_INTAKE.table.c, CASE_CENTRES.table.c
    assigned = sa.exists().where(case.case_id == column.case_id)
    query = sa.select(column.case_id).where(column.fresh, ~assigned)
    if institution is not None:
        query = query.where(column.provider_id != institution)
    return list(connection.scalars(query.order_by(column.case_id)))
