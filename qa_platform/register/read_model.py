"""What is read of the register for its pages: entries with their provider and what their course says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy import Connection

from qa_platform.accreditations.read_model import ACCREDITATIONS, AccreditationRow, as_of, select_accreditations
from qa_platform.providers.read_model import PROVIDERS
from qa_platform.submissions.read_model import SUBMISSIONS

PAGE_SIZE: Final = 20
# Credits from, and below which: 40 notional hours make one.
CREDITS: Final = {"1": (None, Decimal(2)), "2": (Decimal(2), Decimal(4)), "4": (Decimal(4), None)}


class Search(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody looks for: words, and facets; None where any will do."""

    q: str | None = None
    status: str | None = None
    kind: str | None = None
    level: int | None = None
    field: str | None = None
    mode: str | None = None
    language: str | None = None
    credits: str | None = None
    provider_id: str | None = None


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as its page shows it; `field` is the broad field of ISCED-F 2013, of two digits."""

    entry: AccreditationRow
    provider: str
    field: str | None
    mode: str | None
    languages: tuple[str, ...]
    summary: str | None


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to choose from, in the order in which it is shown; providers by their name."""

    levels: tuple[int, ...]
    fields: tuple[str, ...]
    modes: tuple[str, ...]
    languages: tuple[str, ...]
    providers: tuple[tuple[str, str], ...]


_ENTRY = ACCREDITATIONS.table
_PROVIDER = PROVIDERS.table
_COURSE = SUBMISSIONS.table
# Only entries lead to a submission here, never a submission to itself: what is not listed is not found.
_TABLES = _ENTRY.outerjoin(_PROVIDER, _PROVIDER.c.provider_id == _ENTRY.c.provider_id).outerjoin(
    _COURSE, _COURSE.c.submission_id == _ENTRY.c.submission_id
)
_FIELD = sa.func.left(_COURSE.c.content["field_iscedf"].astext, 2)
_MODE = _COURSE.c.content["delivery_mode"].astext
_LANGUAGES = _COURSE.c.content["language_of_instruction"]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Some of the entries that are looked for: which page of how many it is, and how many entries there are in all."""

    found: tuple[Listed, ...]
    number: int
    pages: int
    total: int


def search(connection: Connection, on: date, wanted: Search, page: int) -> Page:
    """Return a page of the entries that are looked for, as they stand on a day; the last one for any beyond it."""
    query = _found(on, wanted)
    total = connection.execute(query.with_only_columns(sa.func.count(), maintain_column_froms=True)).scalar_one()
    newest = query.order_by(_ENTRY.c.valid_from.desc(), _ENTRY.c.number.desc())
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(page, pages)
    rows = connection.execute(newest.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).mappings()
    return Page(found=tuple(_listed(row, on) for row in rows), number=number, pages=pages, total=total)


def every(connection: Connection, on: date, wanted: Search) -> Iterator[Listed]:
    """Give all entries that are looked for, as they stand on a day, by number."""
    for row in connection.execute(_found(on, wanted).order_by(_ENTRY.c.number)).mappings():
        yield _listed(row, on)


def find(connection: Connection, number: str, on: date) -> Listed | None:
    """Return the entry of a number, by its letters and digits alone, as it stands on a day, or None."""
    query = _with_course().where(_ENTRY.c.compact == number).order_by(_ENTRY.c.number).limit(1)
    row = connection.execute(query).mappings().first()
    return None if row is None else _listed(row, on)


def facets(connection: Connection) -> Facets:
    """Return what the entries of the register differ in."""

    def distinct(column: sa.ColumnElement[Any]) -> tuple[Any, ...]:
        query = sa.select(column).select_from(_TABLES).where(column.is_not(None)).distinct()
        return tuple(sorted(connection.execute(query).scalars()))

    each_language = sa.func.jsonb_array_elements_text(_LANGUAGES).table_valued("value")
    spoken = sa.select(each_language.c.value).select_from(_TABLES.join(each_language, sa.true()))
    named = sa.select(_PROVIDER.c.provider_id, _PROVIDER.c.legal_name).select_from(_TABLES)
    listed = named.where(_PROVIDER.c.provider_id.is_not(None)).distinct().order_by(_PROVIDER.c.legal_name)
    is_list = sa.func.jsonb_typeof(_LANGUAGES) == "array"
    return Facets(
        levels=distinct(_ENTRY.c.level),
        fields=distinct(_FIELD),
        modes=distinct(_MODE),
        languages=tuple(sorted(connection.execute(spoken.where(is_list).distinct()).scalars())),
        providers=tuple((row.provider_id, row.legal_name) for row in connection.execute(listed)),
    )


def _with_course() -> sa.Select[Any]:
    content = _COURSE.c.content
    return sa.select(
        *_ENTRY.c,
        _PROVIDER.c.legal_name.label("provider_name"),
        _FIELD.label("course_field"),
        _MODE.label("course_mode"),
        _LANGUAGES.label("course_languages"),
        content["short_description"].astext.label("course_summary"),
    ).select_from(_TABLES)


def _found(on: date, wanted: Search) -> sa.Select[Any]:
    entries = select_accreditations(
        on,
        provider_id=wanted.provider_id,
        level=wanted.level,
        status=wanted.status,
        kind="component" if wanted.kind == "component" else "course" if wanted.kind == "course" else None,
    ).whereclause
    query = _with_course()
    if entries is not None:
        query = query.where(entries)
    for word in (wanted.q or "").split():
        texts = (_ENTRY.c.title_en, _ENTRY.c.title_ms, _ENTRY.c.programme_title, _PROVIDER.c.legal_name)
        found = [column.icontains(word, autoescape=True) for column in texts]
        query = query.where(sa.or_(*found, _ENTRY.c.number.icontains(word, autoescape=True)))
    if wanted.field is not None:
        query = query.where(_FIELD == wanted.field)  # noqa: SIM300 -- SQL, told from the column
    if wanted.mode is not None:
        query = query.where(_MODE == wanted.mode)  # noqa: SIM300 -- SQL, told from the column
    if wanted.language is not None:
        query = query.where(_LANGUAGES.contains([wanted.language]))
    least, below = CREDITS.get(wanted.credits or "", (None, None))
    if least is not None:
        query = query.where(_ENTRY.c.credits >= least)
    return query if below is None else query.where(_ENTRY.c.credits < below)


def _listed(row: sa.RowMapping, on: date) -> Listed:
    (entry,) = as_of(on, [ACCREDITATIONS.row_of(row)])
    return Listed(
        entry=entry,
        provider=row["provider_name"] or entry.provider_id,
        field=row["course_field"],
        mode=row["course_mode"],
        languages=tuple(row["course_languages"] or ()),
        summary=row["course_summary"],
    )
