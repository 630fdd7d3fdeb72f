"""Centres, whose case is whose, and what waits at intake, as the API lists them."""

from __future__ import annotations

from qa_platform.centres.read_model.cases import (
    CASE_CENTRES,
    CaseCentreRow,
    cases_of,
    find_case,
    get_case,
    list_left_behind,
    select_cases,
)
from qa_platform.centres.read_model.centres import (
    CENTRES,
    CentreRow,
    get_centre,
    select_centres,
    standing_of,
    without_reason,
)
from qa_platform.centres.read_model.cosigning import AWAITED_DECISIONS, CASE_COSIGNING, CosigningRow, awaited_decision
from qa_platform.centres.read_model.intake import CENTRE_INTAKE, IntakeRow, is_lodged, list_unassigned, provider_of
from qa_platform.centres.read_model.people import CENTRE_PEOPLE, CentrePersonRow

__all__ = [
    "AWAITED_DECISIONS",
    "CASE_CENTRES",
    "CASE_COSIGNING",
    "CENTRES",
    "CENTRE_INTAKE",
    "CENTRE_PEOPLE",
    "CaseCentreRow",
    "CentrePersonRow",
    "CentreRow",
    "CosigningRow",
    "IntakeRow",
    "awaited_decision",
    "cases_of",
    "find_case",
    "get_case",
    "get_centre",
    "is_lodged",
    "list_left_behind",
    "list_unassigned",
    "provider_of",
    "select_cases",
    "select_centres",
    "standing_of",
    "without_reason",
]
