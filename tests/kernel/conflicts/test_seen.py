from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_platform.kernel.conflicts import (
    PastReview,
    Post,
    Rotation,
    SeenCandidate,
    SeenCase,
    SeenEffect,
    seen_conflicts,
)

TODAY = date(2026, 7, 1)
CASE = SeenCase(provider_id="p-1", course_id="c-1")


def _candidate(*posts):
    return SeenCandidate(reviewer_id="r-1", posts=posts)


def _post(provider_id="p-1", since=date(2010, 1, 1), until=None):
    return Post(provider_id=provider_id, since=since, until=until)


def _review(on, *, by="r-1", of="p-1", employers=(), full=True):
    return PastReview(reviewer_id=by, employer_ids=employers, provider_id=of, course_id="c-9", on=on, full=full)


def _seen(candidate=None, case=CASE, history=(), rotation=Rotation()):  # noqa: B008 -- a frozen value
    found = seen_conflicts(candidate or _candidate(), case, history, TODAY, rotation)
    return [(one.category, one.effect.value) for one in found]


@pytest.mark.parametrize(
    ("post", "seen"),
    [
        (_post(), [("EMP", "bar")]),
        (_post("p-2"), []),
        (_post(until=date(2021, 7, 1)), [("EMP", "bar")]),
        (_post(until=date(2021, 6, 30)), []),
        (_post(since=date(2026, 7, 2)), []),
    ],
)
def test_whoever_works_or_lately_worked_for_the_provider_is_barred(post, seen):
    assert _seen(_candidate(post)) == seen


def test_whoever_is_named_in_the_course_is_barred():
    assert _seen(case=SeenCase(provider_id="p-1", course_id="c-1", part_taken_by=frozenset({"r-1"}))) == [
        ("DEV", "bar")
    ]
    assert _seen(case=SeenCase(provider_id="p-1", course_id="c-1", part_taken_by=frozenset({"r-2"}))) == []


@pytest.mark.parametrize(
    ("review", "seen"),
    [
        (_review(date(2024, 1, 1), by="r-2", of="p-2", employers=("p-1",)), [("REC", "bar")]),
        (_review(date(2023, 7, 1), by="r-2", of="p-2", employers=("p-1",)), [("REC", "bar")]),
        (_review(date(2023, 6, 30), by="r-2", of="p-2", employers=("p-1",)), []),
        (_review(date(2024, 1, 1), by="r-2", of="p-3", employers=("p-1",)), []),
        (_review(date(2024, 1, 1), by="r-2", of="p-2", employers=("p-3",)), []),
    ],
)
def test_two_providers_whose_people_would_review_each_other_are_barred(review, seen):
    assert _seen(_candidate(_post("p-2")), history=[review]) == seen


def test_a_former_employer_makes_no_reciprocal_review():
    review = _review(date(2024, 1, 1), by="r-2", of="p-2", employers=("p-1",))
    assert _seen(_candidate(_post("p-2", until=date(2026, 6, 30))), history=[review]) == []


@pytest.mark.parametrize(
    ("history", "seen"),
    [
        ([_review(date(2023, 7, 1)), _review(date(2026, 1, 1), of="p-2")], [("ROT", "warn")]),
        ([_review(date(2023, 6, 30)), _review(date(2026, 1, 1), of="p-2")], []),
        ([_review(date(2026, 1, 1), full=False), _review(date(2026, 2, 1), of="p-2")], []),
        ([_review(date(2026, 1, 1), full=False)], [("ROT", "warn")]),
        ([_review(date(2019, 1, 1))], [("ROT", "warn")]),
        ([_review(date(2026, 1, 1), by="r-2")], []),
    ],
)
def test_the_same_provider_again_too_soon_or_twice_running_is_warned_of(history, seen):
    assert _seen(history=history) == seen


@pytest.mark.parametrize(("months", "seen"), [(5, []), (6, [("ROT", "warn")])])
def test_an_agency_says_how_long_a_reviewer_leaves_a_provider_alone(months, seen):
    history = [_review(date(2026, 1, 1)), _review(date(2026, 2, 1), of="p-2")]

    assert _seen(history=history, rotation=Rotation(months=months)) == seen


def test_an_agency_may_let_rotation_bar():
    assert _seen(history=[_review(TODAY)], rotation=Rotation(effect=SeenEffect.BAR)) == [("ROT", "bar")]


def test_bars_are_told_first_each_with_a_sentence():
    found = seen_conflicts(_candidate(_post()), CASE, [_review(TODAY)], TODAY)

    assert [one.category for one in found] == ["EMP", "ROT"]
    assert [one.sentence for one in found] == [
        "He works for the provider of this course.",
        "He reviewed a course of this provider on 2026-07-01, within the last 36 months.",
    ]


@given(st.permutations([_review(date(2026, 1, 1)), _review(date(2025, 1, 1), of="p-2"), _review(date(2020, 1, 1))]))
def test_the_order_of_the_history_does_not_matter(history):
    assert _seen(history=history) == [("ROT", "warn")]
