"""Submissions, as their provider fills them in and as the agency looks at them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, get_args

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.rejected import Fault, Missing
from qa_platform.kernel.roles import PROVIDER_ROLES, Actor, Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.submissions.decider import INTAKE_CODES, Status, changed, class_of
from qa_platform.submissions.events import (
    ClosureGround,
    CourseContent,
    IntakeCode,
    Route,
    Step,
    SubmissionAccepted,
    SubmissionClosedAtIntake,
    SubmissionContentChanged,
    SubmissionDrafted,
    SubmissionEvent,
    SubmissionFiledAgain,
    SubmissionLapsed,
    SubmissionLodged,
    SubmissionPersonNamed,
    SubmissionPersonRemoved,
    SubmissionRefiled,
    SubmissionReturned,
    SubmissionReturnExtended,
    SubmissionStepTakenBack,
    SubmissionWithdrawn,
)
from qa_platform.web.reach import not_recused, within_reach


class IntakeOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What turned a submission back or ended it before its review, of which type and class, and when."""

    code: IntakeCode
    decision_class: str | None
    round: int
    at: datetime


class SubmissionRow(Row, frozen=True, kw_only=True):
    """A submission with its whole content; `named` are the pseudonyms of those who have a name."""

    submission_id: str
    version: int
    course_id: str
    course_version: str
    provider_id: str
    route: Route
    prior_accreditation_id: str | None
    status: Status
    title_en: str | None = None
    title_ms: str | None = None
    level: int | None = None
    credits: Decimal | None = None
    hours: int | None = None
    content: CourseContent = CourseContent()
    named: tuple[str, ...] = ()
    round: int = 0
    content_digest: str | None = None
    lodged_on: date | None = None
    accepted_on: date | None = None
    standard_id: str | None = None
    rubric_version: str | None = None
    rubric_hash: str | None = None
    return_faults: tuple[Fault, ...] = ()
    return_remark: str | None = None
    due_on: date | None = None
    return_extended: bool = False
    closure_ground: ClosureGround | None = None
    closure_remark: str | None = None
    withdrawal_reason: str | None = None
    intake_outcomes: tuple[IntakeOutcome, ...] = ()
    refiles: str | None = None
    filed_again_as: str | None = None
    source_kind: str | None
    source_reference: str | None
    simulated: bool
    created_at: datetime
    changed_at: datetime


_OUTCOMES = (SubmissionReturned, SubmissionClosedAtIntake, SubmissionWithdrawn, SubmissionLapsed)


def keys(recorded: Recorded[SubmissionEvent]) -> tuple[str, ...]:
    """Return the submission that an event is about."""
    return (recorded.event.submission_id,)


def fold(row: SubmissionRow | None, recorded: Recorded[SubmissionEvent]) -> SubmissionRow | None:
    """Return the submission after one event."""
    event = recorded.event
    if isinstance(event, SubmissionDrafted):
        return _drafted(event, recorded)
    if row is None:
        return None
    after = replace(_after(row, event), version=recorded.version, changed_at=recorded.at)
    return _with_outcome(after, recorded) if isinstance(event, _OUTCOMES) else after


def _with_outcome(row: SubmissionRow, recorded: Recorded[SubmissionEvent]) -> SubmissionRow:
    code = INTAKE_CODES[row.status]
    outcome = IntakeOutcome(code=code, decision_class=class_of(code), round=row.round, at=recorded.at)
    return replace(row, intake_outcomes=(*row.intake_outcomes, outcome))


def _drafted(event: SubmissionDrafted, recorded: Recorded[SubmissionEvent]) -> SubmissionRow:
    return SubmissionRow(
        submission_id=event.submission_id,
        version=recorded.version,
        course_id=event.course_id,
        course_version=event.course_version,
        provider_id=event.provider_id,
        route=event.route,
        prior_accreditation_id=event.prior_accreditation_id,
        status=Status.DRAFT,
        source_kind=event.source.kind if event.source else None,
        source_reference=event.source.reference if event.source else None,
        simulated=event.simulated,
        created_at=recorded.at,
        changed_at=recorded.at,
    )


def _after(row: SubmissionRow, event: SubmissionEvent) -> SubmissionRow:
    match event:
        case SubmissionContentChanged():
            return _with_content(row, changed(row.content, event.content))
        case SubmissionPersonNamed():
            return replace(row, named=tuple(sorted({*row.named, event.subject})))
        case SubmissionPersonRemoved():
            return replace(row, named=tuple(sorted({*row.named} - {event.subject})))
        case SubmissionLodged():
            return _lodged(row, event)
        case SubmissionAccepted():
            return _accepted(row, event)
        case SubmissionReturned():
            return _returned(row, event)
        case SubmissionReturnExtended():
            return replace(row, due_on=event.due_on, return_extended=True)
        case SubmissionClosedAtIntake():
            return replace(row, status=Status.CLOSED, closure_ground=event.ground, closure_remark=event.remark)
        case SubmissionWithdrawn():
            return replace(row, status=Status.WITHDRAWN, withdrawal_reason=event.reason)
        case SubmissionLapsed():
            return replace(row, status=Status.LAPSED)
        case SubmissionStepTakenBack():
            # An extension is no outcome; any other step that was a mistake takes its outcome with it.
            kept = row.intake_outcomes if event.step is Step.EXTENSION else row.intake_outcomes[:-1]
            unsaid = replace(row, intake_outcomes=kept, **_UNSAID[event.step])
            return replace(unsaid, status=Status(event.status), due_on=event.due_on)
        case SubmissionRefiled():
            return replace(row, refiles=event.earlier_id)
        case SubmissionFiledAgain():
            return replace(row, filed_again_as=event.later_id)
        case _:
            return row


