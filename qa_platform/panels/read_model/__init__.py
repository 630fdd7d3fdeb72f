"""What panels show, and to whom: each file one table with its queries, or one way to read a stream."""

from qa_platform.panels.read_model.allocating import allocate, gather, preview_of, to_keep, to_propose
from qa_platform.panels.read_model.assignable import (
    ASSIGNABLE,
    AssignableReviewerRow,
    get_assignable,
)
from qa_platform.panels.read_model.candidates import Candidate, list_candidates
from qa_platform.panels.read_model.confirming import (
    candidacy_of,
    get_candidacy,
    rests_on,
    to_assign,
    to_confirm,
    to_confirm_all,
    to_seat_third,
)
from qa_platform.panels.read_model.courses import PANEL_COURSES, PanelCourseRow
from qa_platform.panels.read_model.decided import PANEL_DECISIONS, PanelDecidedRow, decided_on
from qa_platform.panels.read_model.known import Known, know
from qa_platform.panels.read_model.leads import LEADS, LeadRow, get_lead
from qa_platform.panels.read_model.panels import (
    PANELS,
    Departure,
    PanelRow,
    ProposalEntry,
    SeatEntry,
    Settlement,
    as_seen_by,
    find_panel,
    get_own_panel,
    get_panel,
    get_scored_panel,
    list_silent,
    select_panels,
)
from qa_platform.panels.read_model.proposals import (
    PROPOSALS,
    ProposalRow,
    find_proposal,
    get_composition,
    list_proposals,
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
from qa_platform.panels.read_model.sittings import SITTINGS, SittingRow, get_sitting, list_to_remind, list_to_replace
from qa_platform.panels.read_model.workload import within_caps

__all__ = [
    "ASSIGNABLE",
    "LEADS",
    "PANELS",
    "PANEL_COURSES",
    "PANEL_DECISIONS",
    "PANEL_RUBRICS",
    "PROPOSALS",
    "REPORTS",
    "SITTINGS",
    "AssignableReviewerRow",
    "Candidate",
    "Departure",
    "GivenScore",
    "Known",
    "LeadRow",
    "PanelCourseRow",
    "PanelDecidedRow",
    "PanelRow",
    "PanelRubricRow",
    "ProposalEntry",
    "ProposalRow",
    "ReportRow",
    "SeatEntry",
    "Settlement",
    "SittingRow",
    "allocate",
    "as_seen_by",
    "candidacy_of",
    "decided_on",
    "find_panel",
    "find_proposal",
    "gather",
    "get_assignable",
    "get_candidacy",
    "get_composition",
    "get_lead",
    "get_own_panel",
    "get_panel",
    "get_report",
    "get_scored_panel",
    "get_sitting",
    "given_scores",
    "know",
    "list_candidates",
    "list_proposals",
    "list_silent",
    "list_to_remind",
    "list_to_replace",
    "list_unanswered",
    "preview_of",
    "rests_on",
    "rubric_under",
    "select_panels",
    "select_reports",
    "sheet_of",
    "to_assign",
    "to_confirm",
    "to_confirm_all",
    "to_keep",
    "to_propose",
    "to_seat_third",
    "within_caps",
]
