from __future__ import annotations

from datetime import date
from itertools import count
from types import SimpleNamespace

import pytest

from qa_platform.simulation.chance import chance
from qa_platform.simulation.desk import MOST_OPEN_CASES, Desk
from qa_platform.simulation.players import Tie, company
from qa_platform.simulation.titles import FIELDS

NUMBERS = count()


@pytest.fixture
def players():
    return company(1, 60, date(2024, 11, 25), lambda: f"id-{next(NUMBERS)}", "founder")


def case_of(players, *, field=FIELDS[0]):
    return SimpleNamespace(provider=players.providers[0], topic=SimpleNamespace(field=field))


def untied(players):
    return tuple(each for each in players.reviewers if not each.ties)


def test_whoever_declared_a_tie_is_not_asked(players):
    first, second = untied(players)[:2]
    provider_id = players.providers[0].provider_id
    tie = Tie(interest_id="i", provider_id=provider_id, category="EMP", since=date(2024, 1, 1))
    first = type(first)(**{name: getattr(first, name) for name in first.__struct_fields__} | {"ties": (tie,)})

    desk = Desk((first, second))

    assert all(desk.choose(case_of(players), chance(1, n), set()) == second for n in range(5))


def test_the_field_counts_before_the_load(players):
    field = FIELDS[0]
    inside = next(each for each in untied(players) if field in each.fields)
    outside = next(each for each in untied(players) if field not in each.fields)
    desk = Desk((inside, outside))

    chosen = [desk.choose(case_of(players, field=field), chance(1, n), set()) for n in range(MOST_OPEN_CASES + 1)]

    assert chosen == [inside] * MOST_OPEN_CASES + [outside]


def test_who_reviewed_a_provider_is_not_the_first_to_be_asked_again(players):
    field = FIELDS[0]
    one, other = [each for each in untied(players) if field in each.fields][:2]
    desk = Desk((one, other))
    case = case_of(players, field=field)
    first = desk.choose(case, chance(1), set())

    desk.done(first, case.provider, reviewed=True)

    assert desk.choose(case, chance(2), set()) != first


def test_reasons_name_the_field_and_nothing_private(players):
    reviewer = untied(players)[0]
    desk = Desk((reviewer,))
    case = case_of(players, field=reviewer.fields[0])
    desk.choose(case, chance(1), set())

    assert desk.reasons(reviewer, case) == (
        f"Works in the field {reviewer.fields[0]}",
        "Has 0 other open reviews",
        "Declared no tie to the provider",
    )
