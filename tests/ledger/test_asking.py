from __future__ import annotations

from datetime import UTC, datetime

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_platform.ledger.asking import ask
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
