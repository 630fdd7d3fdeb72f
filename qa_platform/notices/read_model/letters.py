"""Letters: the notices of one event and kind, put together for who releases or undoes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

import msgspec

from qa_platform.kernel.roles import Role
from qa_platform.notices.decider import Status
from qa_platform.notices.read_model.notices import NoticeRow
from qa_platform.notices.read_model.wording import Words, words_of


class Readers(msgspec.Struct, frozen=True, kw_only=True):
    """To how many a letter goes in one role, and how far it got."""

    role: Role | None
    provider_id: str | None
    people: int
    waiting: int
    told: int
    held: int
    mailed: int
    read: int


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter with its words in both languages; its readers are counted, never named."""

    letter_id: str
    kind: str
    about: str | None
    corrects: str | None
    due_on: date | None
    releaser: Role | None
    statuses: tuple[Status, ...]
    composed_at: datetime
    told_at: datetime | None
    held_reason: str | None
    readers: tuple[Readers, ...]
    en: Words
    ms: Words


def letter_of(rows: Sequence[NoticeRow]) -> Letter:
    """Return the letter that some notices make, of which there is at least one."""
    first = rows[0]
    return Letter(
        letter_id=first.letter_id,
        kind=first.kind,
        about=first.about,
        corrects=first.corrects,
        due_on=first.due_on,
        releaser=first.releaser,
        statuses=tuple(sorted({row.status for row in rows})),
        composed_at=min(row.composed_at for row in rows),
        told_at=min((row.told_at for row in rows if row.told_at is not None), default=None),
        held_reason=next((row.held_reason for row in rows if row.held_reason is not None), None),
        readers=_readers(rows),
        en=words_of(first, "en"),
        ms=words_of(first, "ms"),
    )


def letters_of(rows: Sequence[NoticeRow]) -> list[Letter]:
    """Return the letters that notices make, in the order in which they were written."""
    grouped = groupby(sorted(rows, key=lambda row: row.letter_id), key=lambda row: row.letter_id)
    return sorted((letter_of(list(of_one)) for _, of_one in grouped), key=lambda one: (one.composed_at, one.letter_id))


def _readers(rows: Sequence[NoticeRow]) -> tuple[Readers, ...]:
    def addressed(row: NoticeRow) -> tuple[str, str]:
        return row.role or "", row.provider_id or ""

    return tuple(_counted(list(of_one)) for _, of_one in groupby(sorted(rows, key=addressed), key=addressed))


def _counted(rows: Sequence[NoticeRow]) -> Readers:
    return Readers(
        role=rows[0].role,
        provider_id=rows[0].provider_id,
        people=len(rows),
        waiting=sum(row.status is Status.WAITING for row in rows),
        told=sum(row.status is Status.TOLD for row in rows),
        held=sum(row.status is Status.HELD for row in rows),
        mailed=sum(row.mailed_at is not None for row in rows),
        read=sum(row.read_at is not None for row in rows),
    )
