"""Acts on many cases: what belonged together, what was left out and why, and what was taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, get_args

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import JSONB

from qa_platform.batches.decider import Status
from qa_platform.batches.events import BatchDone, BatchEvent, BatchTakenBack, Item, LeftOut
from qa_platform.kernel.event import Recorded
from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Actor, Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.web.reach import not_recused, recused_from


class BatchRow(Row, frozen=True, kw_only=True):
    """An act; `standing` are the subjects of its steps that were not taken back."""

    batch_id: str
    version: int
    act: str
    status: Status
    done_by: str
    done_at: datetime
    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]
    standing: tuple[str, ...]
    reason: str | None = None
    taken_back_at: datetime | None = None
    stayed: tuple[LeftOut, ...] = ()


def keys(recorded: Recorded[BatchEvent]) -> tuple[str, ...]:
    """Return the act that an event is about."""
    return (recorded.event.batch_id,)


def fold(row: BatchRow | None, recorded: Recorded[BatchEvent]) -> BatchRow | None:
    """Return the act after one event."""
    event = recorded.event
    match event:
        case BatchDone():
            return BatchRow(
                batch_id=event.batch_id,
                version=recorded.version,
                act=event.act,
                status=Status.DONE,
                done_by=recorded.actor.partition(":")[2],
                done_at=recorded.at,
                items=event.items,
                left_out=event.left_out,
                standing=tuple(item.subject for item in event.items),
            )
        case BatchTakenBack() if row is not None:
            standing = tuple(subject for subject in row.standing if subject not in event.subjects)
            return replace(
                row,
                version=recorded.version,
                status=Status.PARTLY_TAKEN_BACK if standing else Status.TAKEN_BACK,
                standing=standing,
                reason=event.reason,
                taken_back_at=recorded.at,
                stayed=event.stayed,
            )
        case _:
            return row


BATCHES: Projection[BatchRow] = Projection(
    name="batches",
    row=BatchRow,
    key="batch_id",
    events=get_args(BatchEvent),
    keys=keys,
    fold=fold,
    indexes=(("done_at",),),
)


def select_batches(viewer: Actor, acts: Iterable[str]) -> sa.Select[Any]:
    """Return the query for the acts that a viewer may know of: of these kinds, and a reviewer's his own alone.

    See `as_seen_by` for how much of them.
    """
    column = BATCHES.table.c
    step = sa.func.jsonb_array_elements(column["items"]).table_valued(sa.column("value", JSONB), name="step")
    # Whoever is recused from all that an act was done to hears of no act.
    known = sa.exists().select_from(step).where(not_recused(viewer, step.c.value["about"].astext))
    query = sa.select(BATCHES.table).where(column.act.in_(sorted(acts)), known)
    # Whoever reviews learns of cases as their reviewer only, whatever else he is.
    return query.where(column.done_by == viewer.person_id) if Role.REVIEWER in viewer.roles else query


def as_seen_by(viewer: Actor, connection: Connection, rows: Sequence[BatchRow]) -> list[BatchRow]:
    """Return acts without the cases that a viewer is recused from, as if they had never been part of them."""
    named = {name for row in rows for name in _named(row)}
    recused = {case for case, people in recused_from(connection, named).items() if viewer.person_id in people}
    return [_without(row, recused) for row in rows] if recused else list(rows)


def _named(row: BatchRow) -> set[str]:
    return {item.about for item in row.items} | {one.subject for one in row.left_out}


def _without(row: BatchRow, cases: set[str]) -> BatchRow:
    hidden = cases | {item.subject for item in row.items if item.about in cases}
    standing = tuple(subject for subject in row.standing if subject not in hidden)
    # That some of it still stands would tell of a case that he does not see.
    status = Status.TAKEN_BACK if row.status is Status.PARTLY_TAKEN_BACK and not standing else row.status
    return replace(
        row,
        status=status,
        items=tuple(item for item in row.items if item.subject not in hidden),
        left_out=tuple(one for one in row.left_out if one.subject not in hidden),
        standing=standing,
        stayed=tuple(one for one in row.stayed if one.subject not in hidden),
    )


def get_batch(connection: Connection, batch_id: str, viewer: Actor, acts: Iterable[str]) -> BatchRow:
    """Return an act as a viewer may see it. Raises Missing if there is none that he may know of."""
    query = select_batches(viewer, acts).where(BATCHES.table.c.batch_id == batch_id)
    found = as_seen_by(viewer, connection, BATCHES.rows(connection, query))
    if not found:
        raise Missing(f"There is no act “{batch_id}”. Check its id.")
    return found[0]
