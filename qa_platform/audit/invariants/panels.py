"""Panels: independent people in full seats, compared only once all are locked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from qa_platform.audit.invariants.history import History, Interest, World
from qa_platform.audit.invariants.invariant import Found, Invariant, OfCases, at
from qa_platform.kernel.conflicts import bars
from qa_platform.kernel.event import Recorded
from qa_platform.panels.events import (
    CriterionSettled,
    LeadAssigned,
    ModerationClosed,
    PanelOpened,
    ReviewerAssigned,
    ReviewerStoodDown,
    ScoringClosed,
)
from qa_platform.reviews.events import ReviewLocked


def seated_before(case: History, position: int) -> dict[int, ReviewerAssigned]:
    """Return who sat on the panel of a case before a position, by seat."""
    seated: dict[int, ReviewerAssigned] = {}
    for recorded in case.events:
        if recorded.position is not None and recorded.position >= position:
            break
        match recorded.event:
            case ReviewerAssigned() as event:
                seated[event.seat] = event
            case ReviewerStoodDown() as event:
                seated = {seat: one for seat, one in seated.items() if one.review_id != event.review_id}
            case _:
                pass
    return seated


def _closed_over_locked(case: History, _world: World) -> Found:
    locked = {(one.stream, one.version): one.position for one in case.of(ReviewLocked)}
    for closed in case.of(ScoringClosed):
        place = closed.position or 0
        streams = sorted(f"review-{one.review_id}" for one in seated_before(case, place).values())
        if sorted(one.stream for one in closed.event.reviews) != streams:
            yield at(closed, "it names other reviews than those of the seats")
        for review in closed.event.reviews:
            lock = locked.get((review.stream, review.version))
            if lock is None or lock > place:
                yield at(closed, f"“{review.stream}” was not locked at version {review.version} by then")


def _two_people(case: History, _world: World) -> Found:
    panel = case.first(PanelOpened)
    for closed in case.of(ScoringClosed):
        people = {one.reviewer_id for one in seated_before(case, closed.position or 0).values()}
        wanted = 2 if panel is None else max(panel.event.seats, 2)
        if len(people) < wanted:
            yield at(closed, f"{len(people)} different people held its seats, and {wanted} are needed")


def _lead_apart(case: History, _world: World) -> Found:
    lead, reviewed = None, set[str]()
    for recorded in case.events:
        match recorded.event:
            case LeadAssigned() as event:
                lead = event.lead_id
                if lead in reviewed:
                    yield at(recorded, "the lead of the panel has, or had, a seat of it")
            case ReviewerAssigned() as event:
                reviewed.add(event.reviewer_id)
                if lead == event.reviewer_id:
                    yield at(recorded, "who was given a seat leads the panel")
            case _:
                pass


def _compared_when_closed(case: History, _world: World) -> Found:
    closed = case.first(ScoringClosed)
    comparing: list[Recorded[Any]] = [*case.of(CriterionSettled), *case.of(ModerationClosed)]
    for recorded in comparing:
        if closed is None or (recorded.position or 0) < (closed.position or 0):
            yield at(recorded, "scores were compared before every review of the panel was locked")


def _no_known_tie(case: History, world: World) -> Found:
    panel = case.first(PanelOpened)
    if panel is None:
        return
    for person, recorded in _assigned(case):
        ties = world.interests.get(person, {}).values()
        if any(_barred(tie, recorded, panel.event) for tie in ties):
            yield at(recorded, "an interest that he had declared before barred the one who was assigned")


def _assigned(case: History) -> Iterator[tuple[str, Recorded[Any]]]:
    """Give everybody who was assigned to a panel, with the event that did it."""
    for seated in case.of(ReviewerAssigned):
        yield seated.event.reviewer_id, seated
    for lead in case.of(LeadAssigned):
        yield lead.event.lead_id, lead


def _barred(tie: Interest, recorded: Recorded[Any], panel: PanelOpened) -> bool:
    declared, place = tie.declared, recorded.position or 0
    if tie.position > place or declared.provider_id != panel.provider_id:
        return False
    if declared.course_id not in {None, panel.course_id}:
        return False
    # Wherever the agency is, its day was one of these; what bars on all of them barred on it.
    days = [(recorded.at + timedelta(days=shift)).date() for shift in (-1, 0, 1)]
    return all(bars(declared.category, declared.since, tie.until(place), day) for day in days)


def _not_the_provider(case: History, world: World) -> Found:
    panel = case.first(PanelOpened)
    for person, recorded in _assigned(case):
        if panel is not None and world.is_officer(person, panel.event.provider_id, recorded.position or 0):
            yield at(recorded, "who was assigned was an officer of the provider at that time")


PANELS = (
    Invariant(
        "panels.closed-over-locked-reviews",
        "Scoring is closed over exactly the reviews of the seats, each in the version in which it was locked; "
        "from then on scores may be compared, and not before.",
        OfCases(_closed_over_locked),
    ),
    Invariant(
        "panels.seats-of-different-people",
        "When scoring is closed every seat is held, and by different people; two readings of one person are one.",
        OfCases(_two_people),
    ),
    Invariant(
        "panels.lead-does-not-score",
        "Who leads a panel has no seat of it, and never had one; whoever settles differences defends no score.",
        OfCases(_lead_apart),
    ),
    Invariant(
        "panels.compared-once-closed",
        "Nothing is settled before the scoring is closed; until then no score may be known to anybody else.",
        OfCases(_compared_when_closed),
    ),
    Invariant(
        "panels.no-declared-tie",
        "Nobody is assigned to a panel while an interest that he declared before bars him from the provider.",
        OfCases(_no_known_tie),
    ),
    Invariant(
        "panels.nobody-of-the-provider",
        "Nobody is assigned to review, or to lead the review of, a course of a provider whose officer he is.",
        OfCases(_not_the_provider),
    ),
)
