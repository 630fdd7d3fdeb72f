from __future__ import annotations

import time

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from qa_platform.ledger.lease import LeaseLost
from qa_platform.ledger.ledger import StreamMoved
from qa_platform.ledger.sequencer import drain
from qa_platform.ledger.subscription import SubscriberStopped, Subscription, lags
from tests.ledger.shelf import AddBook


@pytest.fixture
def full(ledger):
    """Return a ledger with ten events in order, and a table for the effects of a subscriber."""
    ledger.execute_together([AddBook(shelf="a", title=str(n)) for n in range(10)], actor="tester")
    drain(ledger.engine)
    with ledger.engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE read_models.effects (position bigint)"))
    return ledger


def note(connection: sa.Connection, recorded: list) -> None:
    connection.execute(
        sa.text("INSERT INTO read_models.effects VALUES (:position)"), [{"position": one.position} for one in recorded]
    )


def effects(ledger) -> list[int]:
    with ledger.reading() as connection:
        return list(connection.scalars(sa.text("SELECT position FROM read_models.effects ORDER BY 1")))


def test_pages_come_in_order_and_the_bookmark_moves_with_the_effect(full):
    subscription = Subscription(full, "notes", "me")

    assert [subscription.step(note, page=4) for _ in range(4)] == [4, 4, 2, 0]
    assert effects(full) == list(range(10))


def test_an_effect_that_fails_leaves_neither_trace_nor_movement_and_stops_the_subscriber(full):
    subscription = Subscription(full, "notes", "me")
    subscription.step(note, page=4)

    def fail(connection: sa.Connection, recorded: list) -> None:
        note(connection, recorded)
        raise RuntimeError("the printer is on fire")

    with pytest.raises(SubscriberStopped, match=r"position 4: RuntimeError at test_subscription.py:\d+"):
        subscription.step(fail, page=4)
    assert effects(full) == [0, 1, 2, 3]
    with full.reading() as connection:
        (lag,) = (lag for lag in lags(connection) if lag.subscriber == "notes")
    assert (lag.position, lag.behind) == (4, 6)
    assert "position 4: RuntimeError" in lag.failure
    assert "on fire" not in lag.failure

    with pytest.raises(SubscriberStopped, match="position 4"):
        Subscription(full, "notes", "me").acquire()
    subscription.resume()
    subscription.step(note)
    assert effects(full) == list(range(10))


def test_an_effect_that_fails_for_want_of_the_database_is_asked_for_again(full):
    subscription = Subscription(full, "notes", "me")

    def cut_off_elsewhere(connection: sa.Connection, recorded: list) -> None:
        note(connection, recorded)
        with full.engine.begin() as other:
            other.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))

    def cut_off_here(connection: sa.Connection, recorded: list) -> None:
        note(connection, recorded)
        connection.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))

    def lose_every_race(_connection: sa.Connection, _recorded: list) -> None:
        raise StreamMoved("Nothing was saved: too many people are changing this at once.")

    for passing in (cut_off_elsewhere, cut_off_here):
        with pytest.raises(OperationalError):
            subscription.step(passing)
    with pytest.raises(StreamMoved):
        subscription.step(lose_every_race)

    assert subscription.step(note) == 10
    assert effects(full) == list(range(10))


def test_only_one_owner_follows_at_a_time(full):
    mine, other = Subscription(full, "notes", "me"), Subscription(full, "notes", "other")
    assert mine.acquire()

    assert not other.acquire()
    assert other.step(note) == 0
    mine.release()
    assert other.acquire()


def test_an_owner_that_slept_past_its_lease_must_not_write(full):
    """A paused worker wakes after another took over: its epoch is old, so nothing it does is kept."""
    sleeper = Subscription(full, "notes", "sleeper", lease_seconds=0.05)
    sleeper.step(note, page=4)
    time.sleep(0.1)
    other = Subscription(full, "notes", "other")
    assert other.acquire()
    other.step(note, page=2)

    with pytest.raises(LeaseLost):
        sleeper.step(note, page=4)
    assert effects(full) == list(range(6))


def test_a_name_followed_again_by_the_same_owner_after_its_lease_ran_out_gets_a_new_epoch(full):
    first = Subscription(full, "notes", "me", lease_seconds=0.05)
    first.acquire()
    time.sleep(0.1)
    Subscription(full, "notes", "me").acquire()

    with pytest.raises(LeaseLost):
        first.step(note)
