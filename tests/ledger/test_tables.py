"""No statement of the application's role can alter history; triggers refuse it to anybody else."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, ProgrammingError

from qa_platform.ledger.sequencer import drain
from tests.ledger.shelf import AddBook

ALTERATIONS = [
    "UPDATE ledger.events SET actor = 'nobody'",
    "UPDATE ledger.events SET record = '{}' WHERE false",
    "DELETE FROM ledger.events",
    "TRUNCATE ledger.events CASCADE",
    "UPDATE ledger.positions SET position = position + 1",
    "DELETE FROM ledger.positions",
    "TRUNCATE ledger.positions",
    "UPDATE ledger.commands SET outcome = '{}'",
    "TRUNCATE ledger.commands",
]
COLUMNS = "event_id, stream, version, name, record, leaf, actor, recorded_at"
EVASIONS = [
    "DELETE FROM ledger.commands",
    "ALTER TABLE ledger.events DISABLE TRIGGER ALL",
    "DROP TRIGGER history_is_insert_only ON ledger.events",
    "DROP TABLE ledger.events",
    "ALTER TABLE ledger.events RENAME TO old_events",
    "CREATE OR REPLACE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    "CREATE TABLE ledger.mine (x int)",
    "SET session_replication_role = replica",
    "SET ROLE qa_owner",
    f"INSERT INTO ledger.events ({COLUMNS}) SELECT {COLUMNS} FROM ledger.events",
    f"INSERT INTO ledger.events (id, {COLUMNS}) OVERRIDING SYSTEM VALUE SELECT id, {COLUMNS} FROM ledger.events",
    "INSERT INTO ledger.positions SELECT 7, id, leaf FROM ledger.positions",
    "DELETE FROM keys.subject_keys",
    "UPDATE keys.subject_keys SET fingerprint = 'x'",
]


@pytest.fixture
def written(ledger):
    ledger.execute(AddBook(shelf="a", title="Emma"), actor="tester")
    drain(ledger.engine)
    return ledger


@pytest.mark.parametrize("statement", ALTERATIONS + EVASIONS)
def test_the_application_role_cannot(written, statement):
    before = written.read_stream("shelf-a")

    with pytest.raises(DBAPIError), written.engine.begin() as connection:
        connection.execute(sa.text(statement))

    assert written.read_stream("shelf-a") == before


def test_the_application_role_gains_nothing_by_granting_to_itself(written):
    with written.engine.begin() as connection:
        connection.execute(sa.text("GRANT ALL ON ledger.events TO qa_app"))
    with pytest.raises(ProgrammingError, match="permission denied"), written.engine.begin() as connection:
        connection.execute(sa.text("UPDATE ledger.events SET actor = 'nobody'"))


@pytest.mark.parametrize("statement", ALTERATIONS)
def test_triggers_refuse_it_even_to_the_owner_of_the_tables(written, bare_database, statement):
    owner = sa.create_engine(bare_database.owner_url, poolclass=sa.NullPool)

    with pytest.raises(DBAPIError, match="history is only ever added to"), owner.begin() as connection:
        connection.execute(sa.text(statement))


def test_a_destroyed_key_does_not_come_back(written):
    with written.engine.begin() as connection:
        written.keys.for_writing(connection, [("p1", "contact")])
        written.keys.destroy(connection, "p1")

    with pytest.raises(DBAPIError, match="does not come back"), written.engine.begin() as connection:
        connection.execute(sa.text("UPDATE keys.subject_keys SET wrapped = 'x', destroyed_at = NULL"))


def test_the_application_role_sees_what_it_needs(written):
    with written.reading() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM ledger.events")) == 1
        assert connection.scalar(sa.text("SELECT count(*) FROM ledger.alembic_version")) == 1
    with pytest.raises(ProgrammingError, match="permission denied"), written.engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM ledger.alembic_version"))


def test_an_error_of_the_database_does_not_tell_what_was_to_be_written(ledger):
    with pytest.raises(DBAPIError) as caught, ledger.reading() as connection:
        connection.execute(sa.text("SELECT CAST(1 AS text) + length(:name)"), {"name": "canary Aminah"})

    assert "canary" not in str(caught.value)
