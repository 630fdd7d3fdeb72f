"""What becomes of each case, dealt out so that everything that can happen does."""

from __future__ import annotations

from itertools import count
from typing import Final, Literal, TypeVar

import msgspec
from msgspec.structs import replace

from qa_platform.simulation.chance import chance

K = TypeVar("K", bound=str)

# Where a case stands when the simulation ends.
Ending = Literal[
    "draft",
    "lodged",
    "returned",
    "accepted",
    "invited",
    "scoring",
    "moderation",
    "awaiting",
    "decided",
    "conditional",
    "closed",
    "lapsed",
    "withdrawn",
    "withdrawn_late",
    "released",
]
# What happens on the way, beside the straight path.
Twist = Literal[
    "none",
    "return",
    "conflict",
    "ruling",
    "decline",
    "overdue",
    "recusal",
    "departure",
    "deferral",
    "variation",
    "cosigned",
    "rescinded",
    "corrected",
    "reversal",
]

# Cases under way at the end, and those that end before a decision, as shares of all.
_ENDINGS: Final[dict[Ending, float]] = {
    "scoring": 0.05,
    "draft": 0.06,
    "moderation": 0.03,
    "awaiting": 0.03,
    "lodged": 0.03,
    "decided": 0.02,
    "invited": 0.03,
    "closed": 0.04,
    "returned": 0.02,
    "accepted": 0.02,
    "withdrawn": 0.03,
    "lapsed": 0.02,
    "withdrawn_late": 0.02,
}
_TWISTS: Final[dict[Twist, float]] = {
    "conflict": 0.12,
    "return": 0.12,
    "decline": 0.07,
    "ruling": 0.06,
    "recusal": 0.05,
    "overdue": 0.04,
    "departure": 0.03,
    "deferral": 0.02,
    "variation": 0.04,
    "cosigned": 0.02,
    "rescinded": 0.02,
    "corrected": 0.02,
    "reversal": 0.02,
}
_PLAIN: Final = 4  # cases without a twist that there are before one of them is left open
UNDER_WAY: Final[frozenset[Ending]] = frozenset(
    {
        "draft",
        "lodged",
        "returned",
        "accepted",
        "invited",
        "scoring",
        "moderation",
        "awaiting",
        "decided",
        "conditional",
    }
)


class Fate(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of one case."""

    ending: Ending
    twist: Twist = "none"
    turn: int | None = None
    """Which of the released cases it is, from 0 on: what seldom happens to reviews is dealt out by it."""


def fates(seed: int, cases: int) -> tuple[Fate, ...]:
    """Return the fate of each case; with few cases, at least half of them reach a decision."""
    others = _dealt(_ENDINGS, cases)[: cases // 2]
    decided = cases - len(others)
    twists = _dealt(_TWISTS, decided)[:decided]
    found = [Fate(ending=ending) for ending in others]
    found += [Fate(ending="released", twist=twist) for twist in twists]
    plain = decided - len(twists)
    found += [Fate(ending="released")] * plain
    if plain > _PLAIN:
        # One of the plain ones is released so late that its provider has all the time for the conditions.
        found[-1] = Fate(ending="conditional")
    chance(seed, "fates").shuffle(found)
    turns = count()
    return tuple(replace(one, turn=next(turns)) if one.ending in {"released", "conditional"} else one for one in found)


def _dealt(shares: dict[K, float], whole: int) -> list[K]:
    # One of each first, in order of how much they tell; then the rest by share.
    return [*shares, *(kind for kind, share in shares.items() for _ in range(round(share * whole) - 1))]
