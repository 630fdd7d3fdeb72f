"""How far reviewers agree: ICC(2,1), two-way random effects, absolute agreement, single reviewer."""

from __future__ import annotations

from collections.abc import Sequence


def icc21(totals: Sequence[Sequence[float]]) -> float:
    """Return ICC(2,1) of Shrout and Fleiss (1979); a row per case, a column per reviewer."""
    n, k = len(totals), len(totals[0])
    grand = sum(map(sum, totals)) / (n * k)
    cases = [sum(row) / k for row in totals]
    reviewers = [sum(row[column] for row in totals) / n for column in range(k)]
    between = k * sum((mean - grand) ** 2 for mean in cases) / (n - 1)
    judges = n * sum((mean - grand) ** 2 for mean in reviewers) / (k - 1)
    rest = sum(
        (totals[case][column] - cases[case] - reviewers[column] + grand) ** 2
        for case in range(n)
        for column in range(k)
    ) / ((n - 1) * (k - 1))
    return (between - rest) / (between + (k - 1) * rest + k * (judges - rest) / n)
