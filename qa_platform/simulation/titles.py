"""What a course is called and what it is about: composed by rule, never the same twice.

A course follows one row of the Open Learning Index (Blackspirits, CC BY 4.0): the row gives
its field, the span of its level and its pace; hand-written lists give subject and audience.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import msgspec

from qa_platform.simulation.chance import chance
from qa_platform.simulation.tables import table

# ISCED-F 2013 detailed fields, which NEC-2020 shares.
_FIELDS: Final = {
    "computer-science": "0613",
    "ai-data": "0619",
    "cybersecurity-it": "0612",
    "math-statistics": "0542",
    "finance-economics": "0412",
    "psychology-behavior": "0313",
    "humanities-philosophy": "0223",
    "marketing-sales": "0414",
    "project-product-leadership": "0413",
}
# MQF levels that fit each of the index's own words for level: lowest, usual, highest.
_LEVELS: Final = {
    "beginner": (3, 3, 4),
    "beginner_to_intermediate": (3, 4, 5),
    "beginner_to_advanced": (3, 4, 6),
    "intermediate": (4, 4, 5),
    "undergraduate": (5, 6, 6),
}
_STEPS: Final = ("low", "middle", "high")


FIELDS: Final = tuple(sorted(set(_FIELDS.values())))


class Topic(msgspec.Struct, frozen=True, kw_only=True):
    """What a course is about, in both languages, with the facts that follow from its origin."""

    title_en: str
    title_ms: str
    subject_en: str
    subject_ms: str
    context_en: str
    context_ms: str
    after: str
    category: str
    field: str
    level: int
    self_paced: bool


def how_many() -> int:
    """Return how many different titles there are."""
    return len(table("subjects")) * len(table("frames")) * len(table("contexts"))


def topic(seed: int, number: int) -> Topic:
    """Return the topic of a course; below `how_many()`, no two numbers share a title."""
    place, frame_at = divmod(_order(seed)[number % how_many()], len(table("frames")))
    subject_at, context_at = divmod(place, len(table("contexts")))
    return _compose(table("subjects")[subject_at], table("frames")[frame_at], table("contexts")[context_at])


@cache
def _order(seed: int) -> list[int]:
    return chance(seed, "titles").sample(range(how_many()), how_many())


def _compose(subject: dict[str, str], frame: dict[str, str], context: dict[str, str]) -> Topic:
    origin = _index()[subject["after"]]
    return Topic(
        title_en=frame["en"].format(subject=subject["en"], context=context["en"]),
        title_ms=frame["ms"].format(subject=subject["ms"], context=context["ms"]),
        subject_en=subject["en"],
        subject_ms=subject["ms"],
        context_en=context["en"],
        context_ms=context["ms"],
        after=origin["id"],
        category=origin["category"],
        field=_FIELDS[origin["category"]],
        level=_LEVELS[origin["level"]][_STEPS.index(frame["step"])],
        self_paced=origin["self_paced"] == "True",
    )


@cache
def _index() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in table("courses")}
