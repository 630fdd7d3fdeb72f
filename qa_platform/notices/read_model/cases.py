"""What a reminder must know of the case it is about: its provider, titles and house, and who keeps out of it.

Who is recused stands in the table of submissions, for every room alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.centres.events import CaseAssigned, CaseMoved
from qa_platform.decisions.events import DecisionReleased
from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row
from qa_platform.panels.events import ReviewerAssigned
from qa_platform.submissions.events import (
    SubmissionClosedAtIntake,
    SubmissionContentChanged,
    SubmissionDrafted,
    SubmissionLapsed,
    SubmissionStepTakenBack,
    SubmissionWithdrawn,
)
from qa_platform.submissions.events.components import ComponentListingEnded, ComponentStepUndone
from qa_platform.web.reach import recused_from

_OfUnit = ComponentListingEnded | ComponentStepUndone


class NoticeCaseRow(Row, frozen=True, kw_only=True):
    """A case as reminders see it.

    `over` is one that is withdrawn, lapsed or closed, or a unit whose listing has ended; `centre_id`
    is whose it is, None the agency's. `asked` are all who were ever asked to review it. `prior_id` is
    what it follows, and `prior_over` whether that was a unit whose listing has ended.
    """

    submission_id: str
    provider_id: str | None = None
    title_en: str | None = None
    title_ms: str | None = None
    over: bool = False
    centre_id: str | None = None
    asked: tuple[str, ...] = ()
    released: bool = False
    prior_id: str | None = None
    prior_over: bool = False

    @property
    def reviewing(self) -> frozenset[str]:
        """Return who is told nothing of this case in another role: until the release, all who were asked to review."""
        return frozenset() if self.released else frozenset(self.asked)


def keys(recorded: Recorded[Any]) -> tuple[str, ...]:
    """Return the submission, or the unit, that an event is about."""
    event = recorded.event
    return (event.component_id if isinstance(event, _OfUnit) else event.submission_id,)


def fold(row: NoticeCaseRow | None, recorded: Recorded[Any]) -> NoticeCaseRow:
    """Return the case after one event; each field is fed by one stream, so that their order is the same to it."""
    event = recorded.event
    if isinstance(event, _OfUnit):
        row = row or NoticeCaseRow(submission_id=event.component_id)
        return replace(row, over=isinstance(event, ComponentListingEnded))
    row = row or NoticeCaseRow(submission_id=event.submission_id)
    match event:
        case CaseAssigned():
            return replace(row, centre_id=event.centre_id)
        case CaseMoved():
            return replace(row, centre_id=event.to_centre_id)
        case ReviewerAssigned():
            return replace(row, asked=(*(one for one in row.asked if one != event.reviewer_id), event.reviewer_id))
        case DecisionReleased():
            return replace(row, released=True)
        case _:
            return _filed(row, event)


def _filed(row: NoticeCaseRow, event: Any) -> NoticeCaseRow:  # noqa: ANN401 -- an event of a submission
    match event:
        case SubmissionDrafted():
            return replace(row, provider_id=event.provider_id, prior_id=event.prior_accreditation_id)
        case SubmissionContentChanged():
            titles = {name: getattr(event.content, name) for name in ("title_en", "title_ms")}
            return replace(row, **{name: title for name, title in titles.items() if title is not msgspec.UNSET})
        case SubmissionWithdrawn() | SubmissionLapsed() | SubmissionClosedAtIntake():
            return replace(row, over=True)
        case SubmissionStepTakenBack():
            return replace(row, over=False)
        case _:
            return row


NOTICE_CASES: Projection[NoticeCaseRow] = Projection(
    name="notice_cases",
    row=NoticeCaseRow,
    key="submission_id",
    events=(
        SubmissionDrafted,
        SubmissionContentChanged,
        SubmissionWithdrawn,
        SubmissionLapsed,
        SubmissionClosedAtIntake,
        SubmissionStepTakenBack,
        CaseAssigned,
        CaseMoved,
        ReviewerAssigned,
        DecisionReleased,
        ComponentListingEnded,
        ComponentStepUndone,
    ),
    keys=keys,
    fold=fold,
)


def cases_by_id(connection: Connection, cases: Iterable[str | None]) -> dict[str, NoticeCaseRow]:
    """Return those of some cases that are known, by id, with whether what they follow has ended."""
    known = _rows(connection, cases)
    priors = _rows(connection, (row.prior_id for row in known.values()))
    return {
        case_id: replace(row, prior_over=row.prior_id in priors and priors[row.prior_id].over)
        for case_id, row in known.items()
    }


def _rows(connection: Connection, cases: Iterable[str | None]) -> dict[str, NoticeCaseRow]:
    wanted = sorted({one for one in cases if one is not None})
    query = sa.select(NOTICE_CASES.table).where(NOTICE_CASES.table.c.submission_id.in_(wanted))
    return {row.submission_id: row for row in NOTICE_CASES.rows(connection, query)}


def apart_from(connection: Connection, cases: Mapping[str, NoticeCaseRow]) -> dict[str, frozenset[str]]:
    """Return by case who is told nothing of it because of a role that he holds: who reviews it, or is recused."""
    recused = recused_from(connection, cases)
    return {case_id: row.reviewing | recused.get(case_id, frozenset()) for case_id, row in cases.items()}
