"""The API of panels: who sits and leads, proposals for it, the agreement on scores, the report and its check."""

from qa_platform.panels.api import agreement, allocations, proposing, reporting
from qa_platform.panels.api.panels import panels_api

__all__ = ["agreement", "allocations", "panels_api", "proposing", "reporting"]
