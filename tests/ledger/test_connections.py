from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
import sqlalchemy as sa
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from qa_platform.ledger.asking import ask
from qa_platform.ledger.connections import directly, open_engine

IDLE, WORK = "idle_in_transaction_session_timeout", "work_mem"


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (None, {IDLE: "1min"}),
        (f"-c {WORK}=7MB", {IDLE: "1min", WORK: "7MB"}),
        (f"-c {IDLE}=5s", {IDLE: "5s"}),
    ],
)
def test_what_an_address_says_about_the_session_counts_beside_our_own(bare_database, options, expected):
    url = make_url(bare_database.application_url)
    if options is not None:
        url = url.update_query_dict({"options": options})
    engine = open_engine(url.render_as_string(hide_password=False))
    with engine.connect() as connection:
        found = {name: connection.scalar(sa.text("SELECT current_setting(:name)"), {"name": name}) for name in expected}
    engine.dispose()

    assert found == expected


@pytest.fixture
def engine(bare_database) -> Iterator[Engine]:
    engine = open_engine(bare_database.application_url, connections=2, at_most=4, patience_seconds=0.2)
    yield engine
    engine.dispose()


def session(engine) -> int:
    with directly(engine) as driver:
        ((pid,),) = ask(driver, "SELECT pg_backend_pid()")
    return pid


def sessions_of(engine) -> set[int]:
    statement = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with engine.connect() as connection:
        return set(connection.scalars(sa.text(statement)))


def test_who_comes_back_finds_the_same_connection(engine):
    assert session(engine) == session(engine)


def test_a_connection_that_died_at_hand_is_not_given_out(engine):
    first = session(engine)
    with engine.connect() as connection:
        connection.scalar(sa.text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": first})

    with pytest.raises(DBAPIError):  # it was alive a moment ago, so nobody asked
        session(engine)
    assert session(engine) != first


def test_a_connection_that_died_a_while_ago_is_found_out_before_it_is_used(engine, monkeypatch):
    first = session(engine)
    with engine.connect() as connection:
        connection.scalar(sa.text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": first})
    monkeypatch.setattr("qa_platform.ledger.connections._TRUSTED_SECONDS", 0)

    assert session(engine) != first


def test_a_loss_that_another_connection_saw_is_found_out_at_hand_too(engine):
    first = session(engine)
    terminate = sa.text("SELECT pg_terminate_backend(:pid, 5000)")
    with engine.connect() as connection:
        own = connection.scalar(sa.text("SELECT pg_backend_pid()"))
        connection.scalar(terminate, {"pid": first})
        with pytest.raises(DBAPIError):
            connection.scalar(terminate, {"pid": own})

    assert session(engine) not in {first, own}


def test_what_is_at_hand_takes_no_connection_from_those_who_wait_for_one(engine):
    with ExitStack() as held:
        for _ in range(4):
            held.enter_context(directly(engine))
    with ExitStack() as held:
        sessions = {held.enter_context(engine.connect()).scalar(sa.text("SELECT pg_backend_pid()")) for _ in range(3)}
        assert len(sessions) == 3


def test_a_connection_in_a_transaction_is_not_kept(engine):
    with directly(engine) as driver:
        ask(driver, "BEGIN")
    with directly(engine) as driver:
        assert driver.pgconn.transaction_status == TransactionStatus.IDLE


def test_whoever_disposes_of_an_engine_leaves_nothing_behind(engine, bare_database):
    pid = session(engine)
    engine.dispose()
    watching = open_engine(bare_database.application_url, connections=1)

    assert pid not in sessions_of(watching)
    watching.dispose()


def test_a_process_that_was_forked_makes_connections_of_its_own(engine):
    first = session(engine)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, str(session(engine)).encode())
        os._exit(0)
    os.waitpid(child, 0)

    assert int(os.read(reading, 100)) != first
    assert session(engine) == first


def test_threads_share_what_is_at_hand_and_never_one_connection(engine):
    def use(_: int) -> bool:
        with directly(engine) as driver:
            ((pid,),) = ask(driver, "SELECT pg_backend_pid()")
            return ask(driver, "SELECT pg_backend_pid(), pg_sleep(0.001)::text")[0][0] == pid

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(use, range(200)))
