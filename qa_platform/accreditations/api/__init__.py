"""The API of accreditations: the register, open to everybody, and the conditions, for those they are about."""

from __future__ import annotations

from qa_platform.accreditations.api.conditions import conditions_api
from qa_platform.accreditations.api.register import accreditations_api

__all__ = ["accreditations_api", "conditions_api"]
