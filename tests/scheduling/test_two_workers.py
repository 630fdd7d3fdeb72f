"""Every job of the worker, run by two at once and once more: what it brings is brought once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from threading import Barrier, BrokenBarrierError, Thread, local
from typing import cast

import msgspec
import pytest
import sqlalchemy as sa

from qa_platform.app import jobs_of
from qa_platform.config import load_settings
from qa_platform.ledger.lease import Lease
from qa_platform.ledger.ledger import Ledger
from tests import servers
from tests.journeys.clock import Clock
from tests.scheduling.stages import STAGES, USUAL
from tests.whole import whole_ledger


def at(year: int, month: int, day: int, hour: int = 2) -> datetime:
    """Return a time in UTC; two o'clock is ten in the morning at the agency."""
    return datetime(year, month, day, hour, tzinfo=UTC)


# Of each job: a time at which it has something to do, and what it brings, counted.
BRINGS: dict[str, tuple[datetime, dict[str, int]]] = {
    "assign cases by default": (at(2026, 11, 24), {"centre.case_assigned.v1": 1}),
    "hand over cases left behind": (at(2026, 11, 24), {"centre.case_moved.v1": 1}),
    "close unanswered queries": (at(2026, 12, 2), {"query.unanswered.v1": 1}),
    "mark late reviews": (at(2027, 1, 15), {"review.overdue.v1": 3}),
    "lapse overdue submissions": (at(2026, 12, 9), {"submission.lapsed.v1": 1}),
    "end expired listings": (at(2029, 1, 1), {"component.listing_ended.v1": 1}),
    "remind of what is due": (at(2026, 12, 7), {"notice.issued.v1": 1}),
    "remind of reviews": (at(2026, 12, 1), {"notice.issued.v1": 1}),
    "clear old deliveries": (at(2027, 3, 1), {"operations.deliveries": -1}),
    "lapse overdue conditions": (at(2027, 5, 21), {"condition.lapsed.v1": 1}),
    "set conditions of old decisions": (at(2026, 11, 24), {"condition.set.v1": 1}),
    "raise recalibrations": (at(2029, 3, 1), {"reviewer.recalibration_due.v1": 1}),
    "lapse unanswered applications": (at(2026, 12, 9), {"provider.application_lapsed.v1": 1}),
    "expire recognitions": (at(2029, 11, 24), {"provider.recognition_expired.v1": 1}),
    "let silence agree to scores": (at(2026, 11, 27), {"panel.score_carried.v1": 1, "panel.criterion_settled.v1": 1}),
    "close factual checks": (at(2026, 12, 9), {"panel.factual_check_closed.v1": 1}),
    "remind reviewers": (at(2026, 11, 25), {"panel.reviewer_reminded.v1": 4}),
    "replace late reviewers": (
        at(2026, 12, 7),
        {
            "panel.reviewer_stood_down.v1": 2,
            "panel.allocation_made.v1": 1,
            "panel.proposed.v1": 1,
            "panel.proposal_confirmed.v1": 1,
            "panel.reviewer_assigned.v1": 2,
        },
    ),
    # Three in the morning at the agency.
    "check the invariants": (at(2026, 11, 24, 19), {"operations.checks": 1}),
}
SETTINGS = msgspec.structs.replace(load_settings(), default_centre_id=USUAL)


class Unled:
    """Stands for a lease that everybody has: that a thing is done once must not rest on there being one worker.

    The first effect of each of two workers waits for that of the other: both have asked what is due by then.
    """

    name = "nobody's"

    def __init__(self) -> None:
        """Let two meet."""
        self._meeting = Barrier(2)
        self._met = local()

    def acquire(self) -> bool:
        """Return that the lead is ours."""
        return True

    def check(self, _connection: sa.Connection) -> int:
        """Wait for the other, who may be held up behind the very rows of this transaction."""
        if not getattr(self._met, "yes", False):
            self._met.yes = True
            with suppress(BrokenBarrierError):
                self._meeting.wait(0.2)
        return 0


@pytest.fixture
def due(request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """Give a ledger in which everything is due, on the day of a job."""
    with servers.fresh_database(filled=STAGES) as database, whole_ledger(database, Clock(request.param)) as ledger:
        yield ledger


def standing(ledger: Ledger) -> Counter[str]:
    """Return how often what happened: events by name, and rows that are no events."""
    with ledger.reading() as connection:
        events = connection.execute(sa.text("SELECT name, count(*) AS number FROM ledger.events GROUP BY name"))
        counted = {row.name: row.number for row in events}
        for table in ("operations.deliveries", "operations.checks"):
            counted[table] = connection.scalar(sa.text(f"SELECT count(*) FROM {table}"))
    return Counter(counted)


def work(ledger: Ledger, job: str, lease: Unled, failures: list[Exception]) -> None:
    try:
        jobs_of(SETTINGS, ledger.clock)[job](ledger, cast("Lease", lease))
    except Exception as failure:  # noqa: BLE001 -- told by the test, for a thread's own are lost
        failures.append(failure)


def changed(before: Counter[str], ledger: Ledger) -> dict[str, int]:
    after = standing(ledger)
    return {name: after[name] - before[name] for name in before | after if after[name] != before[name]}


@pytest.mark.parametrize(
    ("due", "job", "brings"),
    [pytest.param(when, job, brings, id=job) for job, (when, brings) in BRINGS.items()],
    indirect=["due"],
)
def test_what_a_job_brings_two_workers_at_once_bring_once_and_a_third_run_brings_no_more(due, job, brings):
    before, lease = standing(due), Unled()
    failures: list[Exception] = []
    workers = [Thread(target=work, args=(due, job, lease, failures)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert failures == []
    assert changed(before, due) == brings
    work(due, job, lease, failures)
    assert (changed(before, due), failures) == (brings, [])


def test_every_job_of_the_worker_is_tried():
    """A new job gets something that is due in the stages, and its line."""
    assert set(BRINGS) == set(jobs_of(SETTINGS))
