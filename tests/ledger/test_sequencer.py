from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from qa_platform.kernel.rejected import Rejected
from qa_platform.ledger.sequencer import Sequencer, drain, figures, sequence
from qa_platform.ledger.subscription import Subscription
from tests.ledger.shelf import AddBook

WRITERS = 8
TURNS = 25


def positions(ledger) -> list[tuple[int, str, int]]:
    with ledger.reading() as connection:
        rows = connection.execute(
            sa.text(
                "SELECT p.position, e.stream, e.version FROM ledger.positions p "
                "JOIN ledger.events e USING (id) ORDER BY p.position"
            )
        )
        return [tuple(row) for row in rows]


def assert_in_one_order(ledger, expected: int) -> None:
    """Positions are dense from 0, every event has exactly one, and no stream runs backwards."""
    given = positions(ledger)
    assert [position for position, _, _ in given] == list(range(expected))
    seen: dict[str, int] = {}
    for _, stream, version in given:
        assert version == seen.get(stream, 0) + 1
        seen[stream] = version
    with ledger.reading() as connection:
        assert figures(connection).missing == 0


def write_with_rollbacks(open_ledger) -> int:
    """Append from eight writers at once, a third of them rolled back late; return how many were kept."""

    def write(number: int) -> int:
        chance, ledger, kept = random.Random(number), open_ledger(), 0
        for turn in range(TURNS):
            commands = [
                AddBook(shelf=str(chance.randrange(12)), title=f"{number}.{turn}.{part}")
                for part in range(chance.randrange(1, 4))
            ]

            def linger(_connection: sa.Connection) -> None:
                time.sleep(chance.uniform(0, 0.004))
                if chance.random() < 0.33:
                    raise Rejected("Rolled back.")

            try:
                kept += len(ledger.execute_together(commands, actor="tester", also=linger).recorded)
            except Rejected:
                continue
        return kept

    with ThreadPoolExecutor(WRITERS) as pool:
        return sum(pool.map(write, range(WRITERS)))


def test_positions_are_dense_and_in_stream_order(ledger):
    ledger.execute_together([AddBook(shelf="a", title=str(n)) for n in range(5)], actor="tester")
    ledger.execute(AddBook(shelf="b", title="x"), actor="tester")

    assert drain(ledger.engine) == 6
    assert_in_one_order(ledger, 6)
    assert drain(ledger.engine) == 0


def test_an_event_that_commits_late_gets_a_later_position_and_is_not_lost(ledger, open_ledger):
    started, go_on = threading.Event(), threading.Event()

    def wait(_connection: sa.Connection) -> None:
        started.set()
        go_on.wait(5)

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(open_ledger().execute, AddBook(shelf="slow", title="x"), actor="tester", also=wait)
        assert started.wait(5)
        ledger.execute(AddBook(shelf="quick", title="y"), actor="tester")
        assert drain(ledger.engine) == 1
        go_on.set()
        slow.result(5)
    assert drain(ledger.engine) == 1
    assert [stream for _, stream, _ in positions(ledger)] == ["shelf-quick", "shelf-slow"]


def test_a_subscription_sees_every_committed_event_exactly_once_in_position_order(ledger, open_ledger):
    sequencers = [Sequencer(open_ledger().engine) for _ in range(2)]
    threads = [threading.Thread(target=one.run) for one in sequencers]
    for thread in threads:
        thread.start()
    seen: list[tuple[int, str]] = []
    done = threading.Event()

    def follow() -> None:
        subscription = Subscription(open_ledger(), "reader", "me")
        while not done.is_set() or subscription.step(collect, page=7):
            subscription.step(collect, page=7)

    def collect(_connection: sa.Connection, recorded: list) -> None:
        seen.extend((one.position, one.id) for one in recorded)

    follower = threading.Thread(target=follow)
    follower.start()
    kept = write_with_rollbacks(open_ledger)
    deadline = time.monotonic() + 20
    while len(positions(ledger)) < kept and time.monotonic() < deadline:
        time.sleep(0.01)
    done.set()
    follower.join()
    for one in sequencers:
        one.stop()
    for thread in threads:
        thread.join()

    assert_in_one_order(ledger, kept)
    assert [position for position, _ in seen] == list(range(kept))
    assert len({event for _, event in seen}) == kept


SEQUENCE_FOR_EVER = """
import sys
from qa_platform.ledger.sequencer import Sequencer
from qa_platform.ledger.tables import open_engine
print("running", flush=True)
Sequencer(open_engine(sys.argv[1])).run()
"""


def test_killed_sequencers_and_two_at_once_lose_and_double_nothing(ledger, open_ledger, bare_database):
    """A process is killed again and again while writers write and another sequencer runs beside it."""
    beside = Sequencer(open_ledger().engine)
    thread = threading.Thread(target=beside.run)
    thread.start()
    stop, kills = threading.Event(), []

    def kill_again_and_again() -> None:
        while not stop.is_set():
            child = subprocess.Popen(
                [sys.executable, "-c", SEQUENCE_FOR_EVER, bare_database.application_url],
                cwd=Path(__file__).parents[2],
                stdout=subprocess.PIPE,
            )
            child.stdout.readline()
            time.sleep(0.03)
            child.send_signal(signal.SIGKILL)
            kills.append(child.wait())
            child.stdout.close()

    killer = threading.Thread(target=kill_again_and_again)
    killer.start()
    kept = sum(write_with_rollbacks(open_ledger) for _ in range(2))
    stop.set()
    killer.join()
    beside.stop()
    thread.join()
    drain(ledger.engine)

    assert kills
    assert set(kills) == {-signal.SIGKILL}
    assert_in_one_order(ledger, kept)


def test_a_sequencer_that_dies_within_a_batch_leaves_the_batch_for_the_next(ledger):
    ledger.execute_together([AddBook(shelf="a", title=str(n)) for n in range(5)], actor="tester")

    class Killed(Exception):
        pass

    def die_within_a_batch() -> None:
        with ledger.engine.begin() as connection:
            assert sequence(connection, limit=3) == 3
            raise Killed

    with pytest.raises(Killed):
        die_within_a_batch()
    assert positions(ledger) == []
    assert drain(ledger.engine) == 5
    assert_in_one_order(ledger, 5)
