"""Notices: a person's inbox, the outbox of what waits, and what has gone about a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, get_args

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import PROVIDER_ROLES, Actor, Role
from qa_platform.ledger.projection import Projection, Row
from qa_platform.notices.decider import Status
from qa_platform.notices.events import (
    Fact,
    Language,
    NoticeDrafted,
    NoticeEvent,
    NoticeHeldBack,
    NoticeIssued,
    NoticeMailed,
    NoticeRead,
    NoticeReleased,
)
from qa_platform.web.reach import is_recused, is_within_reach, not_recused, within_reach


class NoticeRow(Row, frozen=True, kw_only=True):
    """A notice; `told_at` is when its person could first read it, None while it waits or was held back."""

    notice_id: str
    version: int
    letter_id: str
    kind: str
    wording: int
    person_id: str
    role: Role | None
    provider_id: str | None
    about: str | None
    cause_id: str
    stage: str
    facts: tuple[Fact, ...]
    due_on: date | None
    corrects: str | None
    releaser: Role | None
    status: Status
    composed_at: datetime
    told_at: datetime | None
    read_at: datetime | None = None
    mailed_at: datetime | None = None
    mail_id: str | None = None
    mail_language: Language | None = None
    mail_digest: str | None = None
    held_reason: str | None = None


def keys(recorded: Recorded[NoticeEvent]) -> tuple[str, ...]:
    """Return the notice that an event is about."""
    return (recorded.event.notice_id,)


def fold(row: NoticeRow | None, recorded: Recorded[NoticeEvent]) -> NoticeRow | None:
    """Return the notice after one event."""
    event = recorded.event
    if isinstance(event, NoticeIssued | NoticeDrafted):
        return _composed(event, recorded)
    return None if row is None else replace(_after(row, event, recorded.at), version=recorded.version)


def _composed(event: NoticeIssued | NoticeDrafted, recorded: Recorded[NoticeEvent]) -> NoticeRow:
    waits = isinstance(event, NoticeDrafted)
    return NoticeRow(
        notice_id=event.notice_id,
        version=recorded.version,
        letter_id=event.letter_id,
        kind=event.kind,
        wording=event.wording,
        person_id=event.person_id,
        role=event.role,
        provider_id=event.provider_id,
        about=event.about,
        cause_id=event.cause_id,
        stage=event.stage,
        facts=event.facts,
        due_on=event.due_on,
        corrects=event.corrects,
        releaser=event.releaser if isinstance(event, NoticeDrafted) else None,
        status=Status.WAITING if waits else Status.TOLD,
        composed_at=recorded.at,
        told_at=None if waits else recorded.at,
    )


def _after(row: NoticeRow, event: NoticeEvent, at: datetime) -> NoticeRow:
    match event:
        case NoticeReleased():
            return replace(row, status=Status.TOLD, told_at=at)
        case NoticeHeldBack():
            return replace(row, status=Status.HELD, held_reason=event.reason)
        case NoticeMailed():
            return replace(
                row, mailed_at=at, mail_id=event.mail_id, mail_language=event.language, mail_digest=event.digest
            )
        case NoticeRead():
            return replace(row, read_at=at)
        case _:
            return row


NOTICES: Projection[NoticeRow] = Projection(
    name="notices",
    row=NoticeRow,
    key="notice_id",
    events=get_args(NoticeEvent),
    keys=keys,
    fold=fold,
    indexes=(
        ("person_id", "told_at"),
        ("status", "composed_at"),
        ("about",),
        ("letter_id",),
        ("cause_id",),
        ("told_at",),
    ),
)

# The roles a reader looks with, each with the providers that it is held for (None: for the agency).
Held = Mapping[Role, frozenset[str] | None]


def select_inbox(
    viewer: Actor, held: Held, *, unread: bool | None = None, since: datetime | None = None
) -> sa.Select[Any]:
    """Return the query for what a person was told, in the roles that he looks with."""
    column = NOTICES.table.c
    # What was told of a case goes with the case when it is moved to another centre.
    about = sa.or_(column.about.is_(None), within_reach(viewer, column.about, cosigning=True))
    query = sa.select(NOTICES.table).where(
        column.person_id == viewer.person_id,
        column.status == Status.TOLD.value,
        _in_roles(held),
        about,
        _knows_the_case(viewer),
    )
    if unread is not None:
        query = query.where(column.read_at.is_(None) if unread else column.read_at.is_not(None))
    return query if since is None else query.where(column.told_at >= since)


def _knows_the_case(viewer: Actor) -> sa.ColumnElement[bool]:
    # Whoever is recused from a case knows of it what he was told as its reviewer or as its provider, and no more.
    column = NOTICES.table.c
    own = sorted(PROVIDER_ROLES | {Role.REVIEWER, Role.LEAD_REVIEWER})
    return sa.or_(column.role.is_(None), column.role.in_(own), not_recused(viewer, column.about))


def _in_roles(held: Held) -> sa.ColumnElement[bool]:
    # What he was told as an officer of a provider is not his any more once he left it.
    column = NOTICES.table.c
    return sa.or_(
        column.role.is_(None),
        *(
            sa.and_(
                column.role == role.value,
                column.provider_id.is_(None) if providers is None else column.provider_id.in_(sorted(providers)),
            )
            for role, providers in held.items()
        ),
    )


def count_unread(connection: Connection, viewer: Actor, held: Held) -> int:
    """Return how many notices a person has not read."""
    unread = select_inbox(viewer, held, unread=True).subquery()
    return int(connection.scalar(sa.select(sa.func.count()).select_from(unread)) or 0)


def get_own(connection: Connection, notice_id: str, viewer: Actor, held: Held) -> NoticeRow:
    """Return a notice of the one who asks. Raises Missing if he was not told of it."""
    query = select_inbox(viewer, held).where(NOTICES.table.c.notice_id == notice_id)
    found = NOTICES.rows(connection, query)
    if not found:
        raise Missing(f"There is no notice “{notice_id}” for you. Check the address.")
    return found[0]


def select_waiting(viewer: Actor) -> sa.Select[Any]:
    """Return the query for what waits for a viewer's release, one row for each letter."""
    column = NOTICES.table.c
    first = (
        sa.select(sa.func.min(column.notice_id))
        .where(
            column.status == Status.WAITING.value,
            column.releaser == viewer.acting_as.value,
            within_reach(viewer, column.about),
            not_recused(viewer, column.about),
        )
        .group_by(column.letter_id)
    )
    return sa.select(NOTICES.table).where(column.notice_id.in_(first))


