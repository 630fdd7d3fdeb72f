"""The intake desk's book: who reviews how much, for whom, and who is free for a case."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from qa_platform.kernel.conflicts import CATEGORIES, Effect

if TYPE_CHECKING:
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.players import Provider, Reviewer

MOST_OPEN_CASES: Final = 4


class Desk:
    """What the agency's desk knows when it chooses reviewers."""

    most_open_cases: Final = MOST_OPEN_CASES

    def __init__(self, reviewers: tuple[Reviewer, ...]) -> None:
        """Begin an empty book."""
        self.reviewers = reviewers
        self._open: dict[int, int] = {reviewer.number: 0 for reviewer in reviewers}
        self._last: dict[int, str] = {}
        self._reviewed: set[tuple[int, str]] = set()

    def choose(self, case: Case, source: Random, tried: set[int]) -> Reviewer:
        """Return a reviewer for a seat: free, not tied, of the field if possible, the least busy first."""
        free = [each for each in self.reviewers if each.number not in tried and not _is_barred(each, case.provider)]
        chosen = min(free, key=lambda each: (*self._against(each, case), source.random()))
        return self.ask(chosen)

    def ask(self, reviewer: Reviewer) -> Reviewer:
        """Note that a reviewer was asked, whoever chose him, and return him."""
        self._open[reviewer.number] += 1
        return reviewer

    def open_cases(self, reviewer: Reviewer) -> int:
        """Return how many cases a reviewer has open."""
        return self._open[reviewer.number]

    def was_there_last(self, reviewer: Reviewer, provider: Provider) -> bool:
        """Return whether a reviewer's last review was of a provider."""
        return self._last.get(reviewer.number) == provider.provider_id

    def has_reviewed(self, reviewer: Reviewer, provider: Provider) -> bool:
        """Return whether a reviewer reviewed a whole course of a provider before."""
        return (reviewer.number, provider.provider_id) in self._reviewed

    def reasons(self, reviewer: Reviewer, case: Case) -> tuple[str, ...]:
        """Return why a reviewer was chosen; nothing in it is private."""
        matches = case.topic.field in reviewer.fields
        field = f"Works in the field {case.topic.field}" if matches else "Works in a neighbouring field"
        return (field, f"Has {self._open[reviewer.number] - 1} other open reviews", "Declared no tie to the provider")

    def done(self, reviewer: Reviewer, provider: Provider, *, reviewed: bool, full: bool = False) -> None:
        """Note that a review is over, and whether of a whole course; nobody is asked for a provider twice running."""
        self._open[reviewer.number] -= 1
        if reviewed:
            self._last[reviewer.number] = provider.provider_id
        if reviewed and full:
            self._reviewed.add((reviewer.number, provider.provider_id))

    def _against(self, reviewer: Reviewer, case: Case) -> tuple[bool, bool, bool, int]:
        busy = self._open[reviewer.number]
        again = self.was_there_last(reviewer, case.provider)
        return busy >= MOST_OPEN_CASES, again, case.topic.field not in reviewer.fields, busy


def _is_barred(reviewer: Reviewer, provider: Provider) -> bool:
    # The desk is stricter than it must be: whoever declared any tie but an undertaking is not asked.
    return any(
        tie.provider_id == provider.provider_id and CATEGORIES[tie.category].effect is not Effect.UNDERTAKING
        for tie in reviewer.ties
    )
