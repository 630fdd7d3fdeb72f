from __future__ import annotations

import pytest

from tests.operating.doctor.conftest import diagnose, without_flushing
from tests.operating.test_watch import tamper


@pytest.mark.parametrize(
    ("statement", "check", "words"),
    [
        ("ALTER TABLE ledger.events DISABLE TRIGGER ALL", "triggers", "“ledger.events”"),
        ("ALTER TABLE ledger.positions DISABLE TRIGGER USER", "triggers", "“ledger.positions”"),
        (
            "ALTER TABLE keys.subject_keys ENABLE REPLICA TRIGGER destroyed_is_destroyed",
            "triggers",
            "“keys.subject_keys”",
        ),
        ("GRANT UPDATE (actor) ON ledger.events TO qa_app", "privileges", "UPDATE on ledger.events"),
        ("GRANT DELETE ON ledger.positions TO PUBLIC", "privileges", "DELETE on ledger.positions"),
        ("REVOKE INSERT ON ledger.events FROM qa_app", "privileges", "lacks rights: INSERT on ledger.events"),
        ("ALTER TABLE ledger.commands OWNER TO qa_app", "role", "owns the tables of history"),
    ],
)
def test_history_that_is_less_guarded_than_it_should_be_is_found(doctor, database, statement, check, words):
    tamper(database, statement)

    found = doctor()

    assert words in found[check].says
    assert set(found) - {"privileges"} == {check, "worker"} - {"privileges"}


def test_a_trigger_that_was_dropped_is_missed(doctor, database):
    tamper(
        database,
        "DO $$ DECLARE one record; BEGIN FOR one IN SELECT tgname FROM pg_trigger WHERE tgrelid = "
        "'ledger.events'::regclass AND NOT tgisinternal LOOP EXECUTE format('DROP TRIGGER %I ON ledger.events', "
        "one.tgname); END LOOP; END $$",
    )

    assert "“ledger.events”" in doctor()["triggers"].says


def test_a_superuser_is_no_role_to_serve_as(database, settings):
    found = without_flushing(diagnose(settings, database.superuser_url))

    assert "a superuser" in found["role"].says


def test_triggers_that_are_switched_off_for_the_role_are_found(database, settings):
    database_name = database.application_url.rsplit("/", 1)[1].split("?")[0]
    tamper(database, f"ALTER ROLE qa_app IN DATABASE {database_name} SET session_replication_role = replica")

    found = diagnose(settings, database.application_url)

    assert "session_replication_role" in found["triggers"].says
