"""A component as its rules see it."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from qa_platform.submissions.events.components import (
    ComponentListed,
    ComponentListingEnded,
    ComponentNotified,
    ComponentRefused,
)


class ComponentStatus(StrEnum):
    """Where a component stands."""

    NOTIFIED = "notified"
    FULL_ROUTE = "full_route"
    LISTED = "listed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class Component(Struct, frozen=True, kw_only=True):
    """A unit of an accredited programme; before it is notified it has no status."""

    status: ComponentStatus | None = None
    notified: ComponentNotified | None = None
    listed: ComponentListed | None = None
    refused: ComponentRefused | None = None
    number: str | None = None
    ended: ComponentListingEnded | None = None

    @property
    def title(self) -> str:
        """Return what a sentence calls the component."""
        unit = self.notified.unit if self.notified else None
        title = (unit.title_en or unit.title_ms) if unit else None
        return f"“{title}”" if title else "The component"

    @property
    def state(self) -> str:
        """Return the words for where the component stands."""
        words = {
            ComponentStatus.FULL_ROUTE: "drawn for a full review",
            ComponentStatus.ENDED: "not listed any more",
        }
        return words.get(self.status, f"{self.status}") if self.status else "unknown"
