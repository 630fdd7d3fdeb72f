"""What deciding shows, and to whom; and what a decision rests on."""

from qa_platform.decisions.read_model.committee import COMMITTEE_MEMBERS, MemberRow, members_among
from qa_platform.decisions.read_model.deciding import DECISIONS
from qa_platform.decisions.read_model.decisions import (
    as_seen_by,
    get_decision,
    get_variation,
    outcome_as_seen_by,
    select_decisions,
)
from qa_platform.decisions.read_model.dossiers import CaseFile, case_file
from qa_platform.decisions.read_model.meetings import (
    MEETINGS,
    AgendaItem,
    MeetingRow,
    agenda_as_seen_by,
    get_meeting,
    select_meetings,
)
from qa_platform.decisions.read_model.rows import DecisionRow, Recusal, Variation, Verdict
from qa_platform.decisions.read_model.rubrics import DECISION_RUBRICS, DecisionRubricRow, rubric_under

__all__ = [
    "COMMITTEE_MEMBERS",
    "DECISIONS",
    "DECISION_RUBRICS",
    "MEETINGS",
    "AgendaItem",
    "CaseFile",
    "DecisionRow",
    "DecisionRubricRow",
    "MeetingRow",
    "MemberRow",
    "Recusal",
    "Variation",
    "Verdict",
    "agenda_as_seen_by",
    "as_seen_by",
    "case_file",
    "get_decision",
    "get_meeting",
    "get_variation",
    "members_among",
    "outcome_as_seen_by",
    "rubric_under",
    "select_decisions",
    "select_meetings",
]
