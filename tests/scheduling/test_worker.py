from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from qa_platform.app import open_ledger
from qa_platform.ledger.lease import Lease
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.sequencer import drain, figures
from qa_platform.ledger.subscription import SubscriberStopped, Subscription, lags
from qa_platform.ledger.tables import open_engine
from qa_platform.scheduling import journey
from qa_platform.scheduling.worker import LEADER, Worker
from tests.submissions.factories import SUBMISSION
from tests.submissions.lodging import accept
from tests.usual import REGISTER_PREFIX
from tests.whole import KEK, whole_ledger

PANEL = f"panel-{SUBMISSION}"


@contextmanager
def working(ledger: Ledger, **jobs: Callable) -> Iterator[Worker]:
    worker = Worker(ledger, jobs, register_prefix=REGISTER_PREFIX)
    thread = threading.Thread(target=worker.run)
    thread.start()
    try:
        yield worker
    finally:
        worker.stop()
        thread.join(20)
        assert not thread.is_alive()


def wait_for(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return False


def test_a_worker_gives_positions_and_carries_cases_on(database):
    with whole_ledger(database) as ledger, working(ledger):
        accept(ledger)

        assert wait_for(lambda: bool(ledger.read_stream(PANEL)))
        (opened,) = ledger.read_stream(PANEL)
        assert opened.actor == "system:journey"
        assert opened.cause == ledger.read_stream(f"submission-{SUBMISSION}")[-1].id

        def all_done() -> bool:
            with ledger.reading() as connection:
                return figures(connection).unsequenced == 0 and all(
                    lag.behind == 0 for lag in lags(connection) if lag.subscriber == journey.SUBSCRIBER
                )

        assert wait_for(all_done)


def test_two_workers_open_one_panel_and_the_second_takes_over_from_the_first(database):
    with whole_ledger(database) as one, whole_ledger(database) as two, working(two):
        with working(one):
            accept(one)
            assert wait_for(lambda: bool(one.read_stream(PANEL)))
        time.sleep(0.5)
        assert len(two.read_stream(PANEL)) == 1


def test_the_journey_delivered_again_from_the_start_changes_nothing(database):
    with whole_ledger(database) as ledger:
        accept(ledger)
        journey.settle(ledger, REGISTER_PREFIX)
        with ledger.engine.begin() as connection:
            connection.execute(sa.text("UPDATE operations.bookmarks SET position = 0"))
            before = figures(connection).events

        journey.settle(ledger, REGISTER_PREFIX)
        drain(ledger.engine)

        with ledger.reading() as connection:
            assert figures(connection).events == before


def test_jobs_run_at_once_for_the_leader_and_not_for_another(database):
    ran: list[str] = []
    with whole_ledger(database) as ledger:
        assert Lease(ledger.engine, LEADER, "somebody else").acquire()
        with working(ledger, idle=lambda _ledger, _lease: ran.append("while led by another")):
            time.sleep(0.3)
        with ledger.engine.begin() as connection:
            connection.execute(sa.text("UPDATE operations.bookmarks SET lease_until = now() - interval '1 s'"))
        with working(ledger, idle=lambda _ledger, _lease: ran.append("leading")):
            assert wait_for(lambda: bool(ran))

    assert ran == ["leading"]


def test_a_worker_that_finds_no_free_connection_tries_again(database, caplog):
    engine = open_engine(database.application_url, connections=1, at_most=5, patience_seconds=0.1)
    with whole_ledger(database) as other:
        ledger = open_ledger(engine, KEK)
        taken = [engine.connect() for _ in range(5)]
        with working(ledger):
            assert wait_for(lambda: {"sequence", "follow"} <= {one.args[0] for one in caplog.records if one.args})
            for connection in taken:
                connection.close()
            accept(other)

            assert wait_for(lambda: bool(other.read_stream(PANEL)))
    engine.dispose()


def test_a_job_that_fails_ends_neither_the_worker_nor_the_other_jobs(database, caplog):
    ran: list[str] = []

    def fail(_ledger: Ledger, _lease: Lease) -> None:
        raise ValueError("the calendar is upside down")

    with whole_ledger(database) as ledger, working(ledger, broken=fail, sound=lambda *_: ran.append("sound")):
        assert wait_for(lambda: bool(ran))

    assert "job broken failed" in caplog.text


def test_who_stops_leaves_the_lead_to_the_next_at_once(database):
    ran: list[str] = []
    with whole_ledger(database) as ledger:
        for name in ("first", "second"):
            with working(ledger, job=lambda *_, name=name: ran.append(name)):
                assert wait_for(lambda name=name: name in ran)


def test_a_stopped_journey_goes_on_once_it_is_resumed(database):
    with whole_ledger(database) as ledger:
        accept(ledger)
        drain(ledger.engine)
        with pytest.raises(SubscriberStopped):
            Subscription(ledger, journey.SUBSCRIBER, "me", lease_seconds=0).step(lambda *_: {}["missing"])

        with working(ledger) as worker:
            time.sleep(0.5)
            assert ledger.read_stream(PANEL) == []
            worker.resume()
            assert wait_for(lambda: bool(ledger.read_stream(PANEL)))


def test_a_job_that_takes_long_loses_the_lead_when_its_worker_is_told_to_stop(database):
    began, ended = threading.Event(), threading.Event()

    def endless(_ledger: Ledger, lease: Lease) -> None:
        began.set()
        while lease.acquire():
            time.sleep(0.01)
        ended.set()

    with whole_ledger(database) as ledger, working(ledger, endless=endless):
        assert began.wait(20)

    assert ended.is_set()
