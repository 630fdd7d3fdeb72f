from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from typing import Any

import pytest
import sqlalchemy as sa

from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.outcome import Key
from qa_platform.ledger.sequencer import drain, figures
from qa_platform.submissions.events.content import CoursePatch
from tests.faults.clock import FalseClock, why_no_clock
from tests.faults.follower import LEASE_SECONDS, SUBSCRIBER, follower, wait_until_paused
from tests.submissions.factories import SUBMISSION, ChangeContentFactory, DraftSubmissionFactory
from tests.whole import whole_ledger

falsified = pytest.mark.skipif(why_no_clock() is not None, reason=why_no_clock() or "")

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
OFFICER = "provider_officer:test"


class Clock:
    """A clock that goes a minute for each question, and can be set."""

    def __init__(self) -> None:
        self.ahead = timedelta()
        self._minutes = count()

    def __call__(self) -> datetime:
        return NOON + timedelta(minutes=next(self._minutes)) + self.ahead


def write_while_set_back(ledger: Ledger, clock: Clock) -> None:
    """Change a draft from noon on, twice more an hour earlier, and once at the right time again."""
    ledger.execute(DraftSubmissionFactory(), actor=OFFICER)
    for number, hours in enumerate((0, -1, -1, 0)):
        clock.ahead = timedelta(hours=hours)
        ledger.execute(ChangeContentFactory(content=CoursePatch(synopsis=f"words {number}")), actor=OFFICER)
        drain(ledger.engine)


def minutes(recorded: list[Any]) -> list[int]:
    return [int((one.at - NOON).total_seconds()) // 60 for one in recorded]


def test_order_is_that_of_positions_also_where_the_clock_went_back(database):
    clock = Clock()
    with whole_ledger(database, clock) as ledger:
        write_while_set_back(ledger, clock)

        case = ledger.read_case(SUBMISSION)
        with ledger.reading() as connection:
            assert figures(connection).missing == 0
    assert [one.position for one in case] == [0, 1, 2, 3, 4]
    assert [one.version for one in case] == [1, 2, 3, 4, 5]
    assert minutes(case) == [0, 1, -58, -57, 4]


def test_who_goes_by_time_is_seen_to_get_another_order(database):
    """The positive control of the test above."""
    clock = Clock()
    with whole_ledger(database, clock) as ledger:
        write_while_set_back(ledger, clock)
        by_time = sorted(ledger.read_case(SUBMISSION), key=lambda one: one.at)

    assert any(one.version > other.version for one, other in pairwise(by_time))


@pytest.mark.parametrize(("at", "events"), [(-59, 0), (-58, 3), (-1, 4), (1, 4), (3, 4), (4, 5)])
def test_a_case_as_of_an_instant_has_no_holes_where_the_clock_went_back(database, at, events):
    """All up to the last position recorded at or before it: what came before that position came before."""
    clock = Clock()
    with whole_ledger(database, clock) as ledger:
        write_while_set_back(ledger, clock)

        case = ledger.read_case(SUBMISSION, until=NOON + timedelta(minutes=at))

    assert [one.position for one in case] == list(range(events))


def test_a_key_answers_as_the_first_time_also_an_hour_earlier(database):
    clock = Clock()
    key = Key(actor="test", route="POST /submissions", key="one", fingerprint="same")
    with whole_ledger(database, clock) as ledger:
        first = ledger.execute(DraftSubmissionFactory(), actor=OFFICER, key=key)
        clock.ahead = timedelta(hours=-1)

        again = ledger.execute(DraftSubmissionFactory(), actor=OFFICER, key=key)

    assert again.replayed
    assert again.recorded == first.recorded


@falsified
def test_a_program_sees_its_clock_set_while_it_runs_and_its_patience_unchanged(tmp_path):
    clock = FalseClock(tmp_path)
    asks = "import sys, time\nfor _ in sys.stdin: print(time.time(), time.monotonic(), flush=True)"
    command = [sys.executable, "-c", asks]
    with subprocess.Popen(
        command, env=clock.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as program:

        def ask() -> tuple[float, float]:
            program.stdin.write("\n")
            program.stdin.flush()
            wall, monotonic = program.stdout.readline().split()
            return float(wall), float(monotonic)

        before = ask()
        clock.set_seconds(-3_600)
        after = ask()
        program.stdin.close()

    assert -3_600 <= after[0] - before[0] < -3_000
    assert 0 <= after[1] - before[1] < 600


@falsified
def test_a_lease_goes_by_the_clock_of_the_database(database, tmp_path):
    clock = FalseClock(tmp_path)
    clock.set_seconds(3_600)
    with whole_ledger(database) as ledger:
        ledger.execute(DraftSubmissionFactory(), actor=OFFICER)
        drain(ledger.engine)
        with follower(database.application_url, "one", "between", environment=clock.environment) as process:
            wait_until_paused(process)
            with ledger.reading() as connection:
                left = connection.scalar(LEFT, {"subscriber": SUBSCRIBER})
    assert left.total_seconds() <= LEASE_SECONDS
    assert left.total_seconds() > -600


LEFT = sa.text("SELECT lease_until - clock_timestamp() FROM operations.bookmarks WHERE subscriber = :subscriber")
