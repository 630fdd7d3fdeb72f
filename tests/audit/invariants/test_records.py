from __future__ import annotations

import msgspec
import pytest


def test_an_altered_record_is_found(demo):
    event = demo.one("review.criterion_scored.v1")
    demo.alter(event, lambda whole: whole["data"].update(score=4, comment="All of it is there."))

    demo.finds("records.digests-match", position=event.position)


def test_an_altered_leaf_is_found(demo):
    event = demo.one("decision.taken.v1")
    demo.do("UPDATE ledger.events SET leaf = decode(repeat('ab', 32), 'hex') WHERE id = :id", id=event.id)

    demo.finds("records.digests-match", position=event.position)


def test_a_record_in_another_form_is_found_though_it_says_the_same(demo):
    event = demo.one("panel.opened.v1")
    spaced = msgspec.json.format(event.record.encode(), indent=1).decode()
    demo.do("UPDATE ledger.events SET record = CAST(:spaced AS json) WHERE id = :id", spaced=spaced, id=event.id)

    assert demo.check("records.digests-match").violations == 0
    demo.finds("records.canonical", position=event.position)


@pytest.mark.parametrize(
    "column", ["event_id = gen_random_uuid()", "name = 'x'", "actor = 'x'", "recorded_at = now()", "cause = 'x'"]
)
def test_a_column_that_says_something_else_is_found(demo, column):
    event = demo.one("panel.opened.v1")
    demo.do(f"UPDATE ledger.events SET {column} WHERE id = :id", id=event.id)

    demo.finds("records.columns-agree", position=event.position)


def test_an_event_of_an_unknown_name_is_found(demo):
    event = demo.one("panel.opened.v1")
    demo.rewrite(event, lambda whole: whole["header"].update(name="panel.abolished.v1"))

    demo.finds("records.readable", position=event.position)


def test_an_event_that_lacks_a_field_is_found(demo):
    event = demo.one("panel.opened.v1")
    demo.rewrite(event, lambda whole: whole["data"].pop("seats"))

    demo.finds("records.readable", position=event.position)


def test_two_events_of_one_id_are_found(demo):
    one, other = demo.one("panel.opened.v1"), demo.one("decision.taken.v1")
    demo.do(
        "UPDATE ledger.events SET event_id = (SELECT event_id FROM ledger.events WHERE id = :one) WHERE id = :other",
        one=one.id,
        other=other.id,
    )

    (row,) = demo.ask("SELECT event_id::text AS event_id FROM ledger.events WHERE id = :id", id=one.id)
    demo.finds("records.ids-unique", row=row.event_id)


def test_a_cause_that_is_no_event_is_found(demo):
    event = demo.one("panel.opened.v1")
    demo.do("UPDATE ledger.events SET cause = 'nothing' WHERE id = :id", id=event.id)

    demo.finds("records.causes-exist", position=event.position)


def test_a_cause_that_comes_later_is_found(demo):
    event = demo.one("panel.opened.v1")
    demo.do(
        "UPDATE ledger.events SET cause = (SELECT event_id::text FROM ledger.events ORDER BY id DESC LIMIT 1) "
        "WHERE id = :id",
        id=event.id,
    )

    demo.finds("records.causes-exist", position=event.position)
