from __future__ import annotations

import pytest

from tests.simulation.agreement import icc21

# Shrout and Fleiss, "Intraclass correlations: uses in assessing rater reliability" (1979), table 2.
SIX_TARGETS_FOUR_JUDGES = ((9, 2, 5, 8), (6, 1, 3, 2), (8, 4, 6, 8), (7, 1, 2, 6), (10, 5, 6, 9), (6, 2, 4, 7))


def test_the_published_example_comes_out_as_published():
    assert icc21(SIX_TARGETS_FOUR_JUDGES) == pytest.approx(0.29, abs=0.005)


def test_reviewers_who_agree_agree_wholly():
    assert icc21(((1, 1), (2, 2), (4, 4))) == pytest.approx(1)


def test_a_strict_reviewer_counts_against_absolute_agreement():
    assert icc21(((2, 1), (3, 2), (5, 4))) < 1
