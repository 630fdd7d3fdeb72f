"""Reports: drafts, claims, answers and final words, and in whose hands each report is until when."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import PROVIDER_ROLES, Actor, Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.panels.events import (
    AreaSummary,
    DraftReportIssued,
    DraftReportWithdrawn,
    FactualCheckClosed,
    FactualClaimResolved,
    FactualClaimWithdrawn,
    FactualErrorClaimed,
    FinalReportIssued,
    LeadAssigned,
    ModerationClosed,
    ModerationReopened,
    PanelOpened,
    ReportChange,
    ReportFinding,
    ReviewerAssigned,
    Variation,
)
from qa_platform.web.reach import not_recused, within_reach

Holder = Literal["panel", "lead", "provider", "officer"]

_EVENTS = (
    PanelOpened,
    LeadAssigned,
    ReviewerAssigned,
    ModerationClosed,
    ModerationReopened,
    DraftReportIssued,
    DraftReportWithdrawn,
    FactualErrorClaimed,
    FactualClaimWithdrawn,
    FactualCheckClosed,
    FactualClaimResolved,
    FinalReportIssued,
)


class DraftEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One draft; `how` it was closed, and why it was taken back, where that happened."""

    drafted_version: int
    language: str
    areas: tuple[AreaSummary, ...]
    findings: tuple[ReportFinding, ...]
    variation: Variation | None
    digest: str
    issued_on: date
    answer_by: date
    how: str | None = None
    closed_on: date | None = None
    withdrawn_because: str | None = None


class ClaimEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A claim of the provider, and its answer."""

    claim_id: str
    drafted_version: int
    section: str
    text: str
    evidence: tuple[str, ...]
    verdict: str | None = None
    answer: str | None = None


class FinalEntry(msgspec.Struct, frozen=True, kw_only=True):
    """The final words, and what they changed."""

    language: str
    areas: tuple[AreaSummary, ...]
    findings: tuple[ReportFinding, ...]
    variation: Variation | None
    changes: tuple[ReportChange, ...]
    digest: str
    draft_digest: str
    issued_on: date


class ReportRow(Row, frozen=True, kw_only=True):
    """The report of a panel; `status` is none, due, draft, checked or final.

    `held_by` says whose turn it is since `held_since`, until `due_on` where a day was set.
    """

    submission_id: str
    version: int
    provider_id: str
    lead_id: str | None
    reviewers: tuple[str, ...]
    status: str
    held_by: Holder | None
    held_since: datetime
    due_on: date | None
    drafts: tuple[DraftEntry, ...]
    claims: tuple[ClaimEntry, ...]
    final: FinalEntry | None

    @property
    def unanswered(self) -> int:
        """Return how many claims have no answer."""
        return sum(claim.verdict is None for claim in self.claims)


def keys(recorded: Recorded[Any]) -> tuple[str, ...]:
    """Return the submission whose report an event is about."""
    return (recorded.event.submission_id,)


def fold(row: ReportRow | None, recorded: Recorded[Any]) -> ReportRow | None:
    """Return the report after one event."""
    event = recorded.event
    if isinstance(event, PanelOpened):
        return _opened(event, recorded)
    if row is None:
        return None
    moved = _moved(row, event)
    since = recorded.at if (moved.status, moved.held_by) != (row.status, row.held_by) else row.held_since
    return replace(moved, version=recorded.version, held_since=since)


def _opened(event: PanelOpened, recorded: Recorded[Any]) -> ReportRow:
    return ReportRow(
        submission_id=event.submission_id,
        version=recorded.version,
        provider_id=event.provider_id,
        lead_id=None,
        reviewers=(),
        status="none",
        held_by="panel",
        held_since=recorded.at,
        due_on=None,
        drafts=(),
        claims=(),
        final=None,
    )


def _moved(row: ReportRow, event: Any) -> ReportRow:  # noqa: ANN401 -- any of the room's events
    match event:
        case LeadAssigned():
            return replace(row, lead_id=event.lead_id)
        case ReviewerAssigned():
            return replace(row, reviewers=(*row.reviewers, event.reviewer_id))
        case ModerationClosed():
            return replace(row, status="due", held_by="lead", due_on=None)
        case ModerationReopened():
            return replace(row, status="none", held_by="panel", due_on=None)
        case DraftReportIssued():
            draft = DraftEntry(**{name: getattr(event, name) for name in _DRAFT})
            return replace(row, status="draft", held_by="provider", due_on=event.answer_by, drafts=(*row.drafts, draft))
        case DraftReportWithdrawn():
            withdrawn = _last(row, withdrawn_because=event.reason)
            return replace(withdrawn, status="due", held_by="lead", due_on=None)
        case FactualCheckClosed():
            closed = _last(row, how=event.how, closed_on=event.closed_on)
            return _whose_turn(replace(closed, status="checked", due_on=event.report_due_on))
        case FinalReportIssued():
            final = FinalEntry(**{name: getattr(event, name) for name in FinalEntry.__struct_fields__})
            return replace(row, status="final", held_by=None, due_on=None, final=final)
        case _:
            return _claimed(row, event)


_DRAFT = ("drafted_version", "language", "areas", "findings", "variation", "digest", "issued_on", "answer_by")


def _last(row: ReportRow, **told: Any) -> ReportRow:  # noqa: ANN401 -- fields of a draft
    return replace(row, drafts=(*row.drafts[:-1], replace(row.drafts[-1], **told)))


def _whose_turn(row: ReportRow) -> ReportRow:
    if row.status != "checked":
        return row
    return replace(row, held_by="officer" if row.unanswered else "lead")


def _claimed(row: ReportRow, event: Any) -> ReportRow:  # noqa: ANN401 -- any event about a claim
    match event:
        case FactualErrorClaimed():
            told = ("claim_id", "drafted_version", "section", "text", "evidence")
            return replace(row, claims=(*row.claims, ClaimEntry(**{name: getattr(event, name) for name in told})))
        case FactualClaimWithdrawn():
            return replace(row, claims=tuple(each for each in row.claims if each.claim_id != event.claim_id))
        case FactualClaimResolved():
            claims = tuple(
                replace(each, verdict=event.verdict, answer=event.reason) if each.claim_id == event.claim_id else each
                for each in row.claims
            )
            return _whose_turn(replace(row, claims=claims))
        case _:
            return row


REPORTS: Projection[ReportRow] = Projection(
    name="panel_reports",
    row=ReportRow,
    key="submission_id",
    events=_EVENTS,
    keys=keys,
    fold=fold,
    indexes=(("status", "due_on"), ("provider_id",), ("lead_id",)),
)

_OFFICE = {Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER, Role.AUDITOR}


def select_reports(
    viewer: Actor, *, status: str | None = None, held_by: str | None = None, due_before: date | None = None
) -> sa.Select[Any]:
    """Return the query for the reports that a viewer may know of: never where he reviews, or is recused."""
    table = REPORTS.table
    query = sa.select(table).where(
        _known_to(viewer),
        within_reach(viewer, table.c.submission_id),
        ~table.c.reviewers.contains([viewer.person_id]),
        not_recused(viewer, table.c.submission_id),
    )
    if status is not None:
        query = query.where(table.c.status == status)
    if held_by is not None:
        query = query.where(table.c.held_by == held_by)
    return query if due_before is None else query.where(table.c.due_on < due_before)


def _known_to(viewer: Actor) -> sa.ColumnElement[bool]:
    table = REPORTS.table
    if viewer.acting_as in _OFFICE:
        return table.c.status != "none"
    if viewer.acting_as is Role.LEAD_REVIEWER:
        return sa.and_(table.c.status != "none", table.c.lead_id == viewer.person_id)
    if viewer.acting_as in PROVIDER_ROLES:
        # That a report is due says how far the panel is; the provider hears of it with the draft.
        own = table.c.provider_id.in_(sorted(viewer.providers))
        return sa.and_(own, sa.func.jsonb_array_length(table.c.drafts) > 0)
    return sa.false()


def get_report(connection: Connection, submission_id: str, viewer: Actor) -> ReportRow | None:
    """Return the report on a submission as a viewer may see it, or None if there is none for him."""
    query = select_reports(viewer).where(REPORTS.table.c.submission_id == submission_id)
    return next(iter(REPORTS.rows(connection, query)), None)


def list_unanswered(connection: Connection, on: date) -> list[ReportRow]:
    """Return the reports whose draft had to be answered before a day, and was not."""
    table = REPORTS.table
    query = sa.select(table).where(table.c.status == "draft", table.c.due_on < on)
    return REPORTS.rows(connection, query)
