"""What a seat costs under a policy: the one place where preferences become numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from qa_platform.panels.decider.allocation.fitting import shared_digits
from qa_platform.panels.events.allocation import AllocatedSeat, CaseInput, Category, Instance, Policy, ReviewerInput

_DIGITS = 4  # of a detailed field of ISCED-F 2013


def pair_cost(policy: Policy, case: CaseInput, reviewer: ReviewerInput) -> int:
    """Return what it costs that just this reviewer sits on just this case: expertise, language, warnings."""
    shared = None if case.field is None else shared_digits(case.field, reviewer)
    parting = 0 if case.field is None or shared is None else min(_DIGITS, len(case.field)) - shared
    unknown = policy.language_unknown if case.languages and reviewer.languages is None else 0
    warned = any(not tie.bars and tie.submission_id == case.submission_id for tie in reviewer.ties)
    return policy.field_step * parting + unknown + (policy.warning if warned else 0)


def category_cost(policy: Policy, case: CaseInput, category: Category, already: int) -> int:
    """Return what one more of a category costs, with so many newly seated: a panel wants different sides."""
    held = sum(one == category for one in case.held) + already
    first_academic = category == "academic" and held == 0
    return policy.same_category * held - (policy.no_academic if first_academic else 0)


def load_cost(policy: Policy, reviewer: ReviewerInput, already: int) -> int:
    """Return what one more case costs a reviewer: the more he has, the more."""
    return policy.load_step * (reviewer.open_cases + already)


def empty_cost(policy: Policy, case: CaseInput) -> int:
    """Return what it costs to leave a seat of a case empty."""
    return policy.empty_seat + policy.waiting_day * min(case.waiting_days, policy.longest_waiting_days)


def weigh(instance: Instance, seats: Iterable[AllocatedSeat]) -> int:
    """Return what a seating costs in all, added up from its seats alone."""
    policy = instance.policy
    cases = {case.submission_id: case for case in instance.cases}
    reviewers = {reviewer.reviewer_id: reviewer for reviewer in instance.reviewers}
    loads, sides, seen = Counter[str](), Counter[tuple[str, str]](), set[tuple[str, str]]()
    total = sum(empty_cost(policy, case) * len(case.seats) for case in instance.cases)
    for seat in seats:
        case, reviewer = cases[seat.submission_id], reviewers[seat.reviewer_id]
        side, again = (case.submission_id, reviewer.category), (reviewer.reviewer_id, case.provider_id)
        total -= empty_cost(policy, case)
        total += pair_cost(policy, case, reviewer)
        total += category_cost(policy, case, reviewer.category, sides[side])
        total += load_cost(policy, reviewer, loads[reviewer.reviewer_id])
        total += policy.same_provider if again in seen else 0
        loads[reviewer.reviewer_id] += 1
        sides[side] += 1
        seen.add(again)
    return total
