from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError

from qa_platform.kernel.roles import Role
from qa_platform.ledger.sequencer import drain, figures
from qa_platform.ledger.tables import open_engine
from tests.faults.cut import Cut
from tests.journeys.agency import Agency, Person, open_agency
from tests.servers import Database


@contextmanager
def agency_behind(network: Cut, database: Database) -> Iterator[tuple[Agency, Person, str]]:
    """Give an agency that reaches its database through a network, and an officer of its provider."""
    with network, open_agency(database._replace(application_url=network.url)) as agency:
        provider_id = agency.recognise_provider("Akademi Suria")
        yield agency, agency.employ(Role.PROVIDER_OFFICER, provider_id=provider_id), provider_id


def draft(officer: Person, provider_id: str, key: str) -> Any:
    body = {"provider_id": provider_id, "route": "SAMC"}
    return officer.ask("POST", "/submissions", body, None, {"Idempotency_Key": key})


def settle(officer: Person, provider_id: str) -> None:
    """Let new connections be made and statements prepared: the next draft asks what every draft asks, no more."""
    assert draft(officer, provider_id, str(uuid4())).status_code == 201


def lose_answer(network: Cut, question: int, officer: Person, provider_id: str, key: str) -> tuple[Any, bool]:
    """Ask for a draft, lose the database's answer to one question of it; return what is told, and if it was lost."""
    told = []

    def ask() -> None:
        # What escapes from the application would be a bare 500 to a client; here it must not pass unseen.
        with suppress(DBAPIError, psycopg.Error):
            told.append(draft(officer, provider_id, key))

    network.mute_at(question)
    asking = threading.Thread(target=ask)
    asking.start()
    while asking.is_alive() and not network.muted.wait(0.02):
        pass
    network.mute_at(0)
    cut = network.muted.is_set()
    if cut:
        time.sleep(0.1)  # let the database do what it was asked
        network.reset()
    asking.join()
    network.heal()
    assert told, "an error escaped from the application"
    return told[0], cut


def drafted(database: Database) -> int:
    engine = sa.create_engine(database.superuser_url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return connection.scalar(sa.text("SELECT count(*) FROM ledger.events WHERE name = 'submission.drafted.v1'"))


def test_a_command_cut_off_at_any_question_is_done_once_by_who_asks_again_under_its_key(database):
    """COMMIT and no answer is one of the places; the others are all the questions before it."""
    found = set()
    network = Cut(database.application_url)
    with agency_behind(network, database) as (agency, officer, provider_id):
        cut, questions = True, count(1)
        while cut:
            settle(officer, provider_id)
            before, key = drafted(database), str(uuid4())

            told, cut = lose_answer(network, next(questions), officer, provider_id, key)
            done = drafted(database) - before
            found.add((told.status_code, done))
            if told.status_code == 503:
                assert told.headers["Retry-After"] == "5"
                # Who is told that nothing happened can rely on it.
                assert done == 0 or told.json["detail"].startswith("It is not known whether")

            assert draft(officer, provider_id, key).status_code == 201
            assert drafted(database) == before + 1
        drain(agency.ledger.engine)
        with agency.ledger.reading() as connection:
            assert figures(connection).missing == 0
    assert found == {(503, 0), (503, 1), (201, 1)}


def test_who_asks_again_under_a_new_key_is_seen_to_do_it_twice(database):
    """The positive control of the test above."""
    counts = set()
    network = Cut(database.application_url)
    with agency_behind(network, database) as (_, officer, provider_id):
        cut, questions = True, count(1)
        while cut:
            settle(officer, provider_id)
            before = drafted(database)
            _, cut = lose_answer(network, next(questions), officer, provider_id, str(uuid4()))
            draft(officer, provider_id, str(uuid4()))
            if cut:
                counts.add(drafted(database) - before)
    assert counts == {1, 2}


def test_a_cable_that_is_pulled_ends_the_wait_for_an_answer(database):
    with Cut(database.application_url) as network:
        engine = open_engine(network.url)
        with engine.connect() as connection:
            threading.Timer(0.2, network.silence).start()
            with pytest.raises(OperationalError):
                connection.execute(sa.text("SELECT pg_sleep(1)"))
        engine.dispose()


def test_what_was_held_up_on_the_way_arrives_when_the_network_heals(database):
    """Otherwise the harness itself would lose answers that no network loses."""
    with Cut(database.application_url) as network:
        engine = open_engine(network.url)
        for hold_up in (network.mute, network.blackhole, network.silence):
            with engine.connect() as connection:
                threading.Timer(0.1, hold_up).start()
                threading.Timer(0.6, network.heal).start()
                assert connection.scalar(sa.text("SELECT 7 FROM pg_sleep(0.3)")) == 7
        engine.dispose()
