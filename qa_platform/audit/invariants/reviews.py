"""Reviews: behind the conflict gate, by their own reviewer, complete, and closed once locked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_platform.audit.invariants.history import History, World
from qa_platform.audit.invariants.invariant import Found, Ground, Invariant, OfCases, OfStreams, at
from qa_platform.kernel.event import Recorded
from qa_platform.reviews.decider import Review, ScoreGiven, Status, effect_of, evolve, sheet_digest
from qa_platform.reviews.events import (
    ConflictRuled,
    CriterionScored,
    InterestsDeclared,
    KnownTie,
    ReviewerInvited,
    ReviewLocked,
    RulingReversed,
    TiesKnown,
)
from qa_platform.scoring.outcome import Score, Sheet, check_sheet

_BY_THE_REVIEWER = (InterestsDeclared, CriterionScored, ReviewLocked)


def _steps(events: list[Recorded[Any]]) -> Iterator[tuple[Review, Recorded[Any]]]:
    """Give the review as it stood before each of its events, and the event."""
    if not events[0].stream.startswith("review-"):
        return
    review = Review()
    for recorded in events:
        yield review, recorded
        review = evolve(review, recorded.event)


def _behind_the_gate(events: list[Recorded[Any]], _ground: Ground) -> Found:
    for review, recorded in _steps(events):
        if isinstance(recorded.event, CriterionScored | ReviewLocked) and not review.undertaking:
            yield at(recorded, "it was scored or locked before its reviewer declared his interests")


def _not_in_conflict(events: list[Recorded[Any]], _ground: Ground) -> Found:
    barred = False
    for _review, recorded in _steps(events):
        match recorded.event:
            case InterestsDeclared(effect="bar" | "officer_decides"):
                barred = True
            case ConflictRuled() as event:
                barred = event.ruling == "bar"
            case RulingReversed():
                barred = True
            case CriterionScored() | ReviewLocked() if barred:
                yield at(recorded, "its reviewer had declared a conflict that nobody had allowed")
            case _:
                pass


def _counting(events: list[Recorded[Any]], _ground: Ground) -> Found:
    known: tuple[KnownTie, ...] = ()
    for _review, recorded in _steps(events):
        event = recorded.event
        if isinstance(event, TiesKnown):
            known = event.ties
        elif isinstance(event, InterestsDeclared) and event.effect != effect_of(event.categories, known):
            yield at(recorded, "its effect is not that of the declared and the known ties")


def _ruled_by_others(events: list[Recorded[Any]], _ground: Ground) -> Found:
    for review, recorded in _steps(events):
        ruled = isinstance(recorded.event, ConflictRuled | RulingReversed)
        if ruled and recorded.actor.partition(":")[2] == review.reviewer_id:
            yield at(recorded, "the reviewer ruled on his own tie")


def _reversed_in_time(events: list[Recorded[Any]], _ground: Ground) -> Found:
    over = {Status.LOCKED, Status.DECLINED, Status.ENDED}
    for review, recorded in _steps(events):
        if not isinstance(recorded.event, RulingReversed):
            continue
        # A bar stands too where the rules made it.
        standing = review.ruling is not None or review.status is Status.BARRED
        if not standing or review.status in over:
            yield at(recorded, f"no ruling could be taken back: the review was {review.status}")


def _closed(events: list[Recorded[Any]], _ground: Ground) -> Found:
    for review, recorded in _steps(events):
        if review.status not in {Status.LOCKED, Status.DECLINED, Status.ENDED, Status.BARRED}:
            continue
        if isinstance(recorded.event, CriterionScored | ReviewLocked):
            yield at(recorded, f"the review was {review.status} when it was scored or locked")


def _own_hand(events: list[Recorded[Any]], _ground: Ground) -> Found:
    for review, recorded in _steps(events):
        if isinstance(recorded.event, ReviewerInvited):
            continue
        if recorded.event.reviewer_id != review.reviewer_id:
            yield at(recorded, "it names another reviewer than the one who was invited")
        elif isinstance(recorded.event, _BY_THE_REVIEWER) and recorded.actor.partition(":")[2] != review.reviewer_id:
            yield at(recorded, "it was done by somebody else than its reviewer")


def _sheets(events: list[Recorded[Any]], _ground: Ground) -> Found:
    for review, recorded in _steps(events):
        event = recorded.event
        if isinstance(event, ReviewLocked) and sheet_digest(tuple(review.scores.values())) != event.sheet_digest:
            yield at(recorded, "the locked sheet is not the one that its scores give")


def _complete(case: History, world: World) -> Found:
    invited = {one.event.review_id: one.event for one in case.of(ReviewerInvited)}
    for locked in case.of(ReviewLocked):
        asked = invited.get(locked.event.review_id)
        rubric = None if asked is None else world.rubric(asked.standard_id, asked.rubric_version)
        if asked is None or rubric is None:
            yield at(locked, "nobody can say which criteria the review had to score")
            continue
        review = Review()
        for recorded in case.streams[locked.stream]:
            if recorded.version < locked.version:
                review = evolve(review, recorded.event)
        if faults := check_sheet(rubric, asked.route, _sheet(locked.event.review_id, review.scores)):
            yield at(locked, f"{len(faults)} criteria of the locked sheet lack a score that counts")


def _sheet(review_id: str, given: dict[str, ScoreGiven]) -> Sheet:
    scores = {name: Score(score=one.score, confidence=one.confidence) for name, one in given.items()}
    return Sheet(review_id=review_id, scores=scores)


REVIEWS = (
    Invariant(
        "reviews.behind-the-gate",
        "Nobody scores before he has declared his interests and given his undertaking.",
        OfStreams(_behind_the_gate),
    ),
    Invariant(
        "reviews.not-in-conflict",
        "Nobody scores a case on which he declared a conflict, unless somebody entitled to it allowed it before.",
        OfStreams(_not_in_conflict),
    ),
    Invariant(
        "reviews.known-ties-count",
        "What the gate made of a declaration is what its categories and the ties known before do, the harshest of all.",
        OfStreams(_counting),
    ),
    Invariant(
        "reviews.ruled-on-by-others",
        "Nobody rules on his own tie, or takes a ruling on it back.",
        OfStreams(_ruled_by_others),
    ),
    Invariant(
        "reviews.rulings-reversed-in-time",
        "A ruling, or a bar of the rules, is taken back only while it stands, and before its review is locked or over.",
        OfStreams(_reversed_in_time),
    ),
    Invariant(
        "reviews.closed-once-over",
        "Nothing is scored, and nothing locked again, after a review was locked, declined, barred or ended.",
        OfStreams(_closed),
    ),
    Invariant(
        "reviews.in-their-reviewers-hand",
        "Every declaration, score and lock of a review was given by the reviewer who was invited, and nobody else.",
        OfStreams(_own_hand),
    ),
    Invariant(
        "reviews.sheets-as-locked",
        "The digest in a lock is that of the scores as they stood; what was locked is what is weighed.",
        OfStreams(_sheets),
    ),
    Invariant(
        "reviews.sheets-complete",
        "A locked review has a score that counts for every criterion of its route.",
        OfCases(_complete),
    ),
)
