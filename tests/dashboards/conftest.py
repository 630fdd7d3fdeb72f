from __future__ import annotations

from tests.processes.casework import agency, desk

__all__ = ["agency", "desk"]
