"""Where chance comes from: one stream of it for each question, fixed by the seed."""

from __future__ import annotations

import random


def chance(seed: int, *about: object) -> random.Random:
    """Return the source of chance for one question.

    Each question has its own, so that an answer does not change when another question is
    asked before it, and seeds are text, so that they give the same on every machine.
    """
    return random.Random(":".join(map(str, (seed, *about))))  # noqa: S311 -- invents, keeps no secret
