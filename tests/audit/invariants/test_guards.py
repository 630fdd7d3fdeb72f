from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("alter", "relation"),
    [
        ("ALTER TABLE ledger.events DISABLE TRIGGER history_is_insert_only", "ledger.events"),
        ("ALTER TABLE ledger.positions ENABLE REPLICA TRIGGER history_is_insert_only", "ledger.positions"),
        ("DROP TRIGGER answers_stand ON ledger.commands", "ledger.commands"),
        ("ALTER TABLE keys.subject_keys DISABLE TRIGGER ALL", "keys.subject_keys"),
    ],
)
def test_a_trigger_that_does_not_fire_is_found(demo, alter, relation):
    demo.do(alter)

    demo.finds("guards.history-insert-only", row=relation)


@pytest.mark.parametrize(
    ("grant", "relation"),
    [
        ("GRANT UPDATE ON ledger.events TO qa_app", "ledger.events"),
        ("GRANT UPDATE (record) ON ledger.events TO PUBLIC", "ledger.events"),
        ("GRANT TRUNCATE ON ledger.positions TO qa_app", "ledger.positions"),
        ("GRANT DELETE ON keys.subject_keys TO qa_app", "keys.subject_keys"),
    ],
)
def test_an_application_that_may_alter_history_is_found(demo, grant, relation):
    demo.do(grant)

    demo.finds("guards.application-cannot-alter", row=relation)


@pytest.mark.parametrize(
    ("alter", "relation"),
    [
        ("ALTER TABLE ledger.events DROP CONSTRAINT events_stream_version", "ledger.events"),
        ("ALTER TABLE ledger.positions DROP CONSTRAINT positions_id_key", "ledger.positions"),
        (
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ledger.positions_pkey'::regclass",
            "ledger.positions",
        ),
    ],
)
def test_a_unique_key_that_is_gone_or_invalid_is_found(demo, alter, relation):
    demo.do(alter)

    demo.finds("guards.unique-keys", row=relation)
