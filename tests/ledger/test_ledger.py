from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from qa_platform.kernel.event import StreamVersion, stored_name
from qa_platform.kernel.rejected import Rejected
from qa_platform.kernel.sealed import FORGOTTEN, seal
from qa_platform.ledger.appending import append
from qa_platform.ledger.asking import Driver
from qa_platform.ledger.canonical import timestamp
from qa_platform.ledger.connections import directly
from qa_platform.ledger.keys import PersonForgotten
from qa_platform.ledger.ledger import Key, KeyReused, Ledger, Outcome, StreamHole, StreamMoved
from qa_platform.ledger.record import fresh_salt, leaf_of
from qa_platform.ledger.sequencer import drain, figures
from qa_platform.ledger.shape import Header
from tests.ledger.shelf import CAPACITY, SHELVES, TITLES, AddBook, BookAdded, LendBook, Place, ShelfFull, shelf_decider


def add(shelf: str, title: str, **more) -> AddBook:
    return AddBook(shelf=shelf, title=title, **more)


def key(name: str, body: str = "00") -> Key:
    return Key(actor="tester", route="POST /shelves", key=name, fingerprint=body.zfill(64))


def count_events(ledger: Ledger) -> int:
    with ledger.reading() as connection:
        return figures(connection).events


def test_what_is_executed_is_read_back_with_actor_cause_case_and_time(ledger):
    outcome = ledger.execute(
        add("a", "Emma", price=Decimal("12.50"), bought_on=date(2026, 1, 2), places=(Place(room="x", row=1),)),
        actor="tester",
        cause="because",
    )

    (recorded,) = ledger.read_stream("shelf-a")
    assert recorded == outcome.recorded[0]
    assert recorded.event == BookAdded(
        shelf="a", title="Emma", price=Decimal("12.50"), bought_on=date(2026, 1, 2), places=(Place(room="x", row=1),)
    )
    assert (recorded.stream, recorded.version, recorded.case_id) == ("shelf-a", 1, "a")
    assert (recorded.actor, recorded.cause) == ("tester", "because")
    assert abs(recorded.at - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_stored_bytes_give_the_stored_leaf(ledger):
    ledger.execute(add("a", "Ünïcode “quoted” \u2028 /"), actor="tester")
    ledger.execute(LendBook(shelf="a", title="Emma", reader=seal("p1", "Mei Ling")), actor="tester")

    with ledger.reading() as connection:
        rows = connection.execute(sa.text("SELECT record::text AS record, leaf FROM ledger.events")).all()
    assert [leaf_of(row.record) for row in rows] == [row.leaf for row in rows]


def test_two_writers_of_one_version_have_one_winner(ledger, open_ledger):
    ledger.execute(add("a", "first"), actor="tester")
    ledgers = [open_ledger() for _ in range(4)]
    together = threading.Barrier(4)

    def write(number: int) -> bool:
        together.wait()
        try:
            ledgers[number].execute(add("a", f"by {number}"), actor="tester", expected_version=1)
        except StreamMoved:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        won = list(pool.map(write, range(4)))

    assert sum(won) == 1
    assert [recorded.version for recorded in ledger.read_stream("shelf-a")] == [1, 2]


def test_unpinned_writers_of_one_stream_all_get_in_without_a_hole(ledger, open_ledger):
    ledgers = [open_ledger() for _ in range(4)]

    def write(number: int) -> None:
        for turn in range(10):
            ledgers[number].execute(add("a", f"{number}.{turn}"), actor="tester")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))

    assert [recorded.version for recorded in ledger.read_stream("shelf-a")] == list(range(1, 41))
    with ledger.reading() as connection:
        assert SHELVES.find(connection, "a").books == 40


def test_a_pinned_version_that_has_moved_says_so_and_changes_nothing(ledger):
    ledger.execute(add("a", "first"), actor="tester")
    ledger.execute(add("a", "second"), actor="tester")

    with pytest.raises(StreamMoved, match=r"version 2.*version 1"):
        ledger.execute(add("a", "third"), actor="tester", expected_version=1)
    assert count_events(ledger) == 2


