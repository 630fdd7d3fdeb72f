"""The conflicts of interest of a reviewer: what he declares, and what the system sees by itself."""

from __future__ import annotations

from qa_platform.kernel.conflicts.categories import (
    CATEGORIES,
    UNDERTAKING_MONTHS,
    Category,
    ConflictCode,
    Effect,
    Tie,
    bars,
    categories_of,
    effect_of,
    reaches,
)
from qa_platform.kernel.conflicts.seen import (
    PastReview,
    Post,
    Rotation,
    SeenCandidate,
    SeenCase,
    SeenCode,
    SeenConflict,
    SeenEffect,
    seen_conflicts,
)

__all__ = [
    "CATEGORIES",
    "UNDERTAKING_MONTHS",
    "Category",
    "ConflictCode",
    "Effect",
    "PastReview",
    "Post",
    "Rotation",
    "SeenCandidate",
    "SeenCase",
    "SeenCode",
    "SeenConflict",
    "SeenEffect",
    "Tie",
    "bars",
    "categories_of",
    "effect_of",
    "reaches",
    "seen_conflicts",
]
