"""What deciding shows, and to whom; and what a decision rests on."""

from qa_platform.decisions.read_model.committee import COMMITTEE_MEMBERS, MemberRow, members_among
from qa_platform.decisions.read_model.decisions import (
    DECISIONS,
    DecisionRow,
    Recusal,
    Verdict,
    as_seen_by,
    get_decision,
    outcome_as_seen_by,
    select_decisions,
)
from qa_platform.decisions.read_model.dossiers import CaseFile, case_file
from qa_platform.decisions.read_model.rubrics import DECISION_RUBRICS, DecisionRubricRow, rubric_under

__all__ = [
    "COMMITTEE_MEMBERS",
    "DECISIONS",
    "DECISION_RUBRICS",
    "CaseFile",
    "DecisionRow",
    "DecisionRubricRow",
    "MemberRow",
    "Recusal",
    "Verdict",
    "as_seen_by",
    "case_file",
    "get_decision",
    "members_among",
    "outcome_as_seen_by",
    "rubric_under",
    "select_decisions",
]
