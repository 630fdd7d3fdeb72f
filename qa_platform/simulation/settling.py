"""The score that a lead reviewer finds right where two are given, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa_platform.panels.commands import SettleCriterion
from qa_platform.simulation import remarks, scoring_model

if TYPE_CHECKING:
    from qa_platform.scoring.rubric import Criterion
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.players import Player


def found_right(case: Case, criterion: Criterion) -> tuple[int, str]:
    """Return the score that a lead settles on or proposes, and the reason."""
    before = tuple(sheet.scores[criterion.id].score for sheet in case.sheets())
    score = scoring_model.settled(case.seed, case.number, criterion, before)
    return score, remarks.settlement(criterion, score, before)


def settlement(case: Case, lead: Player, criterion: Criterion) -> SettleCriterion:
    """Return what settles a criterion, and note it."""
    score, reason = found_right(case, criterion)
    case.settled[criterion.id] = score
    return SettleCriterion(
        submission_id=case.submission_id,
        settled_by=lead.person_id,
        criterion=criterion.id,
        score=score,
        reason=reason,
        rubric=case.rubric,
        route=case.route,
        sheets=case.sheets(),
    )
