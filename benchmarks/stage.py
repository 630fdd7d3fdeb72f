"""What a case is given: the server, how long and how often to measure, and whom to tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.server import Server


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One run's circumstances; `quick` keeps everything small, to see that it works."""

    server: Server
    seconds: float
    rounds: int
    quick: bool
    tell: Callable[[str], None]

    def sized(self, full: int) -> int:
        """Return a size, or a fiftieth of it for a quick run."""
        return max(1, full // 50) if self.quick else full
