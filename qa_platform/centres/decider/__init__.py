"""The rules about centres and their cases: who is approved, and whose case is whose."""

from __future__ import annotations

from qa_platform.centres.decider.assignments import Assignment, assignment_decider
from qa_platform.centres.decider.centres import CENTRE_CODES, Centre, Status, centre_decider
from qa_platform.centres.decider.cosigning import Cosigning, cosigning_decider

__all__ = [
    "CENTRE_CODES",
    "Assignment",
    "Centre",
    "Cosigning",
    "Status",
    "assignment_decider",
    "centre_decider",
    "cosigning_decider",
]
