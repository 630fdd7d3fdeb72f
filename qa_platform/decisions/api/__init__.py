"""The API of this room: meetings, their items, decisions, and what is asked of the provider."""

from qa_platform.decisions.api import asking, decisions, items, meetings
from qa_platform.decisions.api.blueprints import decisions_api, meetings_api

__all__ = ["asking", "decisions", "decisions_api", "items", "meetings", "meetings_api"]
