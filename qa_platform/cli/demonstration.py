"""The demo, put into a database: which plan, which standard, which clock, and where its tokens go."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from psycopg import Connection

from qa_platform import app
from qa_platform.cli.console import Report
from qa_platform.cli.failures import Failed
from qa_platform.config import Settings
from qa_platform.decisions.read_model import DECISIONS
from qa_platform.scheduling import journey, notices
from qa_platform.simulation.acts import Act
from qa_platform.simulation.agency import Plan
from qa_platform.simulation.run import Played, SimulatedClock, run
from qa_platform.simulation.tokens import write_tokens
from qa_platform.standards.commands import PublishRubric
from qa_platform.standards.imports import publication


def is_empty(settings: Settings) -> bool:
    """Return whether nothing has happened in a database yet."""
    ledger = app.ledger_of(settings)
    try:
        with ledger.reading() as connection:
            return not connection.scalar(sa.text("SELECT EXISTS (SELECT FROM ledger.events)"))
    finally:
        ledger.engine.dispose()


def a_decided_case(settings: Settings) -> str | None:
    """Return a case whose decision is out, to show how a case is replayed; None where there is none."""
    decisions = DECISIONS.table
    latest = sa.select(decisions.c.submission_id).where(decisions.c.released_on.is_not(None))
    ledger = app.ledger_of(settings)
    try:
        with ledger.reading() as connection:
            return connection.scalar(latest.order_by(decisions.c.released_on.desc()).limit(1))
    finally:
        ledger.engine.dispose()


def load_demo(settings: Settings, report: Report, *, cases: int = 60, seed: int = 1) -> Played:
    """Play a simulated agency into a database, up to today, and write its tokens into their file.

    `report` is told how many days of it have gone by.
    """
    today = datetime.now(settings.agency_time_zone).date()
    plan = Plan(seed=seed, cases=cases, until=today, standard=_standard(settings), deadlines=settings.deadlines)
    ledger = app.ledger_of(settings, clock=SimulatedClock())

    def tell(act: Act) -> None:
        report("Simulating, day by day", _days(plan, act.at.date()), _days(plan, plan.until))

    sa.event.listen(ledger.engine, "connect", _do_not_wait_for_the_disk)
    settling = journey.Settling(ledger, settings.register_prefix)
    # People are told on the day it happened, and nothing is mailed: their addresses are nobody's.
    telling = notices.Settling(ledger, zone=settings.agency_time_zone)

    def react() -> None:
        settling.settle()
        telling.settle()

    try:
        played = run(ledger, plan, react=react, progress=tell)
        settling.release()
        telling.release()
    finally:
        ledger.engine.dispose()
    write_tokens(settings.demo_tokens_file, played.tokens)
    return played


def _do_not_wait_for_the_disk(connection: Connection[Any], _record: object) -> None:
    # A thousand commits need not each reach the disk: a demo that a power cut breaks off is loaded anew.
    connection.execute("SET synchronous_commit TO off")
    connection.commit()


def _days(plan: Plan, until: date) -> int:
    return max((until - plan.opens_on).days, 0)


def _standard(settings: Settings) -> PublishRubric:
    file = max((settings.rubrics_folder / settings.standard_id).glob("*.yaml"), key=_version, default=None)
    if file is None:
        raise Failed(
            f"There is no standard “{settings.standard_id}” in “{settings.rubrics_folder}”. "
            "Correct STANDARD_ID or RUBRICS_FOLDER, then try again."
        )
    return publication(
        file.read_bytes().decode("utf-8"), standard_id=settings.standard_id, version=file.stem, file=str(file)
    )


def _version(file: Path) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else -1 for part in file.stem.split("."))
