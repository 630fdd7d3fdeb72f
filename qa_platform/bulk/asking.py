"""What every act on many cases is asked with, and what it answers case by case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from qa_platform.batches.events import Item
from qa_platform.kernel.event import Command, StreamVersion
from qa_platform.kernel.roles import Actor, Role
from qa_platform.ledger.ledger import Also
from qa_platform.submissions.read_model import SUBMISSIONS, SubmissionRow, select_submissions
from qa_platform.web.deadlines import Deadlines


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who asks, on which day, and what he says of the whole act."""

    connection: Connection
    actor: Actor
    on: date
    deadlines: Deadlines
    said: Mapping[str, Any]
    new_id: Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One case of an act: what is to be done, on what it rests; or `why` it cannot even be asked for."""

    about: str
    subject: str
    title: str | None = None
    commands: tuple[Command, ...] = ()
    depends_on: tuple[StreamVersion, ...] = ()
    why: str | None = None


@dataclass(frozen=True, kw_only=True)
class Act:
    """One thing that can be done to many cases.

    `exact` acts are taken back only while nothing else has happened to the stream of a step. Where
    `reverse` is None, `final` says why, and what to do instead. `check` makes what runs in the act's own
    transaction, and may refuse all of it.
    """

    roles: tuple[Role, ...]
    plan: Callable[[Asking, Sequence[Mapping[str, Any]]], list[Planned]]
    reverse: Callable[[Asking, Sequence[Item]], list[Planned]] | None = None
    exact: bool = False
    final: str = ""
    check: Callable[[Sequence[Command]], Also] | None = None


def submissions_of(asking: Asking, ids: Iterable[str]) -> dict[str, SubmissionRow]:
    """Return by id those of some submissions that who asks may see."""
    query = select_submissions(asking.actor).where(SUBMISSIONS.table.c.submission_id.in_(sorted(set(ids))))
    return {row.submission_id: row for row in SUBMISSIONS.rows(asking.connection, query)}


def unknown(about: str, subject: str | None = None) -> Planned:
    """Return the one answer for a case that is not there, and for one that may not be known to be there."""
    return Planned(about=about, subject=subject or about, why=f"There is no case “{about}”. Check its id.")
