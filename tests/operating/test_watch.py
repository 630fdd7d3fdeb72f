from __future__ import annotations

import pytest
import sqlalchemy as sa

from qa_platform.ledger.lease import Lease
from qa_platform.ledger.sequencer import drain
from qa_platform.ledger.subscription import SubscriberStopped, Subscription
from qa_platform.operating.watch import Subscriber, Watch, watching_engine
from tests.submissions.lodging import accept
from tests.whole import whole_ledger

NOBODY = sa.make_url("postgresql+psycopg://nobody@127.0.0.1:1/none")


@pytest.fixture
def ledger(database):
    with whole_ledger(database) as ledger:
        yield ledger


@pytest.fixture
def look(ledger):
    """Look anew whenever it is called."""
    watch = Watch(ledger.engine.url, kept_seconds=0)
    return watch.look


def tamper(database, statement: str) -> None:
    engine = sa.create_engine(database.superuser_url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text(statement))


def test_a_look_tells_what_waits_and_for_how_long(ledger, look):
    assert (look().head, look().unsequenced, look().oldest_unsequenced_seconds) == (0, 0, 0)

    accept(ledger)
    waiting = look()
    given = drain(ledger.engine)

    assert waiting.unsequenced == given
    assert waiting.oldest_unsequenced_seconds > 0
    assert (look().head, look().unsequenced, look().missing) == (given, 0, 0)


def test_an_event_without_a_place_is_missing(ledger, look, database):
    accept(ledger)
    tamper(database, "DELETE FROM ledger.unsequenced WHERE id = (SELECT min(id) FROM ledger.unsequenced)")

    assert look().missing == 1


def test_an_event_that_was_deleted_is_missed(ledger, look, database):
    accept(ledger)
    drain(ledger.engine)
    tamper(
        database,
        "ALTER TABLE ledger.events DISABLE TRIGGER ALL; "
        "DELETE FROM ledger.events WHERE id = (SELECT max(id) - 1 FROM ledger.events)",
    )

    assert look().missing == -1


def test_a_subscriber_is_held_behind_and_stopped_as_its_bookmark_says(ledger, look):
    accept(ledger)
    total = drain(ledger.engine)
    with pytest.raises(SubscriberStopped):
        Subscription(ledger, "journey", "me").step(lambda *_: {}["missing"])
    Lease(ledger.engine, "lease:jobs", "me", seconds=-1).acquire()

    assert look().subscribers == (
        Subscriber(name="journey", behind=total, stopped=True, held=True),
        Subscriber(name="lease:jobs", behind=total, stopped=False, held=False),
        # It is there from the migration on, and nobody has begun to tell.
        Subscriber(name="notices", behind=total, stopped=False, held=False),
    )


def test_a_database_that_does_not_answer_is_no_error_of_the_looker():
    assert Watch(NOBODY).look() is None


def test_many_who_ask_at_once_are_told_of_one_look(ledger):
    now = 0.0
    watch = Watch(ledger.engine.url, kept_seconds=3, clock=lambda: now)
    first = watch.look()
    accept(ledger)

    now = 2.9
    assert watch.look() is first
    now = 3.0
    assert watch.look().unsequenced > first.unsequenced


def test_who_looks_can_change_nothing(ledger):
    with watching_engine(ledger.engine.url).connect() as connection, pytest.raises(sa.exc.InternalError):
        connection.execute(sa.text("DELETE FROM operations.bookmarks"))
