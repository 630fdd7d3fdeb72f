"""Reminders of what is due: some working days before the day and after it, each once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection

from qa_platform.kernel.calendar import Calendar
from qa_platform.kernel.roles import PROVIDER_ROLES, Role, system
from qa_platform.ledger.ledger import Also, Ledger
from qa_platform.notices.commands import ComposeNotice
from qa_platform.notices.decider import letter_id_of, notice_id_of
from qa_platform.notices.events import Fact
from qa_platform.notices.read_model import LINES, DutyRow, Line, Open, duties_due, holders_of, readers_by_id

_ACTOR = system("reminders")
_LINES = {line.duty: line for line in LINES}


class Reminding(msgspec.Struct, frozen=True, kw_only=True):
    """When people are reminded: so many working days before something is due, and after."""

    before: tuple[int, ...]
    after: tuple[int, ...]
    calendar: Calendar
    zone: ZoneInfo


class _Stage(msgspec.Struct, frozen=True, kw_only=True):
    """A moment at which somebody is reminded."""

    name: str
    late: bool
    day: date


def remind(ledger: Ledger, reminding: Reminding, on: date, guard: Also) -> int:
    """Remind of what is due on a day; return how many were reminded of something.

    A reminder is made from the event that set the day, and its stage: a job that runs twice, late
    or on two workers makes it once. Late, of several stages only the last is told.
    """
    horizon = reminding.calendar.after(on, max(reminding.before, default=0))
    with ledger.reading() as connection:
        commands = [
            command
            for row in duties_due(connection, horizon)
            for duty in row.open
            if (stage := stage_of(duty, reminding, on)) is not None
            for command in _reminders(connection, row, duty, stage)
        ]
    told = 0
    for command in commands:
        outcome = ledger.execute(command, actor=_ACTOR, cause=command.cause_id, also=guard)
        told += len(outcome.recorded)
    return told


def stage_of(duty: Open, reminding: Reminding, on: date) -> _Stage | None:
    """Return the last stage that a duty has reached on a day; None where it has reached none.

    A stage that had come before the duty began is none: whoever is given two days is not told
    at once that there are two days.
    """
    began = duty.opened_at.astimezone(reminding.zone).date()
    reached = [stage for stage in _stages(duty, reminding) if began < stage.day <= on]
    # From the day after the due one nobody is told that something is due soon.
    if on > duty.due_on:
        reached = [stage for stage in reached if stage.late]
    return max(reached, key=lambda stage: stage.day, default=None)


def _stages(duty: Open, reminding: Reminding) -> Iterator[_Stage]:
    for days in reminding.before:
        yield _Stage(name=f"before-{days}", late=False, day=reminding.calendar.after(duty.due_on, -days))
    for days in reminding.after:
        yield _Stage(name=f"after-{days}", late=True, day=reminding.calendar.after(duty.due_on, days))


def _reminders(connection: Connection, row: DutyRow, duty: Open, stage: _Stage) -> Iterator[ComposeNotice]:
    line = _LINES.get(duty.duty)
    if line is None:
        return
    kind = line.late if stage.late else line.soon
    label = f"{duty.duty}/{stage.name}"
    facts = {"title_en": row.title_en, "title_ms": row.title_ms}
    facts |= {"due_on": duty.due_on.isoformat(), "duty": duty.duty}
    for person_id, (role, provider_id) in _people(connection, row, line).items():
        yield ComposeNotice(
            notice_id=notice_id_of(duty.opened_by, kind, person_id, label),
            letter_id=letter_id_of(duty.opened_by, kind, label),
            kind=kind,
            person_id=person_id,
            role=role,
            provider_id=provider_id,
            about=row.about,
            cause_id=duty.opened_by,
            stage=label,
            facts=tuple(Fact(name, value) for name, value in facts.items() if value is not None),
            due_on=duty.due_on,
        )


def _people(connection: Connection, row: DutyRow, line: Line) -> dict[str, tuple[Role | None, str | None]]:
    found: dict[str, tuple[Role | None, str | None]] = {}
    if line.person is not None:
        for person_id in readers_by_id(connection, [row.person_id] if row.person_id else []):
            found[person_id] = (line.roles[0], None)
        return found
    for role in line.roles:
        provider_id = row.provider_id if role in PROVIDER_ROLES else None
        # A provider that is not known has no officers; the agency's offices need none.
        if provider_id is None and role in PROVIDER_ROLES:
            continue
        for reader in holders_of(connection, role, provider_id):
            found.setdefault(reader.person_id, (role, provider_id))
    return found
