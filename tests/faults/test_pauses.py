from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from qa_platform.ledger.lease import LeaseLost
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.sequencer import drain, figures
from qa_platform.ledger.subscription import Subscription
from qa_platform.scheduling import journey
from tests.faults.follower import EFFECTS, Follower, follower, wait_until_paused
from tests.servers import Database
from tests.submissions.lodging import accept
from tests.usual import REGISTER_PREFIX
from tests.whole import whole_ledger

PATIENCE = 60


def pause_and_wake(database: Database, pauses: str, *, fenced: bool) -> tuple[str, list[tuple[int, str]], int]:
    """Pause one follower until another has done all the work; return its end, all effects, and the head."""
    url = database.application_url
    with whole_ledger(database) as ledger:
        accept(ledger)
        head = drain(ledger.engine)
        with follower(url, "paused", pauses, fenced=fenced) as paused:
            wait_until_paused(paused)
            second = Follower(url, "second")
            second.follow()
            second.engine.dispose()
            paused.resume()
            said = paused.communicate(timeout=PATIENCE)[0]
        with ledger.reading() as connection:
            return said, [tuple(row) for row in connection.execute(EFFECTS)], head


@pytest.mark.parametrize(("pauses", "first"), [("between", 3), ("inside", 0)])
def test_a_worker_that_wakes_after_its_lease_writes_nothing(database, pauses, first):
    said, effects, head = pause_and_wake(database, pauses, fenced=True)

    assert said == "lease lost\n"
    assert [position for position, _ in effects] == list(range(head))
    assert [owner for _, owner in effects] == ["paused"] * first + ["second"] * (head - first)


def test_a_worker_without_the_fence_is_seen_to_write_twice(database):
    """The positive control of the test above: it can see a write that should not be."""
    _, effects, head = pause_and_wake(database, "inside", fenced=False)

    positions = [position for position, _ in effects]
    assert sorted(set(positions)) == list(range(head))
    assert len(positions) > head


def test_a_woken_journey_executes_no_command_of_a_page_that_another_took_over(database):
    """Its commands have transactions of their own, which the loss of the bookmark's session does not end."""
    with whole_ledger(database) as one, whole_ledger(database) as two:
        accept(one)
        drain(one.engine)
        before = counted(one)
        first = Subscription(one, journey.SUBSCRIBER, "first", lease_seconds=0)
        second = Subscription(two, journey.SUBSCRIBER, "second")
        one.read_case = after(lambda: take_over(database, second), one.read_case)

        with pytest.raises((DBAPIError, LeaseLost)):
            journey.follow(one, first, REGISTER_PREFIX)
        assert counted(one) == before

        assert journey.follow(two, second, REGISTER_PREFIX)
        assert counted(one) == before + 1


def take_over(database: Database, subscription: Subscription) -> None:
    """End the session in which the bookmark is held, as a server that has waited for long does, and take the lease."""
    engine = sa.create_engine(database.superuser_url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        assert connection.scalars(END_WAITING).all() == [True]
    assert subscription.acquire()


def after(first: Callable[[], None], then: Callable[..., Any]) -> Callable[..., Any]:
    """Return what lets something happen before it does what it was to do."""

    def both(*words: Any, **more: Any) -> Any:
        first()
        return then(*words, **more)

    return both


def counted(ledger: Ledger) -> int:
    with ledger.reading() as connection:
        return figures(connection).events


END_WAITING = sa.text(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
    "WHERE datname = current_database() AND state = 'idle in transaction'"
)
