"""What panels show, and to whom: each file one table with its queries, or one way to read a stream."""

from qa_platform.panels.read_model.assignable import (
    ASSIGNABLE,
    AssignableReviewerRow,
    Candidate,
    get_assignable,
    list_candidates,
)
from qa_platform.panels.read_model.leads import LEADS, LeadRow, get_lead
from qa_platform.panels.read_model.panels import (
    PANELS,
    Departure,
    PanelRow,
    SeatEntry,
    Settlement,
    as_seen_by,
    get_panel,
    get_scored_panel,
    select_panels,
)
from qa_platform.panels.read_model.rubrics import PANEL_RUBRICS, PanelRubricRow, rubric_under
from qa_platform.panels.read_model.sheets import GivenScore, given_scores, sheet_of

__all__ = [
    "ASSIGNABLE",
    "LEADS",
    "PANELS",
    "PANEL_RUBRICS",
    "AssignableReviewerRow",
    "Candidate",
    "Departure",
    "GivenScore",
    "LeadRow",
    "PanelRow",
    "PanelRubricRow",
    "SeatEntry",
    "Settlement",
    "as_seen_by",
    "get_assignable",
    "get_lead",
    "get_panel",
    "get_scored_panel",
    "given_scores",
    "list_candidates",
    "rubric_under",
    "select_panels",
    "sheet_of",
]
