"""The network of an instance: whoever flows from its cases to the sink has a seat.

    case ── how many of a category ── pair ── (again the same provider) ── reviewer ── n-th case ── sink
      └───────────────────────────────── an empty seat ────────────────────────────────────────────┘

Each preference is a cost that rises with each unit, so that a corner of the programme is a seating
and nothing has to be branched on.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha256

import msgspec

from qa_platform.panels.decider.allocation.costs import category_cost, empty_cost, load_cost, pair_cost
from qa_platform.panels.decider.allocation.fitting import in_order, obstacle
from qa_platform.panels.events.allocation import CaseInput, Instance, ReviewerInput
from qa_platform.solving.network import Arc, Network

_LOT_BITS = 31


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """The network of an instance in its one order, and which arc stands for which case and reviewer."""

    instance: Instance
    network: Network
    pairs: dict[int, tuple[CaseInput, ReviewerInput]]


def draw(instance: Instance) -> Drawing:
    """Return the network whose cheapest flow is the best seating."""
    instance = in_order(instance)
    return _Pen(instance).drawing()


def lot(seed: str, submission_id: str, reviewer_id: str) -> int:
    """Return the number that decides between seatings of equal cost: the lower sum first."""
    # Of sums of such numbers hardly ever two are equal, so that one seating alone has the lowest.
    drawn = sha256(f"{seed}\0{submission_id}\0{reviewer_id}".encode()).digest()
    return int.from_bytes(drawn[:4]) >> (32 - _LOT_BITS)


class _Pen:
    """Draws one network; nodes get their numbers as they are first named."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._policy = instance.policy
        self._nodes: dict[tuple[str, ...], int] = {}
        self._arcs: list[Arc] = []
        self._pairs: dict[int, tuple[CaseInput, ReviewerInput]] = {}

    def drawing(self) -> Drawing:
        """Return what was drawn of the whole instance."""
        fitting = [
            (case, reviewer)
            for case in self._instance.cases
            for reviewer in self._instance.reviewers
            if obstacle(case, reviewer) is None
        ]
        again = Counter((reviewer.reviewer_id, case.provider_id) for case, reviewer in fitting)
        for case in self._instance.cases:
            self._case(case)
        for case, reviewer in fitting:
            self._pair(case, reviewer, again[reviewer.reviewer_id, case.provider_id])
        for reviewer in self._instance.reviewers:
            self._reviewer(reviewer)
        return Drawing(instance=self._instance, network=self._network(), pairs=self._pairs)

    def _network(self) -> Network:
        supplies = [0] * (len(self._nodes) + 1)
        for case in self._instance.cases:
            supplies[self._node("case", case.submission_id)] = len(case.seats)
        supplies[self._node("sink")] = -sum(len(case.seats) for case in self._instance.cases)
        return Network(supplies=tuple(supplies[: len(self._nodes)]), arcs=tuple(self._arcs))

    def _node(self, *name: str) -> int:
        return self._nodes.setdefault(name, len(self._nodes))

    def _arc(self, tail: int, head: int, capacity: int, cost: int, lot: int = 0) -> None:
        self._arcs.append(Arc(tail, head, capacity, cost, lot))

    def _case(self, case: CaseInput) -> None:
        self._arc(
            self._node("case", case.submission_id),
            self._node("sink"),
            len(case.seats),
            empty_cost(self._policy, case),
        )

    def _pair(self, case: CaseInput, reviewer: ReviewerInput, of_provider: int) -> None:
        side = ("side", case.submission_id, reviewer.category)
        if side not in self._nodes:
            for already in range(len(case.seats)):
                cost = category_cost(self._policy, case, reviewer.category, already)
                self._arc(self._node("case", case.submission_id), self._node(*side), 1, cost)
        head = self._towards(reviewer, case.provider_id, of_provider)
        cost = pair_cost(self._policy, case, reviewer)
        drawn = lot(self._instance.seed, case.submission_id, reviewer.reviewer_id)
        self._pairs[len(self._arcs)] = (case, reviewer)
        self._arc(self._node(*side), head, 1, cost, drawn)

    def _towards(self, reviewer: ReviewerInput, provider_id: str, of_provider: int) -> int:
        target = self._node("reviewer", reviewer.reviewer_id)
        if of_provider == 1:
            return target
        between = ("again", reviewer.reviewer_id, provider_id)
        if between not in self._nodes:
            self._arc(self._node(*between), target, 1, 0)
            self._arc(self._node(*between), target, of_provider - 1, self._policy.same_provider)
        return self._node(*between)

    def _reviewer(self, reviewer: ReviewerInput) -> None:
        if ("reviewer", reviewer.reviewer_id) not in self._nodes:
            return
        for already in range(reviewer.cap - reviewer.open_cases):
            cost = load_cost(self._policy, reviewer, already)
            self._arc(self._node("reviewer", reviewer.reviewer_id), self._node("sink"), 1, cost)