@pytest.mark.parametrize("title", ["two", "(nothing)"])
def test_a_stream_that_is_said_to_be_new_and_is_not_changes_nothing(ledger, title):
    ledger.execute(add("a", "one"), actor="tester", expected_version=0)

    with pytest.raises(StreamMoved, match="now at version 1, you had seen version 0"):
        ledger.execute(add("a", title), actor="tester", expected_version=0)

    assert count_events(ledger) == 1


def test_an_event_without_a_predecessor_is_never_stored(ledger):
    header = Header(
        id=ledger.new_id(),
        stream="shelf-a",
        version=2,
        name=stored_name(BookAdded),
        at=timestamp(ledger.clock()),
        actor="tester",
        case=None,
        cause=None,
        salt=fresh_salt(),
    )
    orphan = ledger.codec.write(BookAdded(shelf="a", title="Emma"), header, {})

    with pytest.raises(StreamHole), directly(ledger.engine) as driver:
        append(driver, [orphan])

    assert count_events(ledger) == 0


def test_several_streams_are_written_together_or_not_at_all(ledger):
    for number in range(CAPACITY):
        ledger.execute_many([[add("full", str(number))]], actor="tester") if number < 1 else None
    ledger.execute_many([[add("full", str(n)) for n in range(1, CAPACITY)]], actor="tester")

    with pytest.raises(ShelfFull):
        ledger.execute_together([add("b", "x"), add("full", "y")], actor="tester")
    assert ledger.read_stream("shelf-b") == []

    outcome = ledger.execute_together([add("b", "x"), add("c", "y"), add("b", "z")], actor="tester")
    assert outcome.versions == {"shelf-b": 2, "shelf-c": 1}


def test_of_many_batches_each_is_atomic_and_answers_for_itself(ledger):
    answers = ledger.execute_many(
        [
            [add("a", "one"), add("b", "two")],
            [add("a", "three"), *(add("full", str(n)) for n in range(CAPACITY + 1))],
            [add("a", "four")],
        ],
        actor="importer",
    )

    assert [type(answer) for answer in answers] == [Outcome, ShelfFull, Outcome]
    assert [recorded.event.title for recorded in ledger.read_stream("shelf-a")] == ["one", "four"]
    assert ledger.read_stream("shelf-full") == []


def test_what_already_holds_appends_nothing(ledger):
    outcome = ledger.execute(add("a", "(nothing)"), actor="tester")

    assert (outcome.recorded, outcome.versions) == ((), {"shelf-a": 0})


def test_a_decision_that_rests_on_a_stream_fails_when_that_stream_has_moved(ledger):
    ledger.execute(add("standard", "v1"), actor="tester")
    seen = [StreamVersion(stream="shelf-standard", version=1)]
    ledger.execute(add("a", "under v1"), actor="tester", depends_on=seen)
    ledger.execute(add("standard", "v2"), actor="tester")

    with pytest.raises(StreamMoved, match="rests on"):
        ledger.execute(add("a", "still under v1"), actor="tester", depends_on=seen)


def test_a_decision_waits_for_a_writer_of_what_it_rests_on(ledger, open_ledger):
    """Without the lock the check would not see the writer that is about to commit."""
    ledger.execute(add("standard", "v1"), actor="tester")
    seen = [StreamVersion(stream="shelf-standard", version=1)]
    written, go_on = threading.Event(), threading.Event()

    def hold(_connection: sa.Connection) -> None:
        written.set()
        go_on.wait(5)

    with ThreadPoolExecutor(2) as pool:
        slow = pool.submit(open_ledger().execute, add("standard", "v2"), actor="tester", also=hold)
        assert written.wait(5)
        decision = pool.submit(open_ledger().execute, add("a", "under v1"), actor="tester", depends_on=seen)
        with pytest.raises(TimeoutError):
            decision.result(0.3)
        go_on.set()
        slow.result(5)
        with pytest.raises(StreamMoved, match="rests on"):
            decision.result(5)


