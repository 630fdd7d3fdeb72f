from __future__ import annotations

import re
from pathlib import Path

import pytest

from qa_platform import app
from qa_platform.audit.invariants.catalogue import INVARIANTS
from qa_platform.audit.invariants.checking import check
from qa_platform.audit.invariants.invariant import Asked, Invariant, OfCases, OfEvents, Violation
from qa_platform.people.commands import ChangeContact
from tests.audit.invariants.planting import violated


def test_a_clean_demo_violates_nothing_and_all_of_it_is_read(demo):
    checked = demo.check()

    assert violated(checked) == []
    assert checked.unsequenced == 0
    assert checked.read == checked.head > 500


def test_names_are_unique_and_say_their_theme():
    names = [one.name for one in INVARIANTS]

    assert len(set(names)) == len(names) >= 25
    assert all(re.fullmatch(r"[a-z]+\.[a-z0-9]+(?:-[a-z0-9]+)*", name) for name in names)


@pytest.mark.parametrize("name", [one.name for one in INVARIANTS])
def test_every_invariant_has_a_test_that_plants_its_violation(name):
    tests = "\n".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))

    assert f'finds("{name}"' in tests


def test_what_is_recorded_after_the_head_was_taken_is_left_to_the_next_check(demo):
    """A score without a review is written by the first question of the check itself."""
    event = demo.one("review.criterion_scored.v1")
    before = demo.check("log.positions-dense").head

    def write(_connection, _ground):
        demo.again(event, reviewer_id="another")
        return ()

    writes = Invariant("tests.writes", "It writes.", Asked(write))
    chosen = [writes, *(one for one in INVARIANTS if one.name == "reviews.in-their-reviewers-hand")]
    checked = check(demo.ledger, chosen, app.ALL_DECIDERS)

    assert (checked.head, checked.violations) == (before, 0)
    demo.finds("reviews.in-their-reviewers-hand", stream=event.stream)


def test_what_has_no_place_yet_is_counted_and_not_looked_at(demo):
    # Somebody who has not left.
    gone = "SELECT g.stream FROM ledger.events g WHERE g.name = 'person.deactivated.v1'"
    issued = demo.one("person.token_issued.v1", f"e.stream NOT IN ({gone})")
    person = issued.stream.removeprefix("person-")
    demo.ledger.execute(
        ChangeContact(person_id=person, name="Mei Ling", email="m@example.org", telephone=None), actor="x"
    )

    checked = demo.check()

    assert (checked.unsequenced, checked.violations) == (1, 0)
    assert checked.read == checked.head


def test_an_invariant_that_fails_is_told_as_unchecked_and_keeps_none_from_being_checked(demo):
    def fail(*_anything):
        raise KeyError("a secret")

    broken = [Invariant(f"tests.{way.__name__}", "It fails.", way(fail)) for way in (Asked, OfEvents, OfCases)]
    sound = next(one for one in INVARIANTS if one.name == "records.canonical")

    checked = check(demo.ledger, [*broken, sound], app.ALL_DECIDERS)

    assert [one.trouble for one in checked.findings] == ["KeyError"] * 3 + [None]
    assert checked.unchecked == 3
    assert "secret" not in str(checked.findings)


def test_of_many_violations_all_are_counted_and_some_shown(demo):
    found = Invariant(
        "tests.all", "It is never so.", OfEvents(lambda one: [Violation(what="so", position=one.position)])
    )

    checked = check(demo.ledger, [found], app.ALL_DECIDERS)

    assert checked.violations == checked.head
    assert len(checked.findings[0].shown) == 20


def test_a_check_holds_no_transaction_open_while_it_looks_at_a_case(demo):
    """Otherwise a long one would keep the database from clearing up."""
    open_ones: set[int] = set()
    question = (
        "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND usename = 'qa_app' "
        "AND xact_start IS NOT NULL"
    )

    def see(_case, _world):
        open_ones.update(row.n for row in demo.ask(question))
        return ()

    check(demo.ledger, [Invariant("tests.open", "It looks.", OfCases(see))], app.ALL_DECIDERS)

    assert open_ones == {0}


def test_pages_give_every_event_once_whatever_their_size(demo, monkeypatch):
    monkeypatch.setattr("qa_platform.audit.invariants.reading._PAGE", 7)
    monkeypatch.setattr("qa_platform.audit.invariants.checking._SPAN", 11)
    seen: list[int] = []
    sees = Invariant("tests.sees", "It sees.", OfEvents(lambda one: seen.append(one.position) or ()))

    checked = check(demo.ledger, [sees, *(one for one in INVARIANTS if one.theme == "log")], app.ALL_DECIDERS)

    assert sorted(seen) == list(range(checked.head))
    assert checked.violations == 0
