from __future__ import annotations

import pytest

from qa_platform import app
from qa_platform.config import load_settings
from qa_platform.ledger.sequencer import drain
from qa_platform.ledger.subscription import Subscription
from qa_platform.operating.readiness import readiness
from qa_platform.operating.watch import Watch
from tests.operating.test_watch import tamper
from tests.submissions.lodging import accept
from tests.whole import whole_ledger


@pytest.fixture
def platform(database, monkeypatch):
    """Give a platform with a worker at work, whose readiness is looked up anew each time."""
    monkeypatch.setenv("READY_LAG_EVENTS", "2")
    with whole_ledger(database) as ledger:
        assert Subscription(ledger, "journey", "a worker").acquire()
        yield ledger


def trouble(ledger) -> dict[str, str]:
    found = app.readiness_of(load_settings(), Watch(ledger.engine.url, kept_seconds=0).look())
    return {part.name: part.says for part in found.parts if not part.ready}


def test_a_platform_with_a_worker_is_ready(platform):
    assert trouble(platform) == {}


def test_the_platform_says_so_at_its_own_address(platform):
    answer = app.create_app(load_settings(), ledger=platform).test_client().get("/readyz")

    assert (answer.status_code, answer.json["says"]) == (200, "The platform is ready.")
    assert set(answer.json["parts"]) == {"database", "migrations", "read models", "worker", "lag", "ledger"}


def test_a_database_that_is_away_is_said_in_a_sentence(platform):
    found = readiness(None, migrations=app.shipped_folder("migrations"), codes={}, most_behind=1)

    assert not found.ready
    assert found.sentence.startswith("The database does not answer")


@pytest.mark.parametrize(
    ("statement", "part", "words"),
    [
        ("UPDATE ledger.alembic_version SET version_num = '20261124_ledger'", "migrations", "older form"),
        ("UPDATE ledger.alembic_version SET version_num = '20991231_later'", "migrations", "newer form"),
        ("UPDATE operations.read_models SET code = 'other' WHERE name = 'reviews'", "read models", "“reviews”"),
        ("UPDATE operations.bookmarks SET lease_until = now() - interval '1 s'", "worker", "Start “qa worker”"),
        ("UPDATE operations.bookmarks SET position = -3", "lag", "“journey” is 3 events behind"),
    ],
)
def test_each_part_stands_in_the_way_by_itself(platform, database, statement, part, words):
    tamper(database, statement)

    found = trouble(platform)

    assert list(found) == [part]
    assert words in found[part]


def test_a_queue_that_nobody_empties_is_lag_too(platform):
    accept(platform)

    assert "events wait for their position" in trouble(platform)["lag"]


def test_an_event_that_is_unaccounted_for_is_not_ready(platform, database):
    accept(platform)
    drain(platform.engine)
    tamper(database, "UPDATE operations.bookmarks SET position = (SELECT max(position) FROM ledger.positions)")
    tamper(database, "INSERT INTO ledger.unsequenced SELECT id + 1, leaf FROM ledger.positions WHERE position = 3")

    assert list(trouble(platform)) == ["ledger"]
