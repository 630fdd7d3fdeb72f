"""A million events of the whole platform: a simulated agency, and its events again and again under new ids.

Every UUID in a record becomes another one, the same wherever it stands in one repetition, so
that streams, cases, people and read models' rows are as many as in so many real agencies.
Streams that carry no UUID (the standard, the register's numbering) are there once. What does
not hold in a repetition: leaves are the SHA-256 of the record's bytes instead of the leaf
hash, and sealed fields could not be opened. A rebuild looks at neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

import psycopg
from uuid_utils import uuid7

from benchmarks.filling import place
from benchmarks.server import ROOT, Database
from qa_platform import app
from qa_platform.ledger.rebuild import rebuild_stale
from qa_platform.ledger.tables import open_engine
from qa_platform.scheduling.journey import Settling
from qa_platform.simulation.agency import Plan
from qa_platform.simulation.run import SimulatedClock, run
from qa_platform.standards.imports import publication
from qa_platform.web.deadlines import Deadlines

_RUBRIC = ROOT / "rubrics" / "nmcs" / "0.1.0.yaml"
_SEED = 1
_KEK = bytes(range(32))
_DEADLINES = Deadlines(
    returned_working_days=10,
    extension_working_days=10,
    appeal_calendar_days=30,
    longest_validity_months=36,
    recognition_months=36,
    condition_months=6,
    critical_condition_months=3,
    condition_check_working_days=15,
    condition_extension_months=3,
    closing_document_working_days=5,
    recognition_renewal_months=6,
    recognition_answer_working_days=20,
    information_working_days=10,
    committee_quorum=3,
    deferral_calendar_days=30,
    consent_working_days=10,
)
_ID = re.compile(r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")
# Stands in no value, so that one join and one split serve all columns of an event.
_BETWEEN = "\x1f"
_TAKE = """
SELECT concat_ws(E'\\x1f', event_id, stream, version, name, record, coalesce(case_id, ''), actor, recorded_at,
                 coalesce(cause, ''))
FROM ledger.events ORDER BY id
"""
_COPY = (
    "COPY ledger.events (event_id, stream, version, name, record, case_id, actor, recorded_at, cause, leaf) FROM STDIN"
)


class Demo:
    """The events of a simulated agency, as a pattern that can be repeated."""

    def __init__(self, rows: list[str]) -> None:
        """Take the events' columns, joined."""
        self._patterns = [_ID.split(row) for row in rows]
        self._ids = sorted({part for pattern in self._patterns for part in pattern[1::2]})
        self._repeated = [pattern for pattern in self._patterns if _ID.search(_columns(pattern, {})[1])]
        self._times = 0

    def __len__(self) -> int:
        """Return how many events the agency has."""
        return len(self._patterns)

    def fill(self, database: Database, events: int) -> int:
        """Repeat it into a database up to so many events; return how many there are, each with its position."""
        with psycopg.connect(database.plain) as connection:
            there = _count(connection)
            with connection.cursor().copy(_COPY) as copy:
                while there < events:
                    for row in self._repetition():
                        copy.write_row(row)
                        there += 1
            place(connection)
        return there

    def _repetition(self) -> Iterator[tuple[object, ...]]:
        """Give the columns of all events under ids of their own; the first time as they are."""
        ids = {one: str(uuid7()) for one in self._ids} if self._times else {}
        patterns = self._repeated if self._times else self._patterns
        self._times += 1
        for pattern in patterns:
            columns = _columns(pattern, ids)
            leaf = sha256(columns[4].encode()).digest()
            yield (*columns[:5], columns[5] or None, columns[6], columns[7], columns[8] or None, leaf)


def play(database: Database, cases: int) -> Demo:
    """Play an agency with as many cases into an empty ledger, through the commands that people use."""
    ledger = app.open_ledger(open_engine(database.application_url), _KEK, clock=SimulatedClock())
    rebuild_stale(ledger)
    standard = publication(_RUBRIC.read_text("utf-8"), standard_id="nmcs", version="0.1.0", file=str(_RUBRIC))
    plan = Plan(seed=_SEED, cases=cases, until=date(2026, 11, 23), standard=standard, deadlines=_DEADLINES)
    settling = Settling(ledger, "MY-MC")
    run(ledger, plan, react=settling.settle)
    ledger.engine.dispose()
    with psycopg.connect(database.plain) as connection:
        return Demo([row for (row,) in connection.execute(_TAKE)])


def _columns(pattern: list[str], ids: dict[str, str]) -> list[str]:
    # A split by a pattern with one group leaves texts at even places and ids at odd ones.
    return "".join(ids.get(part, part) if number % 2 else part for number, part in enumerate(pattern)).split(_BETWEEN)


def _count(connection: psycopg.Connection) -> int:
    row = connection.execute("SELECT count(*) FROM ledger.events").fetchone()
    return int(row[0]) if row else 0
