"""Who watches the ledger at work: a seam for figures, so that the ledger knows no library for them."""

from __future__ import annotations

from typing import Protocol


class Observer(Protocol):
    """Told after the fact, in the thread that did the work; what it raises would fail a finished command."""

    def appended(self, events: int, seconds: float) -> None:
        """Note that a command's events were committed, and how long it took from the first read on."""

    def moved(self) -> None:
        """Note that a writer found its stream moved and must decide again."""


class Unobserved:
    """Nobody watches."""

    def appended(self, events: int, seconds: float) -> None:
        """Let it pass."""

    def moved(self) -> None:
        """Let it pass."""