def test_a_repeated_key_answers_as_the_first_time_and_appends_nothing(ledger):
    first = ledger.execute(add("a", "one"), actor="tester", key=key("k"), answer={"id": "a"})
    ledger.execute(add("a", "two"), actor="tester")
    again = ledger.execute(add("a", "one"), actor="tester", key=key("k"), expected_version=0)

    assert (again.recorded, again.versions, again.answer) == (first.recorded, {"shelf-a": 1}, {"id": "a"})
    assert (first.replayed, again.replayed) == (False, True)
    assert count_events(ledger) == 2


def test_a_repeated_key_of_what_already_held_also_answers_as_the_first_time(ledger):
    ledger.execute(add("a", "(nothing)"), actor="tester", key=key("k"), answer={"id": "a"})
    again = ledger.execute(add("a", "(nothing)"), actor="tester", key=key("k"))

    assert (again.replayed, again.answer) == (True, {"id": "a"})


def test_one_key_sent_twice_at_once_appends_once(ledger, open_ledger):
    ledgers = [open_ledger() for _ in range(6)]
    together = threading.Barrier(6)

    def send(number: int) -> Outcome:
        together.wait()
        # Different streams, so that nothing but the key can stop the second.
        return ledgers[number].execute(add(f"s{number}", "one"), actor="tester", key=key("k"))

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(send, range(6)))

    assert sum(not outcome.replayed for outcome in outcomes) == 1
    assert len({outcome.recorded[0].id for outcome in outcomes}) == 1
    assert count_events(ledger) == 1


def test_a_key_whose_twin_was_answered_while_it_waited_answers_as_the_twin(ledger, open_ledger):
    """The second looks for an answer before there is one, and decides when the first has filled the shelf."""
    ledger.execute_many([[add("b", str(n)) for n in range(CAPACITY - 1)], [add("c", "v1")]], actor="tester")
    seen = [StreamVersion(stream="shelf-c", version=1)]

    with ThreadPoolExecutor(1) as pool:
        with ledger.engine.begin() as holding:
            holding.execute(sa.text("SELECT pg_advisory_xact_lock(hashtextextended('shelf-c', 0))"))
            second = pool.submit(open_ledger().execute, add("b", "last"), actor="tester", key=key("k"), depends_on=seen)
            wait_for_a_waiter(ledger)
            first = ledger.execute(add("b", "last"), actor="tester", key=key("k"))
        again = second.result(10)

    assert (again.replayed, again.recorded) == (True, first.recorded)


def wait_for_a_waiter(ledger: Ledger) -> None:
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    for _ in range(200):
        with ledger.reading() as connection:
            if connection.scalar(waiting):
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


def test_what_is_committed_is_told_also_when_nobody_can_be_woken(ledger, monkeypatch):
    def fail(driver: Driver, _channel: str) -> None:
        driver.execute("NOTIFY nobody who is there")

    monkeypatch.setattr("qa_platform.ledger.ledger.call", fail)

    outcome = ledger.execute(add("a", "one"), actor="tester")

    assert tuple(ledger.read_stream("shelf-a")) == outcome.recorded


def test_a_key_with_another_request_is_refused(ledger):
    ledger.execute(add("a", "one"), actor="tester", key=key("k", "01"))

    with pytest.raises(KeyReused, match="Use a new key"):
        ledger.execute(add("a", "two"), actor="tester", key=key("k", "02"))


def test_a_refusal_does_not_use_up_the_key(ledger):
    ledger.execute_many([[add("full", str(n)) for n in range(CAPACITY)]], actor="tester")
    with pytest.raises(ShelfFull):
        ledger.execute(add("full", "x"), actor="tester", key=key("k"))

    assert not ledger.execute(add("b", "x"), actor="tester", key=key("k")).replayed


def test_what_runs_also_is_undone_with_the_append(ledger):
    def fail(_connection: sa.Connection) -> None:
        raise Rejected("No.")

    with pytest.raises(Rejected, match="No"):
        ledger.execute(add("a", "one"), actor="tester", also=fail)
    assert count_events(ledger) == 0


