"""A case: what the events of one submission's journey come to, across their streams."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from typing import Any

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from qa_platform.accreditations.events import AccreditationOpened, RegisterNumberIssued
from qa_platform.decisions.events import DecisionReleased, DecisionTaken
from qa_platform.kernel.event import Recorded
from qa_platform.panels.events import (
    CriterionSettled,
    PanelOpened,
    ReviewerAssigned,
    ReviewerStoodDown,
    ScoringClosed,
    ThirdReviewCompleted,
    ThirdReviewRequested,
    ThirdReviewWithdrawn,
)
from qa_platform.reviews.events import (
    ConflictRuled,
    CriterionScored,
    QuestionTakenBack,
    ReviewEnded,
    ReviewLocked,
    RulingReversed,
)
from qa_platform.reviews.events.queries import QueryAnswered, QueryForwarded, QueryUnanswered, QueryWithdrawn
from qa_platform.submissions.events import (
    SubmissionAccepted,
    SubmissionContentChanged,
    SubmissionDrafted,
    SubmissionStepTakenBack,
    SubmissionWithdrawn,
)
from qa_platform.submissions.events.components import ComponentListed


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What reactions ask about a case.

    `seated` are reviews by seat, `locked` the versions in which reviews were locked; `accepted`
    is the version of the submission that was accepted. `reviewers` and `scores` are by review,
    `settled` is what moderation gave a criterion. `taken_back` are questions of reviewers,
    `open_queries` those that the provider may still answer. `unbarred` are reviews whose bar was taken back,
    `returning` those of them that do not have their seat again yet, by that seat.
    """

    drafted: SubmissionDrafted | None = None
    title_en: str | None = None
    title_ms: str | None = None
    accepted: int | None = None
    withdrawn: bool = False
    panel: PanelOpened | None = None
    seated: dict[int, str] = {}
    unbarred: frozenset[str] = frozenset()
    returning: dict[int, str] = {}
    locked: dict[str, int] = {}
    reviewers: dict[str, str] = {}
    scores: dict[str, dict[str, int | None]] = {}
    settled: dict[str, int | None] = {}
    scoring_closed: bool = False
    taken_back: frozenset[str] = frozenset()
    open_queries: frozenset[str] = frozenset()
    third_seat: int | None = None
    third_completed: bool = False
    decision: DecisionTaken | None = None
    released_on: date | None = None
    number: str | None = None
    accreditation_id: str | None = None
    component_id: str | None = None

    @property
    def third_review(self) -> str | None:
        """Return the review of a third reviewer who is still at it; None where there is none."""
        return None if self.third_seat is None or self.third_completed else self.seated.get(self.third_seat)

    @property
    def all_locked(self) -> bool:
        """Return whether every seat is taken, and every review in it locked."""
        full = self.panel is not None and len(self.seated) == self.panel.seats
        return full and all(review_id in self.locked for review_id in self.seated.values())


def fold_case(recorded: Iterable[Recorded[Any]]) -> Case:
    """Return the case after these events, in the order they come in."""
    return reduce(after, recorded, Case())


def after(case: Case, recorded: Recorded[Any]) -> Case:
    """Return the case after one event more."""
    event = recorded.event
    match event:
        case SubmissionDrafted():
            return replace(case, drafted=event)
        case SubmissionContentChanged():
            return _retitled(case, event)
        case SubmissionAccepted():
            return replace(case, accepted=recorded.version)
        case SubmissionWithdrawn() | SubmissionStepTakenBack():
            return replace(case, withdrawn=isinstance(event, SubmissionWithdrawn))
        case PanelOpened():
            return replace(case, panel=event)
        case ReviewerAssigned() | ReviewerStoodDown() | ReviewEnded():
            return _seated(case, event)
        case ConflictRuled() | RulingReversed():
            return _ruled(case, event)
        case ReviewLocked():
            return replace(case, locked={**case.locked, event.review_id: recorded.version})
        case QuestionTakenBack() | QueryForwarded() | QueryAnswered() | QueryUnanswered() | QueryWithdrawn():
            return _asked(case, event)
        case CriterionScored():
            given = {**case.scores.get(event.review_id, {}), event.criterion: event.score}
            return replace(case, scores={**case.scores, event.review_id: given})
        case CriterionSettled():
            return replace(case, settled={**case.settled, event.criterion: event.score})
        case ScoringClosed():
            return replace(case, scoring_closed=True)
        case ThirdReviewRequested() | ThirdReviewWithdrawn() | ThirdReviewCompleted():
            return _third(case, event)
        case DecisionTaken():
            return replace(case, decision=event)
        case DecisionReleased():
            return replace(case, released_on=event.released_on)
        case RegisterNumberIssued():
            return replace(case, number=event.number)
        case ComponentListed():
            return replace(case, component_id=event.component_id)
        case AccreditationOpened():
            return replace(case, accreditation_id=event.accreditation_id)
        case _:
            return case


def _seated(case: Case, event: ReviewerAssigned | ReviewerStoodDown | ReviewEnded) -> Case:
    without = {seat: one for seat, one in case.returning.items() if one != event.review_id}
    match event:
        case ReviewerAssigned():
            seated = {**case.seated, event.seat: event.review_id}
            reviewers = {**case.reviewers, event.review_id: event.reviewer_id}
            return replace(case, seated=seated, reviewers=reviewers, returning=without)
        case ReviewerStoodDown():
            return replace(case, seated={seat: one for seat, one in case.seated.items() if one != event.review_id})
        case ReviewEnded():
            return replace(case, returning=without)


def _ruled(case: Case, event: ConflictRuled | RulingReversed) -> Case:
    if event.ruling != "bar":
        return case
    match event:
        case ConflictRuled():
            return replace(case, unbarred=case.unbarred - {event.review_id})
        case RulingReversed():
            returning = {**case.returning, event.seat: event.review_id}
            return replace(case, unbarred=case.unbarred | {event.review_id}, returning=returning)


def _asked(
    case: Case, event: QuestionTakenBack | QueryForwarded | QueryAnswered | QueryUnanswered | QueryWithdrawn
) -> Case:
    match event:
        case QuestionTakenBack():
            return replace(case, taken_back=case.taken_back | {event.question_id})
        case QueryForwarded():
            return replace(case, open_queries=case.open_queries | {event.query_id})
        case QueryAnswered() | QueryUnanswered() | QueryWithdrawn():
            return replace(case, open_queries=case.open_queries - {event.query_id})


def _third(case: Case, event: ThirdReviewRequested | ThirdReviewWithdrawn | ThirdReviewCompleted) -> Case:
    match event:
        case ThirdReviewRequested():
            return replace(case, third_seat=event.seat, third_completed=False)
        case ThirdReviewWithdrawn():
            return replace(case, third_seat=None)
        case ThirdReviewCompleted():
            return replace(case, third_completed=True)


def _retitled(case: Case, event: SubmissionContentChanged) -> Case:
    given = {name: getattr(event.content, name) for name in ("title_en", "title_ms")}
    return replace(case, **{name: title for name, title in given.items() if title is not UNSET})
