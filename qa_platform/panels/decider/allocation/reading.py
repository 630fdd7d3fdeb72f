"""What a flow means: the panels, what proves them, and a reason for every candidate."""

from __future__ import annotations

from collections import Counter, defaultdict

import msgspec

from qa_platform.panels.decider.allocation.fitting import digest_of, obstacle, shared_digits
from qa_platform.panels.decider.allocation.network import Drawing
from qa_platform.panels.events.allocation import AllocatedSeat, CaseInput, Proof, Reason, ReviewerInput
from qa_platform.solving.network import Flow


class Allocation(msgspec.Struct, frozen=True, kw_only=True):
    """Who sits where, the sum of it, the bound below which no seating can be; reasons by case."""

    digest: str
    seats: tuple[AllocatedSeat, ...]
    objective: int
    bound: int
    proof: Proof
    reasons: dict[str, tuple[Reason, ...]]


def read_flow(drawing: Drawing, flow: Flow) -> Allocation:
    """Return the allocation that a flow through the network of an instance stands for."""
    chosen: dict[str, list[str]] = defaultdict(list)
    extra: dict[tuple[str, str], int] = {}
    for arc, (case, reviewer) in drawing.pairs.items():
        if flow.amounts[arc]:
            chosen[case.submission_id].append(reviewer.reviewer_id)
        extra[case.submission_id, reviewer.reviewer_id] = flow.rises[arc]
    seats = tuple(
        AllocatedSeat(submission_id=case.submission_id, seat=seat, reviewer_id=reviewer_id)
        for case in drawing.instance.cases
        for seat, reviewer_id in zip(case.seats, sorted(chosen[case.submission_id]), strict=False)
    )
    return Allocation(
        digest=digest_of(drawing.instance),
        seats=seats,
        objective=flow.cost,
        bound=flow.bound,
        proof=flow.status,
        reasons=_reasons(drawing, seats, extra),
    )


def _reasons(
    drawing: Drawing, seats: tuple[AllocatedSeat, ...], extra: dict[tuple[str, str], int]
) -> dict[str, tuple[Reason, ...]]:
    taken = {(seat.submission_id, seat.reviewer_id) for seat in seats}
    loads = Counter(seat.reviewer_id for seat in seats)
    found = {}
    for case in drawing.instance.cases:
        found[case.submission_id] = tuple(
            _chosen(case, reviewer, loads[reviewer.reviewer_id])
            if (case.submission_id, reviewer.reviewer_id) in taken
            else _passed_over(case, reviewer, loads[reviewer.reviewer_id], extra)
            for reviewer in drawing.instance.reviewers
        )
    return found


def _chosen(case: CaseInput, reviewer: ReviewerInput, load: int) -> Reason:
    cases = str(reviewer.open_cases + load)
    if case.field is None:
        return Reason(reviewer_id=reviewer.reviewer_id, code="chosen", values=(cases, str(reviewer.cap)))
    shared = case.field[: shared_digits(case.field, reviewer) or 0]
    return Reason(
        reviewer_id=reviewer.reviewer_id, code="chosen_in_field", values=(shared, case.field, cases, str(reviewer.cap))
    )


def _passed_over(case: CaseInput, reviewer: ReviewerInput, load: int, extra: dict[tuple[str, str], int]) -> Reason:
    kept = obstacle(case, reviewer)
    if kept is not None:
        return kept
    points = extra[case.submission_id, reviewer.reviewer_id]
    if points <= 0:
        return Reason(reviewer_id=reviewer.reviewer_id, code="lot")
    if reviewer.open_cases + load >= reviewer.cap:
        return Reason(
            reviewer_id=reviewer.reviewer_id, code="needed_elsewhere", values=(str(reviewer.cap), str(points))
        )
    return Reason(reviewer_id=reviewer.reviewer_id, code="costlier", values=(str(points),))