def test_a_case_is_read_by_position_then_what_waits_for_one(ledger):
    ledger.execute(add("a", "one"), actor="tester")
    ledger.execute(add("b", "other case"), actor="tester")
    ledger.execute(add("a", "two"), actor="tester")
    drain(ledger.engine)
    ledger.execute(add("a", "three"), actor="tester")

    assert [(r.event.title, r.position) for r in ledger.read_case("a")] == [("one", 0), ("two", 2), ("three", None)]
    assert [r.event.title for r in ledger.read_case("a", until_position=1)] == ["one"]


def test_a_case_as_of_an_instant_holds_what_was_recorded_by_then(open_ledger, ledger):
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for day in range(3):
        then = open_ledger(clock=lambda day=day: start + timedelta(days=day))
        then.execute(add("a", f"day {day}"), actor="tester")
    drain(ledger.engine)

    known = ledger.read_case("a", until=start + timedelta(days=1))
    assert [recorded.event.title for recorded in known] == ["day 0", "day 1"]
    assert ledger.read_case("a", until=start - timedelta(seconds=1)) == []


def test_sealed_fields_open_for_who_asks_and_are_forgotten_when_the_key_is_destroyed(ledger):
    lend = LendBook(shelf="a", title="Emma", reader=seal("p1", "Mei Ling"), contact=seal("p1", {"phone": "x"}))
    ledger.execute(lend, actor="tester")

    (closed,) = ledger.read_stream("shelf-a")
    assert closed.event.reader.value is None
    (opened,) = ledger.read_stream("shelf-a", opened=True)
    assert (opened.event.reader.value, opened.event.contact.value) == ("Mei Ling", {"phone": "x"})

    with ledger.engine.begin() as connection:
        destroyed = ledger.keys.destroy(connection, "p1")
    assert len(destroyed) == 1
    (gone,) = ledger.read_stream("shelf-a", opened=True)
    assert (gone.event.reader.value, gone.event.contact.value) == (FORGOTTEN, FORGOTTEN)
    with pytest.raises(PersonForgotten, match="erased for good"):
        ledger.execute(lend, actor="tester")


def test_sealed_fields_of_rows_open_with_one_query(ledger):
    for shelf in "abc":
        reader = seal(f"p-{shelf}", f"Reader {shelf}")
        ledger.execute(LendBook(shelf=shelf, title="Emma", reader=reader), actor="tester")

    with ledger.reading() as connection:
        rows = SHELVES.rows(connection, sa.select(SHELVES.table).order_by(SHELVES.table.c.shelf))
    assert [row.reader.value for row in rows] == [None, None, None]
    assert [row.reader.value for row in ledger.open_rows(rows)] == ["Reader a", "Reader b", "Reader c"]


def test_rows_fed_by_many_streams_lose_no_update(ledger, open_ledger):
    ledgers = [open_ledger() for _ in range(4)]

    def write(number: int) -> None:
        for turn in range(10):
            ledgers[number].execute(add(f"{number}.{turn}", "Emma"), actor="tester")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))

    with ledger.reading() as connection:
        assert TITLES.find(connection, "Emma").copies == 40


def test_a_page_may_begin_at_any_position(ledger):
    with ledger.reading() as connection:
        assert ledger.read_positions(connection, 32_000, 2_000) == []
        assert ledger.read_positions(connection, 2_147_483_000, 2_000) == []


def test_after_the_server_dropped_every_connection_the_next_command_is_carried_out(ledger, bare_database):
    for title in ("one", "two"):
        with ledger.reading():
            ledger.execute(add("a", title), actor="tester")
    superuser = sa.create_engine(bare_database.superuser_url, poolclass=sa.NullPool)
    with superuser.connect() as connection:
        connection.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'qa_platform' "
                "AND datname = current_database()"
            )
        )

    # One caller may find out; then the whole pool is made anew.
    with suppress(sa.exc.OperationalError):
        ledger.execute(add("a", "three"), actor="tester")
    outcome = ledger.execute(add("a", "four"), actor="tester")

    assert outcome.recorded[0].event.title == "four"


def test_the_folded_state_of_a_stream_comes_with_its_version(ledger):
    ledger.execute_together([add("a", "one"), add("a", "two")], actor="tester")

    state, version = ledger.state(shelf_decider, "shelf-a")
    assert (state.titles, version) == (("one", "two"), 2)
