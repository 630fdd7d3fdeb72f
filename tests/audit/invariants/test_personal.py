from __future__ import annotations

import pytest

from qa_platform.ledger.keys import KeyFileUnusable, Keys

NAMED = "submission.person_named.v1"


def living(demo):
    """Return somebody named in a case whose key is there."""
    return demo.one(
        NAMED,
        "EXISTS (SELECT FROM keys.subject_keys k WHERE k.subject = e.record -> 'data' ->> 'subject' "
        "AND k.wrapped IS NOT NULL)",
    )


def subject_of(demo, event) -> str:
    return demo.ledger.codec.read(event.record, b"").event.subject


def test_a_sealed_field_without_its_key_is_found(demo):
    event = living(demo)
    demo.do("DELETE FROM keys.subject_keys WHERE subject = :subject", subject=subject_of(demo, event))

    demo.finds("personal.keys-there", position=event.position)


def test_a_sealed_field_that_was_moved_to_another_event_is_found(demo):
    event = living(demo)
    demo.rewrite(event, lambda whole: whole["header"].update(id=demo.ledger.new_id()))

    demo.finds("personal.seals-open", position=event.position)


def test_the_key_file_of_another_database_ends_the_check(demo):
    demo.ledger.keys = Keys(bytes(range(1, 33)))

    with pytest.raises(KeyFileUnusable):
        demo.check("personal.seals-open")


def test_a_destroyed_key_whose_bytes_are_there_is_found(demo):
    (key,) = demo.ask("SELECT subject, purpose FROM keys.subject_keys WHERE wrapped IS NOT NULL LIMIT 1")
    (check,) = demo.ask(
        "SELECT conname AS name FROM pg_constraint WHERE conrelid = 'keys.subject_keys'::regclass "
        "AND pg_get_constraintdef(oid) LIKE '%destroyed_at%'"
    )
    demo.do(
        f"ALTER TABLE keys.subject_keys DROP CONSTRAINT {check.name}",
        "UPDATE keys.subject_keys SET destroyed_at = now() WHERE subject = :s AND purpose = :p",
        s=key.subject,
        p=key.purpose,
    )

    demo.finds("personal.destroyed-is-gone", row=f"{key.subject} {key.purpose} 1")


def test_an_erasure_that_was_undone_is_found(demo):
    (key,) = demo.ask("SELECT subject, fingerprint FROM keys.subject_keys WHERE wrapped IS NULL")
    demo.do(
        "UPDATE keys.subject_keys SET destroyed_at = NULL, "
        "wrapped = (SELECT wrapped FROM keys.subject_keys WHERE wrapped IS NOT NULL LIMIT 1) WHERE subject = :s",
        s=key.subject,
    )

    demo.finds("personal.erasures-done", row=key.fingerprint)


def test_a_key_that_was_destroyed_without_a_word_is_found(demo):
    (key,) = demo.ask("SELECT subject, purpose FROM keys.subject_keys WHERE wrapped IS NOT NULL LIMIT 1")
    demo.do(
        "UPDATE keys.subject_keys SET wrapped = NULL, destroyed_at = now() WHERE subject = :s AND purpose = :p",
        s=key.subject,
        p=key.purpose,
    )

    demo.finds("personal.erasures-recorded", row=f"{key.subject} {key.purpose} 1")


def test_a_name_in_clear_in_a_read_model_is_found(demo):
    (row,) = demo.ask("SELECT person_id FROM read_models.accounts WHERE name IS NOT NULL LIMIT 1")
    demo.do(
        "UPDATE read_models.accounts SET name = jsonb_set(name, '{value}', '\"Mei Ling\"') WHERE person_id = :p",
        p=row.person_id,
    )

    demo.finds("personal.closed-in-tables", row=f"accounts {row.person_id}")


def test_a_name_in_clear_in_a_record_is_found(demo):
    event = living(demo)
    (opened,) = [one for one in demo.ledger.read_stream(event.stream, opened=True) if one.version == event.version]
    withdrawn = demo.one("submission.lodged.v1", "e.case_id = :case", case=event.case_id)
    demo.rewrite(
        withdrawn, lambda whole: whole["data"]["declaration"].update(officer_id=f"for {opened.event.name.value}")
    )

    demo.finds("personal.names-sealed", position=withdrawn.position)
