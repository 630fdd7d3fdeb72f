"""The wire of accreditations: the register's entries, and the conditions behind them."""

from __future__ import annotations

from qa_platform.accreditations.schemas.conditions import (
    AwaitedClosingSchema,
    CheckerSchema,
    ClosingSchema,
    ConditionQuerySchema,
    ConditionSchema,
    CorrectionSchema,
    FilingSchema,
    ReversalSchema,
    RulingSchema,
)
from qa_platform.accreditations.schemas.register import AccreditationQuerySchema, AccreditationSchema

__all__ = [
    "AccreditationQuerySchema",
    "AccreditationSchema",
    "AwaitedClosingSchema",
    "CheckerSchema",
    "ClosingSchema",
    "ConditionQuerySchema",
    "ConditionSchema",
    "CorrectionSchema",
    "FilingSchema",
    "ReversalSchema",
    "RulingSchema",
]
