from __future__ import annotations

from tests.processes.casework import agency

__all__ = ["agency"]
