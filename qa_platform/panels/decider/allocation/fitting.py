"""Who can sit on a case at all, and which way of writing an instance counts."""

from __future__ import annotations

from hashlib import sha256

import msgspec
from msgspec.structs import replace

from qa_platform.panels.events.allocation import OTHER_HOUSE, CaseInput, Instance, Reason, ReviewerInput


def in_order(instance: Instance) -> Instance:
    """Return the instance in its one order, however its parts came."""
    cases = (
        replace(
            case,
            languages=tuple(sorted(set(case.languages))),
            seats=tuple(sorted(case.seats)),
            held=tuple(sorted(case.held)),
            excluded=tuple(sorted(set(case.excluded))),
        )
        for case in instance.cases
    )
    reviewers = (
        replace(
            reviewer,
            expertise=tuple(sorted(set(reviewer.expertise))),
            languages=None if reviewer.languages is None else tuple(sorted(set(reviewer.languages))),
            ties=tuple(sorted(set(reviewer.ties))),
        )
        for reviewer in instance.reviewers
    )
    return replace(
        instance,
        cases=tuple(sorted(cases, key=lambda case: case.submission_id)),
        reviewers=tuple(sorted(reviewers, key=lambda reviewer: reviewer.reviewer_id)),
    )


def digest_of(instance: Instance) -> str:
    """Return the hash that binds whoever quotes it to these inputs, this policy and this seed."""
    return "sha256:" + sha256(msgspec.json.encode(in_order(instance), order="sorted")).hexdigest()


def barring(case: CaseInput, reviewer: ReviewerInput) -> tuple[str, ...]:
    """Return the codes of the ties that keep a reviewer from a case."""
    return tuple(tie.code for tie in reviewer.ties if tie.bars and tie.submission_id == case.submission_id)


def obstacle(case: CaseInput, reviewer: ReviewerInput) -> Reason | None:
    """Return what keeps a reviewer from a case whatever it costs, or None where nothing does."""
    found: tuple[str, ...] | None = None
    if reviewer.reviewer_id in case.excluded:
        found = (OTHER_HOUSE if _of_another_house(case, reviewer) else "part_of_panel",)
    elif bars := barring(case, reviewer):
        found = ("tie", bars[0])
    elif not reviewer.available:
        found = ("away",)
    elif reviewer.open_cases >= reviewer.cap:
        found = ("full", str(reviewer.open_cases), str(reviewer.cap))
    elif case.field is not None and shared_digits(case.field, reviewer) is None:
        found = ("field", case.field)
    elif case.level is not None and level_in(case.field, reviewer) < case.level:
        found = ("level", str(case.level), str(level_in(case.field, reviewer)))
    elif missing := _unread(case, reviewer):
        found = ("language", ", ".join(missing))
    return None if found is None else Reason(reviewer_id=reviewer.reviewer_id, code=found[0], values=found[1:])


def _of_another_house(case: CaseInput, reviewer: ReviewerInput) -> bool:
    return any(tie.code == OTHER_HOUSE and tie.submission_id == case.submission_id for tie in reviewer.ties)


def shared_digits(field: str, reviewer: ReviewerInput) -> int | None:
    """Return how many digits of its field the closest expertise shares that reaches it, None if none does."""
    shared = [min(len(one.field), len(field)) for one in reviewer.expertise if _reaches(one.field, field)]
    return max(shared, default=None)


def level_in(field: str | None, reviewer: ReviewerInput) -> int:
    """Return the highest level up to which a reviewer knows a field."""
    return max((one.level for one in reviewer.expertise if field is None or _reaches(one.field, field)), default=0)


def _reaches(known: str, field: str) -> bool:
    # “06” holds “0613”; and who knows “0613” knows a course that says no more than “06”.
    return field.startswith(known) or known.startswith(field)


def _unread(case: CaseInput, reviewer: ReviewerInput) -> tuple[str, ...]:
    if reviewer.languages is None:
        return ()
    return tuple(sorted(set(case.languages) - set(reviewer.languages)))