def readers_of(connection: Connection, letters: Iterable[str]) -> dict[str, list[NoticeRow]]:
    """Return the notices of some letters, by letter."""
    wanted = sorted(letters)
    column = NOTICES.table.c
    found: dict[str, list[NoticeRow]] = {letter: [] for letter in wanted}
    query = sa.select(NOTICES.table).where(column.letter_id.in_(wanted)).order_by(column.letter_id, column.notice_id)
    for row in NOTICES.rows(connection, query):
        found[row.letter_id].append(row)
    return found


def get_letter(connection: Connection, letter_id: str, viewer: Actor, *, own: bool = True) -> list[NoticeRow]:
    """Return the notices of a letter that a viewer releases, or if not `own`, may know of. Raises Missing."""
    rows = readers_of(connection, [letter_id])[letter_id]
    # A letter is about one case; one about none is the agency's.
    if rows and not is_within_reach(connection, viewer, rows[0].about or ""):
        rows = []
    role = viewer.acting_as
    rows = [row for row in rows if row.releaser is role] if own else known_to(role, rows)
    if not rows or is_recused(connection, viewer, rows[0].about):
        raise Missing(f"There is no letter “{letter_id}”. Check the address.")
    return rows


# Whoever keeps the committee's papers, or audits, may know all that was told of a case.
_KNOW_ALL = frozenset({Role.COMMITTEE_SECRETARY, Role.AUDITOR})


def known_to(viewer: Role, rows: Iterable[NoticeRow]) -> list[NoticeRow]:
    """Return the notices that a holder of a role may know of: his own role's, and what goes to providers."""
    return [row for row in rows if viewer in _KNOW_ALL or row.role == viewer or row.role in PROVIDER_ROLES]


def notices_about(connection: Connection, about: str, *, kinds: Iterable[str] | None = None) -> list[NoticeRow]:
    """Return all notices about a case, of some kinds if given, in the order in which they were written."""
    column = NOTICES.table.c
    query = sa.select(NOTICES.table).where(column.about == about)
    if kinds is not None:
        query = query.where(column.kind.in_(sorted(kinds)))
    return NOTICES.rows(connection, query.order_by(column.composed_at, column.letter_id, column.notice_id))


def is_reviewer_of(connection: Connection, person_id: str, case_id: str) -> bool:
    """Return whether somebody was ever asked to review a case: he learns of it as its reviewer only."""
    rows = notices_about(connection, case_id, kinds=["review_asked", "seat_left"])
    return any(row.person_id == person_id for row in rows)


def notices_caused_by(connection: Connection, cause_id: str) -> list[NoticeRow]:
    """Return the notices that one event made."""
    column = NOTICES.table.c
    query = sa.select(NOTICES.table).where(column.cause_id == cause_id)
    return NOTICES.rows(connection, query.order_by(column.composed_at, column.letter_id, column.notice_id))


def to_be_mailed(connection: Connection, told_after: datetime) -> list[NoticeRow]:
    """Return what people were told after an instant and was neither mailed nor planned for a mail."""
    column = NOTICES.table.c
    planned = sa.text("NOT EXISTS (SELECT FROM operations.deliveries d WHERE d.notice_id = notices.notice_id)")
    query = sa.select(NOTICES.table).where(
        column.status == Status.TOLD.value, column.mailed_at.is_(None), column.told_at > told_after, planned
    )
    return NOTICES.rows(connection, query.order_by(column.told_at, column.notice_id).limit(_PLANNED_AT_ONCE))


_PLANNED_AT_ONCE = 1000


def notices_by_id(connection: Connection, notice_ids: Iterable[str]) -> list[NoticeRow]:
    """Return notices by their ids, the oldest first."""
    column = NOTICES.table.c
    query = sa.select(NOTICES.table).where(column.notice_id.in_(sorted(notice_ids)))
    return NOTICES.rows(connection, query.order_by(column.told_at, column.notice_id))
