"""How far a reader's scores agree with a reference: what calibration and drift are judged by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

# More than any policy looks back over.
LONGEST_WINDOW = 200
# From this score on a criterion is met.
_MET = 3


class CalibrationPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """What an agency asks of its reviewers' agreement, and for how long a calibration holds.

    `drift_criteria` is how many moderated criteria are looked at, and how many there must be;
    the deviation is that of the mean, in hundredths of a score.
    """

    least_benchmarks: int = 3
    least_exact_percent: int = 60
    least_adjacent_percent: int = 90
    valid_months: int = 36
    new_standard_months: int = 24
    drift_criteria: int = 30
    most_deviation_hundredths: int = 50
    drift_exact_percent: int = 50


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody gave a criterion, and what it should have got; None says that it does not apply."""

    criterion: str
    score: int | None
    reference: int | None
    must_pass: bool


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How many criteria agree exactly, and how many within one score, which counts the exact ones too.

    A miss is a must-pass criterion that one side finds met and the other does not.
    """

    criteria: int
    exact: int
    adjacent: int
    must_pass_misses: int


class Drift(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody's last scores stand to the moderated ones: the sum of signed differences, and the exact ones."""

    criteria: int
    deviation_sum: int
    exact: int


def agreement(compared: Iterable[Compared]) -> Agreement:
    """Return how far scores agree with their reference."""
    all_of_them = tuple(compared)
    return Agreement(
        criteria=len(all_of_them),
        exact=sum(one.score == one.reference for one in all_of_them),
        adjacent=sum(_adjacent(one.score, one.reference) for one in all_of_them),
        must_pass_misses=sum(one.must_pass and _apart_on_met(one.score, one.reference) for one in all_of_them),
    )


def _adjacent(score: int | None, reference: int | None) -> bool:
    if score is None or reference is None:
        return score == reference
    return abs(score - reference) <= 1


def _apart_on_met(score: int | None, reference: int | None) -> bool:
    if score is None or reference is None:
        return score != reference
    return (score >= _MET) != (reference >= _MET)


def passes(found: Agreement, benchmarks: int, policy: CalibrationPolicy) -> bool:
    """Return whether an agreement over so many benchmark courses is a passed calibration."""
    return (
        benchmarks >= policy.least_benchmarks
        and found.criteria > 0
        and found.exact * 100 >= policy.least_exact_percent * found.criteria
        and found.adjacent * 100 >= policy.least_adjacent_percent * found.criteria
        and found.must_pass_misses == 0
    )


def drift(scores: Sequence[tuple[int | None, int | None]], policy: CalibrationPolicy) -> Drift | None:
    """Return how the last scores stand to the moderated ones where that is too far; None while it is not.

    `scores` are pairs of own and moderated score, the latest last; too few of them say nothing.
    """
    if len(scores) < policy.drift_criteria:
        return None
    found = drift_of(scores[-policy.drift_criteria :])
    deviates = abs(found.deviation_sum) * 100 > policy.most_deviation_hundredths * found.criteria
    disagrees = found.exact * 100 < policy.drift_exact_percent * found.criteria
    return found if deviates or disagrees else None


def drift_of(scores: Sequence[tuple[int | None, int | None]]) -> Drift:
    """Return how scores stand to the moderated ones; where one does not apply there is no difference to sum."""
    return Drift(
        criteria=len(scores),
        deviation_sum=sum(own - other for own, other in scores if own is not None and other is not None),
        exact=sum(own == other for own, other in scores),
    )
