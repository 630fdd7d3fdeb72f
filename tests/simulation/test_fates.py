from __future__ import annotations

from collections import Counter
from typing import get_args

import pytest

from qa_platform.simulation.fates import Ending, Twist, fates


@pytest.mark.parametrize("cases", [40, 60, 500])
def test_everything_that_can_become_of_a_case_becomes_of_one(cases):
    found = fates(1, cases)

    assert len(found) == cases
    assert {each.ending for each in found} == set(get_args(Ending))
    assert {each.twist for each in found} == set(get_args(Twist))


@pytest.mark.parametrize("cases", [1, 2, 7, 25])
def test_of_few_cases_at_least_half_reach_a_decision(cases):
    found = Counter(each.ending for each in fates(3, cases))

    assert found.total() == cases
    assert found["released"] >= cases / 2


def test_a_fate_depends_on_the_seed_alone():
    assert fates(1, 60) == fates(1, 60)
    assert fates(1, 60) != fates(2, 60)
