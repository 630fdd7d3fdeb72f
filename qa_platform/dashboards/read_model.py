"""What moves the clocks of cases: one row for each event, so that no order of streams matters; folded when asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.accreditations.events import AccreditationOpened
from qa_platform.dashboards.clock import Mark
from qa_platform.decisions.events import (
    CaseTabled,
    DecisionReleased,
    DecisionRescinded,
    DecisionTaken,
    EvidenceAwaited,
    EvidenceSupplied,
)
from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import Actor
from qa_platform.ledger.projection import Projection, Row
from qa_platform.panels.events import ModerationClosed, PanelOpened, ReviewerStoodDown, ScoringClosed
from qa_platform.reviews.events import ConflictRuled, InterestsDeclared, ReviewerInvited, RulingReversed
from qa_platform.reviews.events.queries import QueryAnswered, QueryForwarded, QueryUnanswered, QueryWithdrawn
from qa_platform.submissions.events import (
    SubmissionAccepted,
    SubmissionClosedAtIntake,
    SubmissionDrafted,
    SubmissionLapsed,
    SubmissionLodged,
    SubmissionReturned,
    SubmissionReturnExtended,
    SubmissionStepTakenBack,
    SubmissionWithdrawn,
)
from qa_platform.submissions.events.components import (
    ComponentListed,
    ComponentNotified,
    ComponentRefused,
    ComponentStepUndone,
    ComponentWithdrawn,
)
from qa_platform.web.reach import within_reach


class ClockMarkRow(Row, frozen=True, kw_only=True):
    """One event of a case that moves its clock; `told_on` is its own day, where it tells one that counts."""

    mark_id: str
    case_id: str
    at: datetime
    what: str
    subject: str = ""
    told_on: date | None = None
    due_on: date | None = None
    count: int = 0

    def mark(self, zone: tzinfo) -> Mark:
        """Return what moves the clock, on its day in the agency's zone."""
        return Mark(
            what=self.what,
            on=self.told_on or self.at.astimezone(zone).date(),
            subject=self.subject,
            due_on=self.due_on,
            count=self.count,
        )


_PLAIN: Mapping[type, str] = {
    SubmissionLodged: "lodged",
    SubmissionAccepted: "accepted",
    SubmissionClosedAtIntake: "over",
    SubmissionWithdrawn: "over",
    SubmissionLapsed: "over",
    ScoringClosed: "scoring_closed",
    ModerationClosed: "moderation_closed",
    DecisionReleased: "released",
    EvidenceSupplied: "supplied",
    CaseTabled: "tabled",
    DecisionRescinded: "rescinded",
    AccreditationOpened: "entered",
    ComponentListed: "over",
    ComponentRefused: "over",
    ComponentWithdrawn: "over",
}


def keys(recorded: Recorded[Any]) -> tuple[str, ...]:
    """Return the event itself: each has a row of its own."""
    return () if recorded.case_id is None else (recorded.id,)


def fold(_row: ClockMarkRow | None, recorded: Recorded[Any]) -> ClockMarkRow | None:
    """Return the row of one event; None where it moves no clock."""
    told = _told(recorded.event)
    if told is None:
        return None
    return ClockMarkRow(mark_id=recorded.id, case_id=recorded.case_id or "", at=recorded.at, **told)


def _told(event: Any) -> dict[str, Any] | None:  # noqa: ANN401 -- an event of any context, one answer for each
    if what := _PLAIN.get(type(event)):
        return {"what": what}
    match event:
        case SubmissionDrafted():
            return {"what": "drafted", "subject": event.prior_accreditation_id or ""}
        case SubmissionReturned():
            return {"what": "returned", "due_on": event.due_on}
        case SubmissionReturnExtended():
            return {"what": "return_extended", "due_on": event.due_on}
        case SubmissionStepTakenBack():
            return {"what": f"{event.status}_again", "due_on": event.due_on}
        case ComponentNotified(drawn=False) | ComponentStepUndone(undone="refusal"):
            return {"what": "notified"}
        case PanelOpened():
            return {"what": "panel_opened", "count": event.seats}
        case ReviewerInvited():
            return {"what": "invited", "subject": event.review_id}
        case ReviewerStoodDown():
            return {"what": "stood_down", "subject": event.review_id}
        case InterestsDeclared(effect="none" | "undertaking") | ConflictRuled(ruling="allow"):
            return {"what": "cleared", "subject": event.review_id}
        case RulingReversed():
            return {"what": "uncleared", "subject": event.review_id}
        case QueryForwarded():
            return {"what": "queried", "subject": event.query_id, "due_on": event.due_on}
        case QueryAnswered() | QueryWithdrawn():
            return {"what": "query_settled", "subject": event.query_id}
        case QueryUnanswered():
            # The job that closed it may have come late: that stops no clock.
            return {"what": "query_settled", "subject": event.query_id, "told_on": event.due_on}
        case EvidenceAwaited():
            return {"what": "awaited", "due_on": event.due_on}
        case DecisionTaken():
            granted = "granted" if event.valid_months is not None else "refused"
            return {"what": "deferred" if event.code == "DEFER" else granted}
        case _:
            return None


CLOCK_MARKS: Projection[ClockMarkRow] = Projection(
    name="clock_marks",
    row=ClockMarkRow,
    key="mark_id",
    events=(
        *_PLAIN,
        SubmissionDrafted,
        SubmissionReturned,
        SubmissionReturnExtended,
        SubmissionStepTakenBack,
        ComponentNotified,
        ComponentStepUndone,
        PanelOpened,
        ReviewerInvited,
        ReviewerStoodDown,
        InterestsDeclared,
        ConflictRuled,
        RulingReversed,
        QueryForwarded,
        QueryAnswered,
        QueryUnanswered,
        QueryWithdrawn,
        DecisionTaken,
        EvidenceAwaited,
    ),
    keys=keys,
    fold=fold,
    indexes=(("case_id", "at"), ("what", "at")),
)


def marks_of(connection: Connection, case_ids: Collection[str], zone: tzinfo) -> Mapping[str, list[Mark]]:
    """Return by case what moved its clock, in order of time; one question for however many cases."""
    marks: dict[str, list[Mark]] = {case_id: [] for case_id in case_ids}
    column = CLOCK_MARKS.table.c
    query = sa.select(CLOCK_MARKS.table).where(column.case_id.in_(sorted(marks)))
    # Ids are made one after the other, so they order what was recorded at one moment.
    for row in CLOCK_MARKS.rows(connection, query.order_by(column.at, column.mark_id)):
        marks[row.case_id].append(row.mark(zone))
    return marks


def released_in(connection: Connection, viewer: Actor, first: date, last: date, zone: tzinfo) -> list[str]:
    """Return the cases in a viewer's reach of which a decision was released from one day to another, both included."""
    column = CLOCK_MARKS.table.c
    begins, ends = (datetime.combine(day, time.min, zone) for day in (first, last + timedelta(days=1)))
    query = sa.select(column.case_id).where(column.what == "released", column.at >= begins, column.at < ends)
    query = query.where(within_reach(viewer, column.case_id))
    return sorted(set(connection.scalars(query)))
