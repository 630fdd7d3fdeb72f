"""The API of panels: seats, leads, moderation and the proposals that fill them."""

from qa_platform.panels.api.panels import panels_api

__all__ = ["panels_api"]
