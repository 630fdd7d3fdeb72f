"""Shares of a whole: compared exactly, rounded only to be kept or shown."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_UP, Context, Decimal

# Our own context: whoever changes the thread's cannot change an outcome.
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)
INDEX_PLACES = 4


def half_up(value: Decimal, places: int) -> Decimal:
    """Return a number rounded to some decimals, a five going up."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_EXACT)


def rounded_share(part: Decimal, whole: Decimal) -> Decimal:
    """Return a part as a share of a whole, half up to four decimals."""
    return half_up(_EXACT.divide(part, whole), INDEX_PLACES)


def reaches(part: Decimal, whole: Decimal, share: Decimal) -> bool:
    """Return whether a part is at least a share of the whole; exact, for nothing is divided."""
    return part >= _EXACT.multiply(share, whole)


def missing_share(part: Decimal, whole: Decimal, share: Decimal) -> Decimal:
    """Return how far a part stays below a share of the whole, rounded up to four decimals."""
    gap = _EXACT.divide(_EXACT.multiply(share, whole) - part, whole)
    return gap.quantize(Decimal(1).scaleb(-INDEX_PLACES), rounding=ROUND_CEILING, context=_EXACT)
