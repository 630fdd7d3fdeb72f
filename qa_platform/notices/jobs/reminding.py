"""Reminders of what is due: some working days before the day and after it, each once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.calendar import Calendar
from qa_platform.kernel.roles import CENTRE_ROLES, PROVIDER_ROLES, Role, system
from qa_platform.ledger.ledger import Also, Ledger
from qa_platform.notices.commands import ComposeNotice
from qa_platform.notices.decider import letter_id_of, notice_id_of
from qa_platform.notices.events import Fact
from qa_platform.notices.read_model import (
    LINES,
    DutyRow,
    Line,
    NoticeCaseRow,
    Open,
    ReaderRow,
    apart_from,
    cases_by_id,
    duties_due,
    holders_of,
)

_ACTOR = system("reminders")
_LINES = {line.duty: line for line in LINES}


class Reminding(msgspec.Struct, frozen=True, kw_only=True):
    """When people are reminded: so many working days before something is due, and after.

    `terms` are the working days of the stages that a line can name.
    """

    before: tuple[int, ...]
    after: tuple[int, ...]
    calendar: Calendar
    zone: ZoneInfo
    terms: Mapping[str, int] = {}


class _Stage(msgspec.Struct, frozen=True, kw_only=True):
    """A moment at which somebody is reminded."""

    name: str
    late: bool
    day: date


class _Due(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is reminded of: the line, the day, what opened it, and how near the day is."""

    line: Line
    due_on: date
    opened_by: str
    stage: _Stage
    kind: str


def remind(ledger: Ledger, reminding: Reminding, on: date, guard: Also) -> int:
    """Remind of what is due on a day; return how many were reminded of something.

    A reminder is made from the event that set the day, and its stage: a job that runs twice, late
    or on two workers makes it once. Late, of several stages only the last is told.
    """
    horizon = reminding.calendar.after(on, max(reminding.before, default=0))
    with ledger.reading() as connection:
        rows = duties_due(connection, horizon)
        cases = cases_by_id(connection, (row.about for row in rows))
        apart = apart_from(connection, cases)
        commands = [
            command
            for row in rows
            for due in due_in(row, reminding, on)
            for command in _reminders(connection, row, cases.get(row.about or ""), due)
            # Who is recused, or was asked to review, is told nothing because of another role that he holds.
            if command.person_id not in apart.get(row.about or "", ())
        ]
    told = 0
    for command in commands:
        outcome = ledger.execute(command, actor=_ACTOR, cause=command.cause_id, also=guard)
        told += len(outcome.recorded)
    return told


def due_in(row: DutyRow, reminding: Reminding, on: date) -> Iterator[_Due]:
    """Return of what in a stream somebody is reminded on a day."""
    for duty in row.open:
        line = _LINES.get(duty.duty)
        if line is None or not duty.known:
            continue
        dated = dated_by(line, duty, reminding)
        stage = stage_of(dated, reminding, on)
        kind = None if stage is None else line.late if stage.late else line.soon
        if stage is None or kind is None or dated.due_on is None:
            continue
        yield _Due(line=line, due_on=dated.due_on, opened_by=duty.opened_by, stage=stage, kind=kind)


def dated_by(line: Line, duty: Open, reminding: Reminding) -> Open:
    """Return a duty with its day: that of its event, or the end of the term that began with it, if there is one."""
    term = None if line.term is None else reminding.terms.get(line.term)
    if duty.due_on is not None or term is None:
        return duty
    return replace(duty, due_on=reminding.calendar.after(_began(duty, reminding), term))


def stage_of(duty: Open, reminding: Reminding, on: date) -> _Stage | None:
    """Return the last stage that a duty has reached on a day; None where it has reached none, or has no day.

    A stage that had come before the duty began is none: whoever is given two days is not told
    at once that there are two days.
    """
    if duty.due_on is None:
        return None
    began = _began(duty, reminding)
    reached = [stage for stage in _stages(duty.due_on, reminding) if began < stage.day <= on]
    # From the day after the due one nobody is told that something is due soon.
    if on > duty.due_on:
        reached = [stage for stage in reached if stage.late]
    return max(reached, key=lambda stage: stage.day, default=None)


def _began(duty: Open, reminding: Reminding) -> date:
    return duty.opened_at.astimezone(reminding.zone).date()


def _stages(due_on: date, reminding: Reminding) -> Iterator[_Stage]:
    for days in reminding.before:
        yield _Stage(name=f"before-{days}", late=False, day=reminding.calendar.after(due_on, -days))
    for days in reminding.after:
        yield _Stage(name=f"after-{days}", late=True, day=reminding.calendar.after(due_on, days))


def _reminders(connection: Connection, row: DutyRow, case: NoticeCaseRow | None, due: _Due) -> Iterator[ComposeNotice]:
    # Of what was withdrawn or closed nothing is due any more, whatever its other streams say.
    if case is not None and (case.over or (case.prior_over and due.line.falls_with_prior)):
        return
    about = row if case is None else case
    label = f"{due.line.duty}/{due.stage.name}"
    facts = {"title_en": row.title_en or about.title_en, "title_ms": row.title_ms or about.title_ms}
    facts |= {"due_on": due.due_on.isoformat(), "duty": due.line.duty}
    for person_id, (role, provider_id) in _people(connection, row, case, due.line).items():
        yield ComposeNotice(
            notice_id=notice_id_of(due.opened_by, due.kind, person_id, label),
            letter_id=letter_id_of(due.opened_by, due.kind, label),
            kind=due.kind,
            person_id=person_id,
            role=role,
            provider_id=provider_id,
            about=row.about,
            cause_id=due.opened_by,
            stage=label,
            facts=tuple(Fact(name, value) for name, value in facts.items() if value is not None),
            due_on=due.due_on,
        )


def _people(
    connection: Connection, row: DutyRow, case: NoticeCaseRow | None, line: Line
) -> dict[str, tuple[Role, str | None]]:
    found: dict[str, tuple[Role, str | None]] = {}
    provider = row.provider_id or (None if case is None else case.provider_id)
    for role in line.roles:
        provider_id = provider if role in PROVIDER_ROLES else None
        # A provider that is not known has no officers; the agency's offices need none.
        if provider_id is None and role in PROVIDER_ROLES:
            continue
        for reader in _holding(connection, role, provider_id, None if case is None else case.centre_id):
            found.setdefault(reader.person_id, (role, provider_id))
    return found


def _holding(connection: Connection, role: Role, provider_id: str | None, centre_id: str | None) -> list[ReaderRow]:
    if centre_id is None or role not in CENTRE_ROLES:
        return holders_of(connection, role, provider_id)
    # Where nobody at the centre holds the role, it is the agency that must know.
    return holders_of(connection, role, centre_id=centre_id) or holders_of(connection, role)