# What no longer holds once a step was taken back.
_UNSAID: Mapping[Step, Mapping[str, Any]] = {
    Step.RETURN: {"return_faults": (), "return_remark": None, "return_extended": False},
    Step.EXTENSION: {"return_extended": False},
    Step.CLOSURE: {"closure_ground": None, "closure_remark": None},
    Step.LAPSE: {},
    Step.WITHDRAWAL: {"withdrawal_reason": None},
}


def _with_content(row: SubmissionRow, content: CourseContent) -> SubmissionRow:
    return replace(
        row,
        content=content,
        title_en=content.title_en,
        title_ms=content.title_ms,
        level=content.mqf_level_claimed,
        credits=content.credits_claimed,
        hours=content.notional_hours,
    )


def _lodged(row: SubmissionRow, event: SubmissionLodged) -> SubmissionRow:
    return replace(
        row,
        status=Status.LODGED,
        round=event.round,
        content_digest=event.content_digest,
        lodged_on=event.declaration.on,
        return_faults=(),
        return_remark=None,
        due_on=None,
        return_extended=False,
    )


def _accepted(row: SubmissionRow, event: SubmissionAccepted) -> SubmissionRow:
    return replace(
        row,
        status=Status.ACCEPTED,
        accepted_on=event.accepted_on,
        standard_id=event.standard_id,
        rubric_version=event.rubric_version,
        rubric_hash=event.rubric_hash,
    )


def _returned(row: SubmissionRow, event: SubmissionReturned) -> SubmissionRow:
    return replace(
        row,
        status=Status.RETURNED,
        return_faults=event.faults,
        return_remark=event.remark,
        due_on=event.due_on,
        return_extended=False,
    )


SUBMISSIONS: Projection[SubmissionRow] = Projection(
    name="submissions",
    row=SubmissionRow,
    key="submission_id",
    events=get_args(SubmissionEvent),
    keys=keys,
    fold=fold,
    indexes=(("created_at",), ("provider_id", "created_at"), ("status", "created_at"), ("course_id",), ("due_on",)),
)

# Whose business a submission is from its lodging on; reviewers read it through their review.
AGENCY_ROLES = frozenset({Role.INTAKE_OFFICER, Role.COMMITTEE_MEMBER, Role.COMMITTEE_SECRETARY, Role.REGISTER_OFFICER})


def select_submissions(
    viewer: Actor, *, status: Status | None = None, provider_id: str | None = None, q: str | None = None
) -> sa.Select[Any]:
    """Return the query for the submissions that a viewer may see, with a text in a title if given.

    A provider sees its own; the agency what was ever lodged, a centre what of it is its own; an auditor all.
    """
    column = SUBMISSIONS.table.c
    query = sa.select(SUBMISSIONS.table).where(_seen_by(viewer))
    if status is not None:
        query = query.where(column.status == status.value)
    if provider_id is not None:
        query = query.where(column.provider_id == provider_id)
    if q is not None:
        query = query.where(
            sa.or_(column.title_en.icontains(q, autoescape=True), column.title_ms.icontains(q, autoescape=True))
        )
    return query


def _seen_by(viewer: Actor) -> sa.ColumnElement[bool]:
    column = SUBMISSIONS.table.c
    if viewer.acting_as in PROVIDER_ROLES:
        return column.provider_id.in_(sorted(viewer.providers))
    # Whoever is recused from a submission sees it in no other capacity than its provider's.
    apart = not_recused(viewer, column.submission_id)
    if viewer.acting_as in AGENCY_ROLES:
        return sa.and_(column.round > 0, within_reach(viewer, column.submission_id), apart)
    return apart if viewer.acting_as is Role.AUDITOR else sa.false()


def get_submission(connection: Connection, submission_id: str, viewer: Actor) -> SubmissionRow:
    """Return a submission. Raises Missing if there is none that the viewer may see."""
    query = select_submissions(viewer).where(SUBMISSIONS.table.c.submission_id == submission_id)
    found = SUBMISSIONS.rows(connection, query)
    if not found:
        raise Missing(f"There is no submission “{submission_id}”. Check the address.")
    return found[0]


def list_overdue(connection: Connection, on: date) -> list[SubmissionRow]:
    """Return the returned submissions whose time is over on a day, the longest overdue first."""
    column = SUBMISSIONS.table.c
    query = sa.select(SUBMISSIONS.table).where(column.status == Status.RETURNED.value, column.due_on < on)
    return SUBMISSIONS.rows(connection, query.order_by(column.due_on, column.submission_id))


def is_put_forward_anew(connection: Connection, row: SubmissionRow) -> bool:
    """Return whether the course of a submission was put forward once more after it."""
    column = SUBMISSIONS.table.c
    query = sa.select(column.submission_id).where(
        column.course_id == row.course_id,
        column.submission_id != row.submission_id,
        column.created_at >= row.created_at,
    )
    return connection.execute(query.limit(1)).first() is not None


def refuse_foreign_course(connection: Connection, course_id: str, provider_id: str) -> None:
    """Raise Missing if a course is another provider's: the same course keeps its id and its provider."""
    column = SUBMISSIONS.table.c
    query = sa.select(column.submission_id).where(column.course_id == course_id, column.provider_id != provider_id)
    if connection.execute(query.limit(1)).first() is not None:
        raise Missing(f"There is no course “{course_id}” of this provider. Leave the id out to begin a new course.")
