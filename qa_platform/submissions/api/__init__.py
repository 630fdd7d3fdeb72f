"""The API of what providers put forward: submissions, and units of accredited programmes."""

from __future__ import annotations

from qa_platform.submissions.api.components import components_api
from qa_platform.submissions.api.submissions import submissions_api

__all__ = ["components_api", "submissions_api"]
