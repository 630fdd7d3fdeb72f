"""The outcome: what locked sheets mean under a rubric, and why.

`outcome` is a pure function of rubric, route, sheets and what moderation settled; `check_sheet`
and `check_score` say what a sheet still lacks; `explain` puts an outcome into sentences.

Numbers are exact. What is compared is never rounded; what is kept or shown (indices) is rounded
half up to four decimals, and a shortfall is rounded up, so that it never reads as nothing.
"""

from qa_platform.scoring.outcome.explanation import explain
from qa_platform.scoring.outcome.numbers import half_up
from qa_platform.scoring.outcome.result import (
    AreaResult,
    CriterionResult,
    Finding,
    Outcome,
    Score,
    Sheet,
    Trigger,
)
from qa_platform.scoring.outcome.scoring import outcome
from qa_platform.scoring.outcome.sheets import check_score, check_sheet

__all__ = [
    "AreaResult",
    "CriterionResult",
    "Finding",
    "Outcome",
    "Score",
    "Sheet",
    "Trigger",
    "check_score",
    "check_sheet",
    "explain",
    "half_up",
    "outcome",
]
