from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_platform.kernel.conflicts import CATEGORIES, ConflictCode, Effect, Tie, bars, categories_of, effect_of, reaches

TODAY = date(2026, 7, 1)


def test_every_code_has_its_category():
    assert tuple(CATEGORIES) == get_args(ConflictCode)


@pytest.mark.parametrize(
    ("category", "until", "barred"),
    [
        ("EMP", None, True),
        ("EMP", date(2021, 7, 1), True),
        ("EMP", date(2021, 6, 30), False),
        ("CON", date(2020, 7, 1), True),
        ("GIF", date(2024, 6, 30), False),
        ("FAM", date(2026, 7, 1), True),
        ("FAM", date(2026, 6, 30), False),
        ("DEV", date(1999, 1, 1), True),
    ],
)
def test_a_tie_bars_for_as_long_as_its_category_looks_back(category, until, barred):
    assert bars(category, date(1990, 1, 1), until, TODAY) is barred


@pytest.mark.parametrize("category", ["COL", "PER", "RIV", "FUT"])
def test_what_an_officer_rules_on_or_an_undertaking_settles_does_not_bar_by_itself(category):
    assert reaches(category, date(2020, 1, 1), None, TODAY)
    assert not bars(category, date(2020, 1, 1), None, TODAY)


def test_a_tie_counts_from_its_first_day():
    assert not bars("EMP", date(2026, 7, 2), None, TODAY)
    assert bars("EMP", TODAY, None, TODAY)


@given(st.sampled_from(sorted(CATEGORIES)), st.dates(date(1980, 1, 1), date(2030, 1, 1)), st.integers(0, 9000))
def test_a_tie_that_no_longer_counts_never_counts_again(category, until, days):
    first, later = date.fromordinal(until.toordinal() + 1), date.fromordinal(until.toordinal() + 1 + days)
    since = date(1970, 1, 1)
    assert reaches(category, since, until, first) or not reaches(category, since, until, later)


def test_only_ties_of_a_barring_kind_bar():
    barring = {code for code, category in CATEGORIES.items() if category.effect is Effect.BAR}
    assert {code for code in CATEGORIES if bars(code, TODAY, None, TODAY)} == barring


def _tie(category="COL", provider_id="p-1", course_id=None, since=date(2020, 1, 1), until=None):
    return Tie(provider_id=provider_id, course_id=course_id, category=category, since=since, until=until)


def test_what_was_declared_counts_for_its_provider_and_course_within_its_reach():
    ties = (
        _tie("PER"),
        _tie("DEV", course_id="c-1"),
        _tie("DEV", course_id="c-2"),
        _tie("EMP", provider_id="p-2"),
        _tie("GIF", until=date(2024, 6, 30)),
        _tie("PER"),
    )

    assert categories_of(ties, "p-1", "c-1", TODAY) == ("DEV", "PER")
    assert categories_of(ties, "p-1", "c-3", TODAY) == ("PER",)


@pytest.mark.parametrize(
    ("categories", "effect"),
    [
        ((), None),
        (("FUT",), Effect.UNDERTAKING),
        (("FUT", "COL"), Effect.OFFICER_DECIDES),
        (("COL", "GIF", "FUT"), Effect.BAR),
    ],
)
def test_the_harshest_of_several_categories_holds(categories, effect):
    assert effect_of(categories) == effect


# Code, look-back in months (0: present ties only, None: for ever), effect: as the agency's rules print them.
@pytest.mark.parametrize(
    ("code", "look_back", "effect"),
    [
        ("EMP", 60, "bar"),
        ("STU", 60, "bar"),
        ("CON", 72, "bar"),
        ("OWN", 60, "bar"),
        ("FAM", 0, "bar"),
        ("JOB", 72, "bar"),
        ("DEV", None, "bar"),
        ("RIV", 0, "officer_decides"),
        ("SYS", 0, "bar"),
        ("REC", 36, "bar"),
        ("COL", 36, "officer_decides"),
        ("PER", None, "officer_decides"),
        ("GIF", 24, "bar"),
        ("FUT", 0, "undertaking"),
    ],
)
def test_each_category_reaches_as_far_and_does_what_the_rules_say(code, look_back, effect):
    assert (CATEGORIES[code].look_back_months, CATEGORIES[code].effect) == (look_back, effect)
