"""Final scores and reports: nothing is averaged in silence, and nobody judges what is said against his own work."""

from __future__ import annotations

from typing import Any

from qa_platform.audit.invariants.history import History, World
from qa_platform.audit.invariants.invariant import Found, Invariant, OfCases, at
from qa_platform.kernel.event import Recorded
from qa_platform.panels.decider import report_digest
from qa_platform.panels.events import (
    CriterionSettled,
    DraftReportIssued,
    FactualClaimResolved,
    FactualClaimWithdrawn,
    FactualErrorClaimed,
    FinalReportIssued,
    LeadAssigned,
    MedianSettled,
    ReviewerAssigned,
    ThirdReviewCompleted,
)
from qa_platform.reviews.events import CriterionScored, ReviewLocked


def _old_scores_kept(case: History, _world: World) -> Found:
    given: dict[tuple[str, str], int | None] = {}
    third: str | None = None
    for recorded in case.events:
        match recorded.event:
            case CriterionScored() as event:
                given[event.review_id, event.criterion] = event.score
            case ThirdReviewCompleted() as event:
                third = event.review.stream.removeprefix("review-")
            case CriterionSettled() as event:
                if not set(event.scores_before) <= _scores(case, given, event.criterion, third):
                    yield at(recorded, f"the scores beside “{event.criterion}” are not those that its reviewers gave")
            case _:
                pass


def _scores(
    case: History, given: dict[tuple[str, str], int | None], criterion: str, third: str | None
) -> set[int | None]:
    locked = {one.event.review_id for one in case.of(ReviewLocked)} | ({third} if third else set())
    return {score for (review_id, name), score in given.items() if name == criterion and review_id in locked}


def _claims_answered(case: History, _world: World) -> Found:
    involved: set[str] = set()
    for recorded in case.events:
        match recorded.event:
            case ReviewerAssigned() as event:
                involved.add(event.reviewer_id)
            case LeadAssigned() as event:
                involved.add(event.lead_id)
            case FactualClaimResolved() if recorded.actor.partition(":")[2] in involved:
                yield at(recorded, "who answered the claim had reviewed the case, or led its panel")
            case FinalReportIssued():
                yield from _unanswered(case, recorded)
            case _:
                pass


def _unanswered(case: History, final: Recorded[Any]) -> Found:
    before = [one for one in case.events if (one.position or 0) < (final.position or 0)]
    claimed = {one.event.claim_id for one in before if isinstance(one.event, FactualErrorClaimed)}
    over = {one.event.claim_id for one in before if isinstance(one.event, FactualClaimResolved | FactualClaimWithdrawn)}
    if missing := claimed - over:
        yield at(final, f"{len(missing)} claims of the provider had no answer when the report became final")


def _third_locked(case: History, _world: World) -> Found:
    locked: set[tuple[str, int]] = set()
    third = False
    for recorded in case.events:
        match recorded.event:
            case ReviewLocked():
                locked.add((recorded.stream, recorded.version))
            case ThirdReviewCompleted() as event:
                third = True
                if (event.review.stream, event.review.version) not in locked:
                    yield at(recorded, "the third review was counted before it was locked")
            case MedianSettled() if not third:
                yield at(recorded, "a median was taken without a third review")
            case _:
                pass


def _as_written(case: History, _world: World) -> Found:
    reports: list[Recorded[Any]] = [*case.of(DraftReportIssued), *case.of(FinalReportIssued)]
    for recorded in reports:
        if report_digest(recorded.event) != recorded.event.digest:
            yield at(recorded, "the text of the report is not the one that its digest names")


REPORTS = (
    Invariant(
        "panels.old-scores-kept",
        "Beside each final score stand the scores that the reviewers themselves gave; nothing is changed in silence.",
        OfCases(_old_scores_kept),
    ),
    Invariant(
        "panels.third-review-locked",
        "A median is taken only of three scores, the third of which was locked, blind, before it was counted.",
        OfCases(_third_locked),
    ),
    Invariant(
        "reports.claims-answered-apart",
        "Every claim of a provider is answered before the report is final, by somebody who neither reviewed nor led.",
        OfCases(_claims_answered),
    ),
    Invariant(
        "reports.text-under-its-digest",
        "A report is the text that its digest names; otherwise what a provider checked was edited.",
        OfCases(_as_written),
    ),
)
