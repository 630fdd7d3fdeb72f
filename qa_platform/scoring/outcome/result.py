"""What goes into an outcome, and what comes out of it."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

Confidence = Literal["low", "medium", "high"]

# How the result of a criterion came about.
Basis = Literal["settled", "agreed", "mean", "median", "not_applicable"]

# What kept an outcome out of a band.
FindingRule = Literal["must_pass_min", "not_conditionable", "below_met_max", "index_min", "area_min"]

# What calls for moderation.
TriggerRule = Literal["difference", "straddles_met", "low_confidence", "applicability_differs", "bands_differ"]


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """What a reviewer gave a criterion; None is not applicable."""

    score: int | None
    confidence: Confidence = "high"


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """The scores of one review, by criterion."""

    review_id: str
    scores: dict[str, Score]


class CriterionResult(msgspec.Struct, frozen=True, kw_only=True):
    """What the sheets together say about a criterion.

    `scores` are those given, in the order of the review ids. `score` is the one they come to;
    None where two reviewers differ (`mean`) and where nothing applies. `judged_on` is the lowest
    score that counts: must-pass looks at it. `points` is None where nothing applies.
    """

    criterion: str
    area: str
    weight: Decimal
    must_pass: bool
    scores: tuple[int | None, ...]
    basis: Basis
    score: int | None
    judged_on: int | None
    points: Decimal | None


class AreaResult(msgspec.Struct, frozen=True, kw_only=True):
    """What an area earned of what it could; its index is None where nothing in it applies."""

    area: str
    earned: Decimal
    applicable: Decimal
    index: Decimal | None


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One rule that kept the outcome out of a band: on what, and by how much."""

    band: str
    rule: FindingRule
    criterion: str | None
    area: str | None
    actual: Decimal
    required: Decimal
    shortfall: Decimal


class Trigger(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that calls for moderation: on which criterion, and by how much.

    `values` are the scores (None: not applicable) or, of the whole, the bands that differ;
    `actual` is the difference in scores, or how many sheets show the thing; `required` is from
    which figure on it counts.
    """

    rule: TriggerRule
    criterion: str | None
    values: tuple[int | str | None, ...]
    actual: int
    required: int


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What the sheets mean: the band, the figures behind it, and the reasons.

    `index` and those of the areas are rounded half up to four decimals; `earned` and `applicable`
    are exact, and are what was compared. `findings` say what kept the outcome out of each better
    band. `must_pass_faults` are the must-pass criteria below met. `commendations` are criteria
    that every reviewer found to exceed what is asked.
    """

    standard_id: str
    rubric_version: str
    route: str
    band: str
    index: Decimal
    earned: Decimal
    applicable: Decimal
    areas: tuple[AreaResult, ...]
    criteria: tuple[CriterionResult, ...]
    must_pass_faults: tuple[str, ...]
    findings: tuple[Finding, ...]
    triggers: tuple[Trigger, ...]
    commendations: tuple[str, ...]

    @property
    def area_indices(self) -> dict[str, Decimal]:
        """Return the index of each area in which something applies."""
        return {each.area: each.index for each in self.areas if each.index is not None}
