"""What panels show, and to whom: each file one table with its queries, or one way to read a stream."""

from qa_platform.panels.read_model.assignable import (
    ASSIGNABLE,
    AssignableReviewerRow,
    Candidate,
    get_assignable,
    list_candidates,
)
from qa_platform.panels.read_model.decided import PANEL_DECISIONS, PanelDecidedRow, decided_on
from qa_platform.panels.read_model.leads import LEADS, LeadRow, get_lead
from qa_platform.panels.read_model.panels import (
    PANELS,
    Departure,
    PanelRow,
    ProposalEntry,
    SeatEntry,
    Settlement,
    as_seen_by,
    get_own_panel,
    get_panel,
    get_scored_panel,
    list_silent,
    select_panels,
)
from qa_platform.panels.read_model.reports import (
    REPORTS,
    ReportRow,
    get_report,
    list_unanswered,
    select_reports,
)
from qa_platform.panels.read_model.rubrics import PANEL_RUBRICS, PanelRubricRow, rubric_under
from qa_platform.panels.read_model.sheets import GivenScore, given_scores, sheet_of

__all__ = [
    "ASSIGNABLE",
    "LEADS",
    "PANELS",
    "PANEL_DECISIONS",
    "PANEL_RUBRICS",
    "REPORTS",
    "AssignableReviewerRow",
    "Candidate",
    "Departure",
    "GivenScore",
    "LeadRow",
    "PanelDecidedRow",
    "PanelRow",
    "PanelRubricRow",
    "ProposalEntry",
    "ReportRow",
    "SeatEntry",
    "Settlement",
    "as_seen_by",
    "decided_on",
    "get_assignable",
    "get_lead",
    "get_own_panel",
    "get_panel",
    "get_report",
    "get_scored_panel",
    "given_scores",
    "list_candidates",
    "list_silent",
    "list_unanswered",
    "rubric_under",
    "select_panels",
    "select_reports",
    "sheet_of",
]
