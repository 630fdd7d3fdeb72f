"""The API of panels: who sits and leads, the agreement on scores, the report and its check."""

from qa_platform.panels.api import agreement, reporting
from qa_platform.panels.api.panels import panels_api

__all__ = ["agreement", "panels_api", "reporting"]
