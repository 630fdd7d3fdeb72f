from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.pq import TransactionStatus
from sqlalchemy.exc import DBAPIError

from qa_platform.ledger.asking import ask, ask_in_one_go
from qa_platform.ledger.connections import directly, driver_of

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
FRESH = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FRESH
@given(text=TEXT, number=st.integers(-(2**63), 2**63 - 1), some=st.binary())
def test_what_is_given_comes_back_as_it_went(ledger, text, number, some):
    with directly(ledger.engine) as driver:
        rows = ask(driver, "SELECT $1::text, $2::bigint, $3::bytea, NULL::text", text, number, some)

    assert rows == [(text, number, some, None)]


@FRESH
@given(texts=st.lists(TEXT, max_size=5))
def test_a_list_of_texts_reaches_the_database_item_by_item(ledger, texts):
    with directly(ledger.engine) as driver:
        rows = ask(driver, "SELECT one FROM unnest($1::text[]) AS one", texts)

    assert [one for (one,) in rows] == texts


@FRESH
@given(at=st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 -- bounds
def test_an_instant_comes_back_to_the_microsecond(ledger, at):
    with directly(ledger.engine) as driver:
        assert ask(driver, "SELECT $1::timestamptz", at.isoformat()) == [(at,)]


def test_a_statement_inside_a_transaction_is_undone_with_it(ledger):
    insert = "INSERT INTO operations.token_uses (token_id, last_use) VALUES ($1, now()) RETURNING token_id"
    with ledger.engine.begin() as connection:
        assert ask(driver_of(connection), insert, "a") == [("a",)]
        connection.rollback()

    with ledger.reading() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM operations.token_uses")) == 0


def test_what_the_database_refuses_is_the_drivers_error_with_its_state(ledger):
    with directly(ledger.engine) as driver:
        for _ in range(2):
            with pytest.raises(psycopg.errors.DivisionByZero):
                ask(driver, "SELECT 1 / $1::int", 0)
        assert ask(driver, "SELECT 4 / $1::int", 2) == [(2,)]


def test_json_comes_back_as_the_bytes_that_were_stored(ledger):
    with directly(ledger.engine) as driver:
        assert ask(driver, "SELECT $1::json, $2::text, NULL::json", '{"b": 1,  "a":2}', None) == [
            (b'{"b": 1,  "a":2}', None, None)
        ]


class TestInOneGo:
    INSERT = "INSERT INTO operations.token_uses (token_id, last_use) VALUES ($1, now()) RETURNING token_id"
    COUNT = "SELECT count(*) FROM operations.token_uses WHERE token_id = $1"

    def test_each_statement_sees_what_the_one_before_did(self, ledger):
        with directly(ledger.engine) as driver:
            assert ask_in_one_go(driver, (self.INSERT, ("a",)), (self.COUNT, ("a",))) == [[("a",)], [(1,)]]
            assert ask(driver, self.COUNT, "a") == [(1,)]

    def test_each_sees_what_others_committed_while_it_waited(self, ledger):
        hold, locked = "SELECT pg_advisory_xact_lock(4711)", Event()

        def commit_under_the_lock():
            with ledger.engine.begin() as connection:
                ask(driver_of(connection), hold)
                locked.set()
                wait_until(lambda: waiting_for_a_lock(ledger))
                ask(driver_of(connection), self.INSERT, "b")

        with ThreadPoolExecutor(1) as other, directly(ledger.engine) as driver:
            done = other.submit(commit_under_the_lock)
            locked.wait(10)
            assert ask_in_one_go(driver, (hold, ()), (self.COUNT, ("b",)))[1] == [(1,)]
            done.result()

    def test_one_that_fails_undoes_all_and_the_connection_goes_on(self, ledger):
        with directly(ledger.engine) as driver:
            for wrong in (0, 1):
                asked = [(self.INSERT, ("c",)), (self.COUNT, ("c",))]
                asked.insert(wrong, ("SELECT 1 / $1::int", (0,)))
                with pytest.raises(psycopg.errors.DivisionByZero):
                    ask_in_one_go(driver, *asked)
                assert ask(driver, self.COUNT, "c") == [(0,)]

    def test_a_lost_connection_is_told_and_not_used_again(self, ledger):
        def lose_it():
            with directly(ledger.engine) as driver, directly(ledger.engine) as other:
                pid = driver.info.backend_pid
                ask_in_one_go(driver, (self.COUNT, ("d",)))
                ask(other, "SELECT pg_terminate_backend($1)::text", pid)
                wait_until(lambda: ask(other, "SELECT pid FROM pg_stat_activity WHERE pid = $1", pid) == [])
                ask_in_one_go(driver, (self.COUNT, ("d",)), (self.COUNT, ("d",)))

        with pytest.raises(DBAPIError):
            lose_it()

        with directly(ledger.engine) as driver, directly(ledger.engine) as other:
            assert ask(driver, self.COUNT, "d") == ask(other, self.COUNT, "d") == [(0,)]


def test_a_transaction_that_nobody_ended_does_not_go_back_to_the_pool(ledger):
    insert = "INSERT INTO operations.token_uses (token_id, last_use) VALUES ($1, now()) RETURNING token_id"
    with ledger.engine.connect() as connection:
        driver = driver_of(connection)
        ask(driver, insert, "left")
    assert driver.pgconn.transaction_status == TransactionStatus.IDLE

    with ledger.reading() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM operations.token_uses")) == 0


def waiting_for_a_lock(ledger) -> bool:
    with ledger.reading() as connection:
        return bool(connection.scalar(sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


def wait_until(true) -> None:
    patience = time.monotonic() + 10
    while not true():
        assert time.monotonic() < patience
        time.sleep(0.01)
