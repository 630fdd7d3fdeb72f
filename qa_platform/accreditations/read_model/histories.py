"""Histories that other agencies wrote: one row for each accreditation of theirs; no part of the register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.accreditations.decider.standing import Act, order, standing_of
from qa_platform.accreditations.events import ActionImported
from qa_platform.kernel.event import Recorded
from qa_platform.ledger.projection import Projection, Row

_PAGE = 2_000


class ImportedHistoryRow(Row, frozen=True, kw_only=True):
    """How another agency's accreditation stands by what was imported of it.

    Two times are kept apart: `since` and everything `effective` is their time, everything
    `recorded` is ours. `acts` hold what a later import of an earlier action needs.
    """

    history_id: str
    version: int
    dataset: str
    site: str
    agency: str
    agency_name: str
    program: str
    program_name: str
    sequence: str
    status: str
    in_force: bool
    since: date
    until: date | None
    actions: int
    first_effective_on: date
    last_effective_on: date
    last_kind: str
    first_recorded_at: datetime
    last_recorded_at: datetime
    acts: tuple[Act, ...]


def keys(recorded: Recorded[ActionImported]) -> tuple[str, ...]:
    """Return the history that an event is about."""
    return (recorded.event.history_id,)


def fold(row: ImportedHistoryRow | None, recorded: Recorded[ActionImported]) -> ImportedHistoryRow | None:
    """Return the history after one event more, wherever in time that action belongs."""
    event = recorded.event
    act = Act(
        effective_on=event.effective_on,
        kind=event.kind,
        ends_on=event.ends_on,
        row=event.source.row,
        recorded_at=recorded.at,
    )
    acts = (act,) if row is None else tuple(sorted((*row.acts, act), key=order))
    standing = standing_of(acts)
    return ImportedHistoryRow(
        history_id=event.history_id,
        version=recorded.version,
        dataset=event.source.dataset,
        site=event.subject.site,
        agency=event.subject.agency,
        agency_name=event.subject.agency_name,
        program=event.subject.program,
        program_name=event.subject.program_name,
        sequence=event.subject.sequence,
        status=standing.status,
        in_force=standing.in_force,
        since=standing.since,
        until=standing.until,
        actions=len(acts),
        first_effective_on=acts[0].effective_on,
        last_effective_on=acts[-1].effective_on,
        last_kind=acts[-1].kind,
        first_recorded_at=recorded.at if row is None else min(row.first_recorded_at, recorded.at),
        last_recorded_at=recorded.at if row is None else max(row.last_recorded_at, recorded.at),
        acts=acts,
    )


IMPORTED_HISTORIES: Projection[ImportedHistoryRow] = Projection(
    name="imported_histories",
    row=ImportedHistoryRow,
    key="history_id",
    events=(ActionImported,),
    keys=keys,
    fold=fold,
    indexes=(("site",), ("agency",), ("status",)),
)


def every_history(connection: Connection, dataset: str) -> Iterator[ImportedHistoryRow]:
    """Yield the histories of a publication by id, one statement for each page of them."""
    table = IMPORTED_HISTORIES.table
    after = ""
    while True:
        query = sa.select(table).where(table.c.dataset == dataset, table.c.history_id > after)
        page = IMPORTED_HISTORIES.rows(connection, query.order_by(table.c.history_id).limit(_PAGE))
        yield from page
        if len(page) < _PAGE:
            return
        after = page[-1].history_id
