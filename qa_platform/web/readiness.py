"""Whether the platform can do its work now, in parts; the composition root knows how to find out."""

from __future__ import annotations

from typing import Any

import msgspec


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the work depends on; `says` is for a person, and names nobody and no host."""

    name: str
    ready: bool
    says: str


class Readiness(msgspec.Struct, frozen=True, kw_only=True):
    """All parts, with the figures that they rest on."""

    parts: tuple[Part, ...] = ()
    figures: dict[str, Any] = {}

    @property
    def ready(self) -> bool:
        """Return whether no part stands in the way."""
        return all(part.ready for part in self.parts)

    @property
    def sentence(self) -> str:
        """Return what stands in the way, in sentences."""
        return " ".join(part.says for part in self.parts if not part.ready) or "The platform is ready."
