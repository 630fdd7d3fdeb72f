from __future__ import annotations

from statistics import mean

import pytest

from qa_platform.scoring.outcome import Score, Sheet, check_sheet
from qa_platform.simulation import scoring_model as model
from tests.simulation.agreement import icc21

CASES = 500
REVIEWERS = 5


@pytest.mark.parametrize("seed", [1, 20])
def test_single_reviewers_agree_about_as_little_as_on_real_panels(seed, rubric):
    """ICC(2,1) of total scores was about 0.35 where panels review research grants."""
    criteria = rubric.applying("SAMC")

    totals = [
        [
            sum(model.rounded(model.perceived(seed, case, reviewer, each)) for each in criteria)
            for reviewer in range(REVIEWERS)
        ]
        for case in range(CASES)
    ]

    assert 0.25 <= icc21(totals) <= 0.45


def test_every_ten_reviewers_reach_from_mild_to_strict():
    for deal in range(3):
        dealt = [model.severity(5, deal * 10 + place) for place in range(10)]
        assert mean(dealt) == pytest.approx(0, abs=1e-9)
        assert max(dealt) > model.SPREAD["severity"]
        assert min(dealt) < -model.SPREAD["severity"]


def test_a_sheet_is_complete_and_says_why(rubric):
    for reviewer in range(5):
        sheet = model.sheet(1, 3, reviewer, rubric, "SAMC")
        scores = {each.criterion: Score(score=each.score, confidence=each.confidence) for each in sheet}
        assert check_sheet(rubric, "SAMC", Sheet(review_id="r", scores=scores)) == ()
        assert all(len(each.comment.split()) >= 3 for each in sheet)
        assert all(each.evidence for each in sheet if each.score is not None)
        assert all(each.not_applicable_reason for each in sheet if each.score is None)


def test_a_judgement_is_the_same_whenever_it_is_asked(rubric):
    once = model.sheet(1, 3, 2, rubric, "SAMC")
    model.sheet(1, 4, 2, rubric, "SAMC")

    assert model.sheet(1, 3, 2, rubric, "SAMC") == once


def test_a_lead_settles_between_the_scores_that_were_given(rubric):
    for criterion in rubric.criteria:
        assert 2 <= model.settled(1, 1, criterion, (2, 3)) <= 3
        assert model.settled(1, 1, criterion, (4, None)) == 4
