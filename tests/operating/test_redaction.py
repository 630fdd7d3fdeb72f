from __future__ import annotations

import errno

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from qa_platform.ledger.subscription import SubscriberStopped
from qa_platform.operating.redaction import plain, refuse_personal, said, traced

CANARY = "Kanarifah binti Burung"


@pytest.fixture
def refused(database):
    """Give what the database says when it refuses a statement with the canary in it."""
    engine = sa.create_engine(database.superuser_url, poolclass=sa.NullPool)

    def refuse(statement: str, **parameters: object) -> DBAPIError:
        with engine.begin() as connection:
            connection.execute(sa.text("CREATE TEMP TABLE birds (name text UNIQUE CHECK (length(name) < 30), at date)"))
            connection.execute(sa.text("INSERT INTO birds VALUES (:name)"), {"name": CANARY})
            with pytest.raises(DBAPIError) as caught:
                connection.execute(sa.text(statement), parameters)
            connection.rollback()
        return caught.value

    return refuse


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("INSERT INTO birds VALUES (:name)", '23505: duplicate key value violates unique constraint "birds_name_key"'),
        ("INSERT INTO birds VALUES (:name || :name)", "23514: new row for relation"),
        ("INSERT INTO birds SELECT name, CAST(name AS date) FROM birds", "DataError: InvalidDatetimeFormat 22007"),
        ("SELECT name FROM bird WHERE name = :name", '42P01: relation "bird" does not exist'),
    ],
)
def test_an_error_of_the_database_says_what_happened_and_not_to_whom(refused, statement, words):
    error = refused(statement, name=CANARY)

    assert CANARY in f"{error}{error.params}"
    assert words in said(error)
    assert CANARY not in traced(error)


def test_what_a_trigger_says_is_not_repeated(refused):
    error = refused("DO $$ BEGIN RAISE EXCEPTION 'no room for %', (SELECT name FROM birds); END $$")

    assert said(error).endswith("RaiseException P0001")


def test_a_database_that_is_not_there_says_where_it_was_looked_for():
    with pytest.raises(psycopg.OperationalError) as caught:
        psycopg.connect("host=127.0.0.1 port=1 connect_timeout=1")

    assert 'connection to server at "127.0.0.1", port 1 failed' in said(caught.value)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError(CANARY), "ValueError"),
        (KeyError(CANARY), "KeyError"),
        (OSError(errno.ENOSPC, "No space left on device", f"/tmp/{CANARY}"), "OSError: No space left on device"),
        (SubscriberStopped(f"from position 7: KeyError: '{CANARY}'"), "SubscriberStopped from position 7: KeyError"),
        (SubscriberStopped(CANARY), "SubscriberStopped"),
    ],
)
def test_an_error_is_its_kind_and_no_more_than_is_sure_to_be_about_nobody(error, words):
    assert said(error) == words


def test_a_trace_leads_through_all_errors_and_quotes_none():
    def look_up():
        return {}[CANARY]

    def fail():
        try:
            look_up()
        except KeyError as missing:
            raise ValueError(CANARY) from missing

    with pytest.raises(ValueError, match=CANARY) as caught:
        fail()

    trace = traced(caught.value)
    assert CANARY not in trace
    assert "in look_up" in trace
    assert "KeyError\n\nwhich led to:\n" in trace
    assert trace.endswith("ValueError")


def test_keys_that_can_hold_a_person_are_dropped_and_named():
    event = refuse_personal(None, "", {"event": "done", "email": CANARY, "person_id": CANARY, "job": "lapse", "n": 2})

    assert event == {"event": "done", "job": "lapse", "n": 2, "refused": "email,person_id"}


def test_what_may_hold_anything_is_only_named_by_its_kind():
    assert refuse_personal(None, "", {"found": [CANARY], "failure": KeyError(CANARY), "none": None}) == {
        "found": "<list>",
        "failure": "KeyError",
        "none": None,
    }


@pytest.mark.parametrize("appendix", ["\nDETAIL:  Key (name)=(x)", "\n[SQL: SELECT 'x']", "\n[parameters: ('x',)]"])
def test_what_stands_beneath_an_error_is_cut_off(appendix):
    assert plain(f"it failed{appendix}\nand more") == "it failed"
