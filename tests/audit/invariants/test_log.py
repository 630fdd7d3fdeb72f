from __future__ import annotations


def test_a_hole_in_the_positions_is_found(demo):
    demo.do("DELETE FROM ledger.positions WHERE position = 17")

    demo.finds("log.positions-dense", position=18)


def test_positions_that_do_not_begin_at_0_are_found(demo):
    demo.do("DELETE FROM ledger.positions WHERE position = 0")

    demo.finds("log.positions-dense", position=1)


def test_a_position_of_nothing_is_found(demo):
    event = demo.one("panel.opened.v1")
    demo.do("DELETE FROM ledger.events WHERE id = :id", id=event.id)

    demo.finds("log.positions-have-events", position=event.position, row=str(event.id))


def test_an_event_with_two_positions_is_found(demo):
    demo.do(
        "ALTER TABLE ledger.positions DROP CONSTRAINT positions_id_key",
        "UPDATE ledger.positions SET id = (SELECT id FROM ledger.positions WHERE position = 3) WHERE position = 5",
    )

    demo.finds("log.placed-once", position=5)


def test_an_event_that_has_no_position_and_waits_for_none_is_found(demo):
    event = demo.one("submission.accepted.v1")
    demo.do("DELETE FROM ledger.positions WHERE id = :id", id=event.id)

    demo.finds("log.nothing-missing", stream=event.stream, version=event.version)


def test_an_event_that_waits_for_its_position_is_not_missing(demo):
    event = demo.one("submission.accepted.v1")
    demo.do(
        "INSERT INTO ledger.unsequenced SELECT id, leaf FROM ledger.positions WHERE id = :id",
        "DELETE FROM ledger.positions WHERE id = :id",
        id=event.id,
    )

    assert demo.check("log.nothing-missing", "log.waiting-is-real").violations == 0


def test_a_waiting_event_that_is_none_or_has_its_position_is_found(demo):
    event = demo.one("panel.opened.v1")
    demo.do(
        "INSERT INTO ledger.unsequenced SELECT id, leaf FROM ledger.positions WHERE id = :id",
        "INSERT INTO ledger.unsequenced SELECT 999999, leaf FROM ledger.positions WHERE id = :id",
        id=event.id,
    )

    demo.finds("log.waiting-is-real", row=str(event.id))
    demo.finds("log.waiting-is-real", row="999999")


def test_a_stream_whose_events_come_in_another_order_is_found(demo):
    event = demo.one("submission.accepted.v1")
    (before,) = demo.ask(
        "SELECT p.position, e.id FROM ledger.events e JOIN ledger.positions p USING (id) "
        "WHERE e.stream = :s AND e.version = :v",
        s=event.stream,
        v=event.version - 1,
    )
    demo.do(
        "UPDATE ledger.positions SET position = 1000000 WHERE id = :one",
        "UPDATE ledger.positions SET position = :later WHERE id = :other",
        "UPDATE ledger.positions SET position = :earlier WHERE id = :one",
        one=event.id,
        other=before.id,
        later=event.position,
        earlier=before.position,
    )

    demo.finds("log.order-follows-streams", stream=event.stream, version=event.version, position=before.position)


def test_another_leaf_beside_a_position_is_found(demo):
    event = demo.one("review.locked.v1")
    demo.do("UPDATE ledger.positions SET leaf = decode(repeat('ab', 32), 'hex') WHERE id = :id", id=event.id)

    demo.finds("log.leaves-agree", position=event.position, stream=event.stream)
